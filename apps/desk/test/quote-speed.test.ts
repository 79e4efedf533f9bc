// A quote over HTTP costs little more than an answer without one. In a process of its own: that of the tests counts branches in CI,
// which costs our code more than that of the empty route.

import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import type { Figures } from '../bench/quote.js';

const root = resolve(import.meta.dirname, '../../..');

it('a validated GET of a quote runs at 0.6 or more of an empty validated route', { timeout: 120_000 }, async () => {
  const args = ['--import', 'tsx', 'apps/desk/bench/main.ts', '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
  const { empty, quote } = JSON.parse(stdout) as Figures;
  expect(empty / quote, `${empty.toFixed(1)} µs empty, ${quote.toFixed(1)} µs with a quote`).toBeGreaterThanOrEqual(0.6);
});
