import { describe, expect, it } from 'vitest';
import { likeness } from '../../../src/gateway/replay/likeness.js';

describe('likeness', () => {
  const recorded = { kind: 'reqMktData', reqId: 1, contract: { symbol: 'AAPL', secType: 'STK', strike: 0 }, snapshot: false };

  it('is 0 for the same request under another id', () => {
    expect(likeness({ ...recorded, reqId: 99 }, recorded)).toBe(0);
  });

  it('grows with each difference that is not about the subject', () => {
    expect(likeness({ ...recorded, snapshot: true }, recorded)).toBe(1);
    expect(likeness({ ...recorded, snapshot: true, genericTickList: '233' }, recorded)).toBe(2);
    expect(likeness({ ...recorded, contract: { ...recorded.contract, conId: 265598 } }, recorded)).toBe(1);
  });

  it('is none for another subject', () => {
    expect(likeness({ ...recorded, contract: { ...recorded.contract, symbol: 'MSFT' } }, recorded)).toBeUndefined();
    expect(likeness({ ...recorded, contract: { ...recorded.contract, secType: 'OPT' } }, recorded)).toBeUndefined();
    expect(likeness({ subscribe: true }, { subscribe: false })).toBeUndefined();
    expect(likeness({ subscribe: true }, {})).toBeUndefined();
    expect(likeness({ order: { action: 'SELL' } }, { order: { action: 'BUY' } })).toBeUndefined();
    expect(likeness({ order: { totalQuantity: '100' } }, { order: { totalQuantity: '10' } })).toBeUndefined();
  });

  it('takes zero, the empty text and the question mark for "not given", and compares numbers by value', () => {
    expect(
      likeness({ contract: { strike: undefined, right: '?', symbol: 'AAPL' } }, { contract: { strike: 0, right: '' } }),
    ).toBe(1);
    expect(likeness({ order: { totalQuantity: '100.0' } }, { order: { totalQuantity: '100' } })).toBe(0);
  });

  it('takes a month, a day and an instant of that day for one expiry', () => {
    const of = (lastTradeDateOrContractMonth: string) => ({ contract: { lastTradeDateOrContractMonth } });
    expect(likeness(of('202409'), of('20240910'))).toBe(0);
    expect(likeness(of('20240910-16:30:00'), of('20240910'))).toBe(0);
    expect(likeness(of('202410'), of('20240910'))).toBeUndefined();
  });

  it('looks into lists', () => {
    const combo = (conId: number) => ({ contract: { comboLegs: [{ conId: 1 }, { conId }] } });
    expect(likeness(combo(2), combo(2))).toBe(0);
    expect(likeness(combo(3), combo(2))).toBeUndefined();
  });
});
