// Days that are not as published, as a program knows them, before an order leaves.
import { expect, it } from 'vitest';
import { connect } from '../../../../src/client/connect.js';
import type { DayOverride } from '../../../../src/client/contracts/day-overrides.js';
import { createKnowledge } from '../../../../src/client/contracts/knowledge.js';
import { market } from '../../../../src/client/orders/builders/basic.js';
import { simulate } from '../../../../src/gateway/simulate.js';
import { openMarket } from '../../../../src/rules/guards/permission.js';
import { AAPL, quick } from '../trades/desk.js';

const DAY = 86_400_000;
/** Yesterday, today and tomorrow in New York: whatever the hour, one of them is now. */
const around = (sessions: DayOverride['sessions']): readonly DayOverride[] =>
  [-DAY, 0, DAY].map((by) => ({
    date: new Date(Date.now() + by).toLocaleDateString('sv', { timeZone: 'America/New_York' }).replaceAll('-', ''),
    sessions,
  }));

it('an order is refused on a holiday that the program knows of, and leaves on a day that it says is open', async () => {
  await using gateway = await simulate({ seed: 1 });
  let days: readonly DayOverride[] = around([]);
  const asked: unknown[] = [];
  const orders = {
    accounts: 'none',
    guards: [openMarket()],
    days: ({ conId }: { readonly conId?: number | undefined }) => {
      asked.push(conId);
      return days;
    },
  } as const;
  await using ib = await connect({ port: gateway.port, ...quick, orders });
  await ib.contracts.details(AAPL);
  const codes = () => ib.orders.check(AAPL, market('BUY', 1)).map(({ code }) => code);
  expect(codes()).toEqual(['HOURS-CLOSED']);
  days = around([{ open: '00:00', close: '24:00' }]);
  expect(codes()).toEqual([]);
  expect(asked).toEqual([AAPL.conId, AAPL.conId]);
  days = [{ date: '20261301', sessions: [] }];
  expect(codes).toThrow(/date: must be a day as yyyyMMdd/);
});

it('a half day ends when the program says; other days are as published', () => {
  const known = createKnowledge(() => 0, { of: () => undefined } as never);
  const hours = '20261126:0930-20261126:1600;20261127:0930-20261127:1600;20261128:CLOSED';
  const contractDetails = { tradingHours: hours, liquidHours: hours, timeZoneId: 'US/Eastern' };
  known.learn([{ contract: AAPL, contractDetails } as never]);
  const days = [{ date: '20261127', sessions: [{ open: '09:30', close: '13:00' }] }];
  const at = (text: string, more?: readonly DayOverride[]) => known.market(AAPL, {}, Date.parse(text), more);
  expect([at('2026-11-27T17:59:59Z', days), at('2026-11-27T18:00:00Z', days)]).toEqual(['open', 'closed']);
  expect([at('2026-11-27T18:00:00Z'), at('2026-11-26T20:59:59Z', days)]).toEqual(['open', 'open']);
});
