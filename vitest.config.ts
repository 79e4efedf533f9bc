import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const src = fileURLToPath(new URL('src', import.meta.url));

export default defineConfig({
  // packages say `ibwire`: here that is the source, so that no build is needed before a test
  resolve: {
    alias: [
      { find: /^ibwire$/, replacement: `${src}/index.ts` },
      { find: /^ibwire\/([a-z]+)$/, replacement: `${src}/$1/index.ts` },
    ],
  },
  test: {
    include: ['test/**/*.test.ts', 'packages/*/test/**/*.test.ts'],
    benchmark: { include: ['bench/**/*.bench.ts'] },
    maxWorkers: 2, // both cores: the default leaves one idle
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
