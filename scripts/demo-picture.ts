// Plays `ibwire demo` on a terminal of 80 columns and writes what it showed, and when, as an animated SVG: docs/demo.svg.

import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createScreen } from './picture/screen.js';
import { movingLine, svgOf } from './picture/svg.js';

process.env['FORCE_COLOR'] = '1';
const { runCli } = await import('../src/cli/program.js');

const began = performance.now();
const { io, shown, rows } = createScreen();
const code = await runCli(['demo'], io);
if (code !== 0) throw new Error(`the demo ended with ${code}`);
const file = resolve(import.meta.dirname, '../docs/demo.svg');
writeFileSync(file, svgOf('ibwire demo', rows(), shown.filter(({ text }) => text !== '').map(movingLine)));
console.log(`${file}: ${shown.length} lines in ${((performance.now() - began) / 1000).toFixed(1)} s`);
