import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import solid from 'vite-plugin-solid';

export default defineConfig({
  root: 'src/web',
  resolve: { alias: { ibwire: fileURLToPath(new URL('../../src/index.ts', import.meta.url)) } },
  // What draws is our own: signs that a text hides are seen (drawn.ts).
  plugins: [solid({ solid: { moduleName: fileURLToPath(new URL('src/web/drawn.ts', import.meta.url)) } })],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
});
