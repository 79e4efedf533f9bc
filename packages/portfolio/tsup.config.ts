import { defineConfig } from 'tsup';

export default defineConfig({
  entry: { index: 'src/index.ts', 'cli/main': 'src/cli/main.ts' },
  format: ['esm'],
  dts: false,
  target: 'node20',
  clean: true,
  splitting: true,
  external: ['ibwire'],
});
