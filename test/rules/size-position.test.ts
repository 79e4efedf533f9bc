import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check } from '../../src/rules/check.js';
import { decisionOf } from '../../src/rules/finding.js';
import { type SizeInput, sizePosition } from '../../src/rules/plans/size-position.js';

/** Whole cents as text. */
const cents = (value: number): string => `${Math.floor(value / 100)}.${String(value % 100).padStart(2, '0')}`;

interface Plan {
  readonly kind: 'ira-cash' | 'ira-margin' | 'cash' | 'reg-t';
  readonly equity: number;
  readonly money: number;
  readonly entry: number;
  readonly gap: number;
  readonly risk: number;
  readonly lot: number;
  readonly multiplier: number;
  readonly cap: number | undefined;
  readonly fee: number;
  readonly feeEach: number;
}

const plans: fc.Arbitrary<Plan> = fc.record({
  kind: fc.constantFrom('ira-cash', 'ira-margin', 'cash', 'reg-t'),
  equity: fc.integer({ min: 1, max: 10_000_000 }),
  money: fc.integer({ min: 0, max: 10_000_000 }),
  entry: fc.integer({ min: 101, max: 50_000 }),
  gap: fc.integer({ min: 1, max: 100 }),
  risk: fc.integer({ min: 1, max: 500_000 }),
  lot: fc.constantFrom(1, 1, 10, 400),
  multiplier: fc.constantFrom(1, 1, 5, 50),
  cap: fc.option(fc.integer({ min: 1, max: 2_000 }), { nil: undefined }),
  fee: fc.constantFrom(0, 0, 100),
  feeEach: fc.constantFrom(0, 0, 1),
});

const inputOf = (plan: Plan): SizeInput => ({
  kind: plan.kind,
  equity: cents(plan.equity),
  entry: cents(plan.entry),
  stop: cents(plan.entry - plan.gap),
  riskAmount: cents(plan.risk),
  cash: cents(plan.money),
  availableFunds: cents(plan.money),
  lot: String(plan.lot),
  multiplier: String(plan.multiplier),
  maxQuantity: plan.cap === undefined ? undefined : String(plan.cap),
  feeReserve: cents(plan.fee),
  feePerUnit: cents(plan.feeEach),
});
const sizeOf = (plan: Plan): number => Number(sizePosition(inputOf(plan)).quantity);
/** What a size risks and costs, in hundredths of a cent so that half of an odd price is whole. */
const riskOf = (plan: Plan, size: number): number => size * (plan.gap * plan.multiplier + 2 * plan.feeEach);
const costOf = (plan: Plan, size: number): number =>
  size * ((plan.entry * plan.multiplier) / (plan.kind === 'reg-t' ? 2 : 1) + plan.feeEach) + plan.fee;
const breaks = (plan: Plan, size: number): boolean =>
  riskOf(plan, size) > plan.risk || costOf(plan, size) > plan.money || (plan.cap !== undefined && size > plan.cap);
const always = (seed: number, test: (plan: Plan) => void): void =>
  fc.assert(
    fc.property(plans, (plan) => {
      test(plan);
    }),
    { numRuns: 400, seed },
  );

