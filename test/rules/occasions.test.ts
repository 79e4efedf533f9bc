// A row that is passed over, because nothing of what it speaks of is there, would have said nothing.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ruleCodes } from '../../src/rules/book/list.js';
import { bitsOf, occasionsOf } from '../../src/rules/book/occasion.js';
import type { Row } from '../../src/rules/book/row.js';
import { contextOf } from '../../src/rules/check.js';
import { snapshotOf } from '../../src/rules/facts/snapshot.js';
import type { AccountKind, ContractFacts, OrderFacts, Position, Situation, WorkingOrder } from '../../src/rules/types.js';

const line = (secType: string, symbol: string, more: Partial<ContractFacts> = {}): ContractFacts => ({
  secType,
  symbol,
  currency: 'USD',
  ...more,
});
const series = { strike: '10', lastTradeDateOrContractMonth: '20270115', multiplier: '100', settlement: 'physical' } as const;
const share = line('STK', 'AAA', { conId: 1, stockType: 'COMMON' });
const call = line('OPT', 'AAA', { ...series, right: 'C', conId: 11 });
const dearer = line('OPT', 'AAA', { ...series, right: 'C', strike: '12', conId: 12 });
const european = { exerciseStyle: 'european' } as const;
const spread = (bought: ContractFacts, sold: ContractFacts): ContractFacts =>
  line('BAG', 'AAA', {
    comboLegs: [
      { action: 'BUY', ratio: '1', contract: bought },
      { action: 'SELL', ratio: '1', contract: sold },
    ],
  });
const THINGS: readonly ContractFacts[] = [
  share,
  line('STK', 'AAA'),
  line('STK', 'BBB', { stockType: 'MLP' }),
  line('STK', 'EUU', { currency: 'EUR', stockType: 'COMMON' }),
  call,
  line('OPT', 'AAA', { ...series, right: 'P' }),
  line('OPT', 'AAA', { ...series, right: 'C', nonStandard: true }),
  line('OPT', '', { conId: 11 }),
  line('FUT', 'MES', { multiplier: '5', lastTradeDateOrContractMonth: '202703', initMargin: '1000' }),
  line('FOP', 'MES', { ...series, right: 'P' }),
  line('CASH', 'EUR'),
  line('BOND', 'BND', { multiplier: '10' }),
  line('CRYPTO', 'BTC'),
  line('CFD', 'AAA'),
  line('CMDTY', 'XAUUSD'),
  line('WAR', 'AAA', series),
  line('OPT', 'OLD', { ...series, lastTradeDateOrContractMonth: '20260115', right: 'C' }),
  spread(call, dearer),
  spread(share, line('STK', 'EUU', { currency: 'EUR' })),
  spread({ ...call, ...european, conId: 21 }, { ...dearer, ...european, conId: 22 }),
  line('BAG', 'AAA', {
    comboLegs: [
      { action: 'BUY', ratio: '100', contract: share },
      { action: 'SELL', ratio: '1', contract: { secType: '', currency: '', conId: 12 } },
    ],
  }),
];

const thing = fc.constantFrom(...THINGS);
const order = fc.record({
  contract: thing,
  action: fc.constantFrom('BUY', 'SELL'),
  totalQuantity: fc.constantFrom('1', '100', undefined),
  cashQty: fc.constantFrom(undefined, undefined, '500'),
  orderType: fc.constantFrom('LMT', 'MKT', 'STP'),
  lmtPrice: fc.constantFrom('1', '10', '-1'),
  auxPrice: fc.constantFrom('9', undefined),
  reference: fc.constantFrom('10', undefined),
  nonGuaranteed: fc.boolean(),
  answer: fc.constantFrom(undefined, undefined, { initMarginChange: '900000', maintMarginChange: '900000' }),
  parentId: fc.constantFrom(undefined, undefined, 'o1', 'n0'),
  faGroup: fc.constantFrom(undefined, undefined, 'G'),
  account: fc.constantFrom(undefined, 'DU9000001'),
  pricesLegs: fc.boolean(),
  session: fc.constantFrom(undefined, 'open' as const, 'closed' as const),
  act: fc.constantFrom(undefined, undefined, undefined, 'modify' as const, 'exercise' as const, 'lapse' as const),
});
const world = fc.record({
  kind: fc.constantFrom<AccountKind>('ira-cash', 'ira-margin', 'cash', 'reg-t', 'portfolio-margin'),
  usd: fc.constantFrom('0', '1000', '1000000'),
  positions: fc.array(fc.record({ contract: thing, position: fc.constantFrom('1', '100', '-1') }), { maxLength: 5 }),
  working: fc.array(order, { maxLength: 3 }),
  allowUnsettled: fc.boolean(),
  vertexCap: fc.constantFrom(12, 12, 1),
  maxNotional: fc.constantFrom(null, null, '50'),
  restricted: fc.constantFrom([], [{ symbol: 'AAA', mode: 'no-trade' as const }]),
  requireConfirmation: fc.boolean(),
  corporateActions: fc.constantFrom(undefined, [], [{ symbol: 'AAA', kind: 'split', date: '20261201' }]),
  linkedLossSales: fc.constantFrom(undefined, [], [{ symbol: 'AAA', daysAgo: 3 }]),
});

const taxable: readonly AccountKind[] = ['cash', 'reg-t', 'portfolio-margin'];
const rows = Object.entries<Row>(ruleCodes).filter(([, row]) => !row.when.includes('always'));

describe('a row that is asked on some occasions only', () => {
  it('says nothing on all others, and speaks on its own', () => {
    const spoken = new Set<string>();
    fc.assert(
      fc.property(
        fc.array(order, { minLength: 1, maxLength: 2 }),
        world,
        (given, { kind, usd, positions, working, corporateActions, linkedLossSales, ...policies }) => {
          const money = { cash: { USD: usd, EUR: '50' }, settledCash: { USD: usd }, exchangeRates: { EUR: '1.1' } };
          const situation: Situation = {
            account: {
              configuredKind: kind,
              accountType: taxable.includes(kind) ? 'INDIVIDUAL' : 'IRA',
              baseCurrency: 'USD',
              availableFunds: usd,
              netLiquidation: usd,
              excessLiquidity: usd,
            },
            ...money,
            asOf: '20261129',
            corporateActions,
            linkedLossSales,
            positions: positions.map((one): Position => ({ ...one, fundedUnsettledUntil: '20261201' })),
            workingOrders: working.map((one, at): WorkingOrder => ({ ...one, orderId: `o${at}` })),
          };
          const policy = { ...policies, pdt: 'intraday' } as const;
          const orders = given.map((one, at): OrderFacts => ({ ...one, orderId: `n${at}` }));
          const context = contextOf(orders, snapshotOf(situation, policy));
          const now = occasionsOf(context);
          for (const [code, row] of rows) {
            if (row.kinds !== 'all' && !row.kinds.split(', ').includes(kind)) continue;
            const said = row.judge(context);
            if (said.length > 0) spoken.add(code);
            if ((bitsOf(row.when) & now) === 0) expect([code, said]).toEqual([code, []]);
          }
        },
      ),
      { numRuns: 2000, seed: 13 },
    );
    expect(rows.map(([code]) => code).filter((code) => !spoken.has(code))).toEqual([]);
  }, 90_000);
});
