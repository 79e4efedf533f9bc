// The table in docs/bus.md is what the model reckons, and its rows are made of real frames.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { loadOf, table } from '../scripts/model.js';

it('docs/bus.md shows what the model reckons', () => {
  expect(readFileSync(new URL('../../../docs/bus.md', import.meta.url), 'utf8')).toContain(table());
});

it('more machines cost servers and cards, more instruments logins', () => {
  const one = loadOf({ machines: 10, instruments: 1_000, followed: 100, ticks: 5 });
  const machines = loadOf({ machines: 20, instruments: 1_000, followed: 100, ticks: 5 });
  const instruments = loadOf({ machines: 10, instruments: 2_000, followed: 100, ticks: 5 });
  expect([machines.servers / one.servers, machines.logins.plain / one.logins.plain]).toEqual([2, 1]);
  expect([instruments.servers / one.servers, instruments.logins.plain / one.logins.plain]).toEqual([1, 2]);
});