describe('G position sizing', () => {
  it('G1 quantity times risk per unit is at most the risk budget, exactly', () => {
    always(91, (plan) => expect(riskOf(plan, sizeOf(plan))).toBeLessThanOrEqual(plan.risk));
  });

  it('G2 cash kinds: quantity times cost per unit and the fee reserve are at most the cash', () => {
    always(92, (plan) => {
      if (sizeOf(plan) > 0) expect(costOf(plan, sizeOf(plan))).toBeLessThanOrEqual(plan.money);
    });
  });

  it('G3 one lot more breaks at least one of the limits', () => {
    always(93, (plan) => expect(breaks(plan, sizeOf(plan) + plan.lot)).toBe(true));
  });

  it('G4 the size is a multiple of the lot, never negative, and 0 comes with SIZE-BELOW-LOT', () => {
    always(94, (plan) => {
      const { quantity, error } = sizePosition(inputOf(plan));
      expect(Number(quantity) % plan.lot).toBe(0);
      expect(Number(quantity)).toBeGreaterThanOrEqual(0);
      expect(error).toBe(Number(quantity) === 0 ? 'SIZE-BELOW-LOT' : undefined);
    });
  });

  it('G5 entry at the stop, a stop on the wrong side, missing cash and malformed input give an error and no number', () => {
    const fine: SizeInput = { kind: 'cash', equity: '1000', entry: '10', stop: '9', riskFraction: '0.1', cash: '1000' };
    expect(sizePosition(fine)).toEqual({ quantity: '100', binding: 'risk' });
    expect(sizePosition({ ...fine, stop: '10' })).toEqual({ error: 'SIZE-ZERO-STOP' });
    expect(sizePosition({ ...fine, stop: '11' })).toEqual({ error: 'SIZE-STOP-SIDE' });
    expect(sizePosition({ ...fine, kind: 'reg-t', availableFunds: '1000', side: 'short' })).toEqual({ error: 'SIZE-STOP-SIDE' });
    expect(sizePosition({ ...fine, stop: '11', side: 'short' })).toEqual({ error: 'CASH-SHORT-STOCK' });
    expect(sizePosition({ ...fine, kind: 'ira-margin', stop: '11', side: 'short' })).toEqual({ error: 'IRA-SHORT-STOCK' });
    const bad: Partial<SizeInput>[] = [
      { cash: undefined },
      { kind: 'reg-t' },
      { equity: undefined },
      { entry: '0' },
      { entry: '-1' },
      { stop: 'NaN' },
      { riskFraction: '1.01' },
      { riskFraction: '0' },
      { lot: '0' },
      { multiplier: '-5' },
      { equity: 'Infinity' },
      { feeReserve: '-1' },
      { riskFraction: undefined },
      { cash: '1e3' },
    ];
    for (const change of bad)
      expect([change, sizePosition({ ...fine, ...change })]).toEqual([change, { error: 'SIZE-BAD-INPUT' }]);
  });

  it('G6 more risk, more cash or a larger cap never reduces the size; a wider stop never increases it', () => {
    always(96, (plan) => {
      const size = sizeOf(plan);
      expect(sizeOf({ ...plan, risk: plan.risk + 7 })).toBeGreaterThanOrEqual(size);
      expect(sizeOf({ ...plan, money: plan.money + 7 })).toBeGreaterThanOrEqual(size);
      if (plan.cap !== undefined) expect(sizeOf({ ...plan, cap: plan.cap + 7 })).toBeGreaterThanOrEqual(size);
      if (plan.gap < 100) expect(sizeOf({ ...plan, gap: plan.gap + 1 })).toBeLessThanOrEqual(size);
    });
  });

  it('G7 equity at a fixed risk amount changes nothing', () => {
    always(97, (plan) => expect(sizeOf({ ...plan, equity: plan.equity * 3 })).toBe(sizeOf(plan)));
  });

  it('G8 the proposed buy passes the order check when the reference is the entry and the cash is as given', () => {
    let seen = 0;
    always(98, (plan) => {
      const size = sizeOf({ ...plan, multiplier: 1, feeEach: 0 });
      if (size === 0 || size > 1_000) return;
      seen++;
      const contract = { secType: 'STK', symbol: 'AAA', currency: 'USD', stockType: 'COMMON' };
      const order = {
        contract,
        action: 'BUY',
        totalQuantity: String(size),
        orderType: 'LMT',
        lmtPrice: cents(plan.entry),
        reference: cents(plan.entry),
        fee: cents(plan.fee),
      };
      const money = { USD: cents(plan.money) };
      const account = {
        configuredKind: plan.kind,
        baseCurrency: 'USD',
        netLiquidation: '50000',
        availableFunds: cents(plan.money),
      };
      expect(decisionOf(check(order, { account, cash: money, settledCash: money, positions: [], workingOrders: [] }))).toBe(
        'accept',
      );
    });
    expect(seen).toBeGreaterThan(100);
  });

  it('G9 the binding limit is one that one more lot would break', () => {
    always(99, (plan) => {
      const next = sizeOf(plan) + plan.lot;
      const { binding } = sizePosition(inputOf(plan));
      const broken = {
        risk: riskOf(plan, next) > plan.risk,
        cash: costOf(plan, next) > plan.money,
        margin: costOf(plan, next) > plan.money,
        maxQuantity: plan.cap !== undefined && next > plan.cap,
      };
      expect(binding !== undefined && broken[binding]).toBe(true);
      expect(binding === 'margin').toBe(binding !== 'risk' && binding !== 'maxQuantity' && plan.kind === 'reg-t');
    });
  });
});
