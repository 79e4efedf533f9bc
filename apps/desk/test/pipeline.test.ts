// examples/pipeline.ts as its reader would run it, on a desk that sends at once and on one where a person decides.

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runProgram } from '../../../test/helpers/program.js';
import { stage } from './stage.js';

const program = readFileSync(join(resolve(import.meta.dirname, '../../../examples'), 'pipeline.ts'), 'utf8');

const head = /^signal: (above|below) since 2026-\S+Z\nsize: (long|short) 200, decided by maxQuantity\ncheck: passes\n/;

describe('the pipeline over the desk', () => {
  it('goes from a signal to a fill where drafts are sent at once', async () => {
    await using at = await stage({ simulate: { seed: 1 } });
    const env = { IBWIRE_DESK_URL: at.url, IBWIRE_DESK_TOKEN: at.tokens.owner };
    const lines = await runProgram(program, { env });
    expect(lines.join('\n')).toMatch(head);
    expect(lines.at(-1)).toMatch(/^filled: 200 at [\d.]+$/);
    // The same crossing again: the first answer, and no second order.
    await runProgram(program, { env });
    expect(at.desk.gateway?.orders.length).toBe(1);
  });

  it('waits for a person elsewhere, and is filled when one approves', async () => {
    await using at = await stage({ simulate: { seed: 1 } });
    await at.owner('POST', '/v1/control/setLimits', { sendAtOnce: { simulated: false, paper: false } });
    const script = (await at.desk.tokens.create('script', ['read', 'propose'])).token;
    const env = { IBWIRE_DESK_URL: at.url, IBWIRE_DESK_TOKEN: script };
    expect((await runProgram(program, { env })).slice(-2)).toEqual(['draft: waiting', 'a person has to decide']);
    expect(at.desk.gateway?.orders).toEqual([]);
    const person = (await at.desk.tokens.create('person', ['approve'])).token;
    const lines = await runProgram(program, { env: { ...env, IBWIRE_APPROVE_TOKEN: person } });
    expect(lines.at(-1)).toMatch(/^filled: 200 at [\d.]+$/);
    expect(at.desk.gateway?.orders.length).toBe(1);
  });
});
