// Every fault × every family: nothing hangs, nothing leaks, and each cell is what docs/faults.md says.

import { describe, expect, it } from 'vitest';
import { families, faults, play } from './matrix.js';

/** Outcomes that a fault may have, by call and by stream. What no list names must be an answer, or a stream that lives. */
const calls: Readonly<Record<string, readonly string[]>> = {
  'cut at the request': ['closed'],
  'half-open at the request': ['closed'],
  'stall at the request': ['closed'],
  'restart of the gateway': ['closed'],
  'port moved (1300)': ['closed'],
  'no answer': ['timeout'],
  'no answer once': ['timeout'],
  'a byte at a time': ['timeout'],
  'a corrupt byte': ['timeout'],
  'another login (10197)': ['timeout'],
  '1100, then 1102': ['error 162', 'timeout'],
  '1100, then 1101': ['error 162', 'timeout'],
};
const streams: Readonly<Record<string, readonly string[]>> = {
  'no answer': ['silent (opening)'],
  'no answer once': ['silent (opening)'],
  'a corrupt byte': ['silent (opening)'],
  'another login (10197)': ['silent (stale)', 'live after a gap (competing)'],
};
/** A snapshot comes back like a stream, and its deadline is for all of it: the asking again does not begin it anew. */
const lostLink = ['half-open at the request', 'stall at the request', 'restart of the gateway', 'port moved (1300)'];

/** A link that was lost at the request: the stream comes back and says so. */
const mustGap = ['cut at the request', 'half-open at the request', 'stall at the request', 'restart of the gateway'];

describe.each(Object.keys(faults))('%s', (fault) => {
  it('has an end for every family, soon and without a leak', async () => {
    const cells = await Promise.all(Object.keys(families).map((family) => play(fault, family)));
    for (const { family, outcome, ms, leaks, isStream } of cells) {
      const where = `${fault} × ${family}: ${outcome} after ${ms} ms`;
      const isLate = family === 'snapshot of a quote' && lostLink.includes(fault);
      const allowed = [...((isStream ? streams : calls)[fault] ?? []), ...(isLate ? ['timeout'] : [])];
      if (isStream) expect(outcome.startsWith('live') || allowed.includes(outcome), where).toBe(true);
      else expect(['value', ...allowed], where).toContain(outcome);
      if (isStream && mustGap.includes(fault)) expect(outcome, where).toBe('live after a gap (disconnected)');
      expect(leaks, where).toBe(0);
      expect(ms, where).toBeLessThan(6000);
    }
  }, 20_000);
});
