// What is known of instruments, and for how long.
import { expect, it } from 'vitest';
import { createKnowledge } from '../../../src/client/contracts/knowledge.js';
import { contractFacts } from '../../../src/client/orders/judge/contract-facts.js';

it('hours of an instrument are forgotten after their time; what it is holds on, for the rules too', () => {
  let now = 0;
  const known = createKnowledge(() => now, { of: () => undefined } as never, 1_000);
  const contract = { conId: 1, symbol: 'AAA', secType: 'STK', exchange: 'SMART', currency: 'USD' };
  const hours = '20261126:0930-20261126:1600';
  const contractDetails = { stockType: 'ETF', tradingHours: hours, liquidHours: hours, timeZoneId: 'US/Eastern' };
  known.learn([{ contract, contractDetails } as never]);
  const told = () => [
    known.detailsOf(contract)?.contractDetails?.stockType,
    known.hoursOf(contract, 'liquid') !== undefined,
    known.lastDetailsOf(contract)?.contractDetails?.stockType,
    contractFacts(contract as never, known, undefined).stockType,
  ];
  now = 999;
  expect(told()).toEqual(['ETF', true, 'ETF', 'ETF']);
  now = 1_000;
  expect(told()).toEqual([undefined, false, 'ETF', 'ETF']);
  expect([known.lastDetailsOf({}), known.lastDetailsOf({ conId: 2 })]).toEqual([undefined, undefined]);
});
