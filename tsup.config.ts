import { defineConfig } from 'tsup';

const inlined = ['eventemitter3', 'big.js', '@msgpack/msgpack'];

export default defineConfig([
  {
    entry: {
      index: 'src/index.ts',
      'protocol/index': 'src/protocol/index.ts',
      'rules/index': 'src/rules/index.ts',
      'capture/index': 'src/capture/index.ts',
      'gateway/index': 'src/gateway/index.ts',
    },
    format: ['esm', 'cjs'],
    dts: { resolve: inlined },
    target: 'node20',
    clean: true,
    splitting: true,
    treeshake: true,
    noExternal: inlined,
  },
  {
    entry: { 'cli/main': 'src/cli/main.ts' },
    format: ['esm'],
    target: 'node20',
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    noExternal: [/.*/],
    external: [/^node:/],
  },
]);
