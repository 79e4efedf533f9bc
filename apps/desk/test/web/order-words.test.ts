// The sentence of an order: everything that decides when and at what price it trades is said.

import { describe, expect, it } from 'vitest';
import { wholeIn } from '../../src/web/state/instants.js';
import { orderWords, type Terms, termWords } from '../../src/web/state/order-words.js';

describe('an order in words', () => {
  it.each<[Terms, string]>([
    [{ orderType: 'LMT', lmtPrice: '410', tif: 'DAY' }, '@ 410.00 LMT DAY'],
    [{ orderType: 'LMT', lmtPrice: 1.08115, tif: 'GTC', outsideRth: true }, '@ 1.08115 LMT GTC, outside regular hours'],
    [{ orderType: 'MKT', tif: 'IOC' }, 'at the market MKT IOC'],
    [{ orderType: 'STP', auxPrice: '180' }, 'stop 180.00 STP'],
    [{ orderType: 'STP LMT', lmtPrice: '179.5', auxPrice: '180' }, '@ 179.50 stop 180.00 STP LMT'],
    [{ orderType: 'LIT', lmtPrice: '179.5', auxPrice: '180' }, '@ 179.50 if touched 180.00 LIT'],
    [{ orderType: 'TRAIL', trailingPercent: '4', tif: 'DAY' }, 'trailing by 4 % TRAIL DAY'],
    [
      { orderType: 'TRAIL LIMIT', auxPrice: '2.5', trailStopPrice: '180', lmtPriceOffset: '0.1', tif: 'GTC' },
      'trailing by 2.50, stop 180.00, limit 0.10 beyond the stop TRAIL LIMIT GTC',
    ],
    [{ orderType: 'LMT', lmtPrice: '1', role: 'takeProfit' }, '@ 1.00 LMT, take profit'],
    [{ orderType: 'LMT', lmtPrice: '1', takeProfit: '2', stopLoss: '0.5' }, '@ 1.00 LMT, take profit 2.00, stop loss 0.50'],
    [{ orderType: 'PEG MID', auxPrice: '0.02' }, 'auxPrice 0.02 PEG MID'],
  ])('%j', (terms, words) => expect(termWords(terms)).toBe(words));

  it('says a moment in UTC on the clock of the viewer, and one that names a zone as it stands', () => {
    const gtd = { orderType: 'LMT', lmtPrice: '1', tif: 'GTD' };
    const local = wholeIn(new Date('2026-03-01T23:30:00Z'));
    expect(termWords({ ...gtd, goodTillDate: '20260301-23:30:00' })).toBe(`@ 1.00 LMT GTD until ${local}`);
    const told = { goodTillDate: '20260301 16:00:00 US/Eastern', goodAfterTime: '20260228 09:30:00 US/Eastern' };
    expect(termWords({ ...gtd, ...told })).toBe(
      '@ 1.00 LMT GTD until 2026-03-01 16:00:00 US/Eastern, not before 2026-02-28 09:30:00 US/Eastern',
    );
  });

  it('a quantity that is not known is a dash', () => {
    expect(orderWords('BUY', undefined, 'AAPL', { orderType: 'MKT' })).toBe('BUY — AAPL at the market MKT');
    expect(orderWords('SELL', '1200', 'AAPL', { orderType: 'MKT' })).toBe('SELL 1,200 AAPL at the market MKT');
  });
});
