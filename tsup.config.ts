import { readFileSync } from 'node:fs';
import { defineConfig, type Options } from 'tsup';

/** Every export of the package, by its file in `dist`. */
const rooms = {
  index: 'src/index.ts',
  'protocol/index': 'src/protocol/index.ts',
  'rules/index': 'src/rules/index.ts',
  'capture/index': 'src/capture/index.ts',
  'gateway/index': 'src/gateway/index.ts',
  'compat/stoqey/index': 'src/compat/stoqey/index.ts',
};
const inlined = ['eventemitter3', 'big.js', '@msgpack/msgpack'];

type Plugin = NonNullable<Options['esbuildPlugins']>[number];

/** CommonJS packages of the command line ask for parts of Node by `require`, which an ES module has not. */
const nodeParts: Plugin = {
  name: 'node-parts',
  setup({ onLoad }) {
    onLoad({ filter: /node_modules\/.*\.c?js$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll(
        /\brequire\((['"])(?:node:)?(events|child_process|path|fs|process|tty|os|util)\1\)/g,
        "globalThis.process.getBuiltinModule('node:$2')",
      ),
      loader: 'js',
    }));
  },
};

export default defineConfig({
  entry: { ...rooms, 'cli/main': 'src/cli/main.ts' },
  format: ['esm'], // `scripts/after-tsup.ts` makes CommonJS of it
  dts: { entry: rooms, resolve: inlined },
  target: 'node20',
  clean: true,
  splitting: true,
  noExternal: [/.*/],
  external: [/^node:/],
  esbuildPlugins: [nodeParts],
  /** Shorter words for the same, one line each as they were. */
  esbuildOptions(options) {
    options.minifySyntax = true;
  },
});
