// Durations and bar sizes that go together, by the table of limits; what does not is refused before it is asked, with what would.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BarSize, barSizes, durationBack, durationFor, sizeFacts } from '../../../src/client/history/bar-size.js';
import { checkDuration } from '../../../src/client/history/duration.js';
import { createHistory } from '../../../src/client/history/facade.js';
import { InputError } from '../../../src/client/input/input-error.js';
import { paperSession } from '../session/paper-link.js';

const contract = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };

describe('a duration', () => {
  it.each(['1 S', '86400 S', '1 D', '365 D', '1 W', '52 W', '1 M', '12 M', '1 Y', '68 Y'])('%s is asked for', (duration) =>
    expect(() => checkDuration(duration, '1 min')).not.toThrow(),
  );

  it.each([
    ['86401 S', '2 D'],
    ['604800 S', '7 D'],
    ['366 D', '2 Y'],
    ['53 W', '2 Y'],
    ['13 M', '2 Y'],
    ['69 Y', '68 Y'],
  ])('%s is longer than its unit allows: %s would work', (duration, instead) => {
    expect(() => checkDuration(duration, '1 day')).toThrow(expect.objectContaining({ name: 'InputError', field: 'duration' }));
    expect(() => checkDuration(duration, '1 day')).toThrow(instead);
    expect(() => checkDuration(instead, '1 day')).not.toThrow();
  });

  it.each(['', '5', '5D', '5  D', '0 D', '-1 D', '1.5 D', '5 d', '5 days', '1 H', ' 5 D', '5 D ', '9999999999 S'])(
    '%j is none',
    (duration) => expect(() => checkDuration(duration, '1 hour')).toThrow('as in 5 D'),
  );

  it('2000 S is the most for bars of one second, in no other unit', () => {
    expect(() => checkDuration('2000 S', '1 secs')).not.toThrow();
    for (const duration of ['2001 S', '86400 S', '1 D', '1 W', '1 M', '1 Y'])
      expect(() => checkDuration(duration, '1 secs')).toThrow(/2000 S with bars of 1 secs.*5 secs.*history\.span/);
    expect(() => checkDuration('2001 S', '5 secs')).not.toThrow();
  });

  it.each(['1 sec', '7 mins', '60 secs', '2 days', ''])('with bars of %j is refused with the sizes that exist', (size) =>
    expect(() => checkDuration('1 D', size as BarSize)).toThrow(/size.*1 secs.*1 month/),
  );

  it('property: what the pager asks for can be asked for', () => {
    const any = fc.record({ ms: fc.integer({ min: 1, max: 60 * 365 * 86_400_000 }), size: fc.constantFrom(...barSizes) });
    fc.assert(
      fc.property(any, ({ ms, size }) => {
        expect(() => checkDuration(durationFor(ms, size), size)).not.toThrow();
        expect(() => checkDuration(sizeFacts(size).page, size)).not.toThrow();
        if (size !== '1 secs') expect(() => checkDuration(durationBack(ms), size)).not.toThrow();
      }),
      { seed: 11, numRuns: 500 },
    );
  });
});

describe('what cannot be asked for', () => {
  it('leaves nothing on the wire: bars, schedules, bars that go on', async () => {
    const paper = await paperSession();
    const history = createHistory(paper.session);
    await expect(history.bars(contract, { duration: '1 D', size: '1 secs' })).rejects.toBeInstanceOf(InputError);
    await expect(history.schedule(contract, { duration: '400 D' })).rejects.toThrow('ask for 2 Y');
    expect(() => history.live(contract, { duration: '60 S', size: '1 secs' })).toThrow('ask for 5 secs');
    expect(() => history.live(contract, { duration: '1 D', size: '1 min', show: 'BID_ASK' })).toThrow(
      'TRADES, MIDPOINT, BID, ASK',
    );
    expect(paper.sent).toEqual([]);
  });
});
