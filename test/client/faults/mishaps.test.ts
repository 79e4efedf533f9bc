// Every family × every way in which an answer can be wrong in its course: each line is what docs/faults.md says.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { families } from './families.js';
import { mishapsOf, mishapsOpening, mishapsRow } from './mishap-table.js';

const page = readFileSync(new URL('../../../docs/faults.md', import.meta.url), 'utf8');

it('the chapter says what it means', () => expect(page).toContain(`${mishapsOpening}\n`));

it.each(Object.keys(families))(
  '%s: twice, late, cut, to nobody; asked again it is answered',
  async (family) => {
    const row = await mishapsOf(family);
    for (const [mishap, { again, leaks, troubles }] of Object.entries(row)) {
      expect([mishap, again, leaks, troubles]).toEqual([mishap, families[family]?.shape === 'call' ? 'value' : 'live', 0, []]);
    }
    expect(page.split('\n')).toContain(mishapsRow(family, row));
  },
  60_000,
);
