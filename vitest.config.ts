import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    benchmark: { include: ['bench/**/*.bench.ts'] },
    maxWorkers: 2, // both cores: the default leaves one idle
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
