import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OptionError } from '../../src/input/option-error.js';
import { accountKindOf } from '../../src/rules/account-kind.js';
import { ruleCodes } from '../../src/rules/book/list.js';
import { check, prepare } from '../../src/rules/check.js';
import { decisionOf, type Finding } from '../../src/rules/finding.js';
import { defaultPolicy } from '../../src/rules/policy.js';
import type { Policy } from '../../src/rules/policy-types.js';
import { buyingPower } from '../../src/rules/reports/buying-power.js';
import type { OrderFacts, Situation, WorkingOrder } from '../../src/rules/types.js';
import { accepts, findingsOf, moments, wide } from './arbitraries/moments.js';
import { situationOf as caseSituation, ordersOf, policyOf, text } from './case-input.js';
import { casePolicy } from './cases.js';
import { contractOf, openPolicy, orderOf, situationOf } from './oracle/model.js';
import { newWorld } from './oracle/simulator.js';
import { publicCases, publicOrderCases } from './public-cases.js';

const rich = newWorld('ira-margin', { USD: 10_000_000, EUR: 10_000_000 }, new Map([['AAA', 100]]));
const situation = situationOf(rich);
const buy = orderOf({ id: 'n', what: 'AAA', side: 'BUY', total: 1, limit: 1_000 });
const option = orderOf({ id: 'n', what: 'AAA C100 near', side: 'BUY', total: 1, limit: 100 });
const codes = (order: OrderFacts, at: Situation = situation, policy: Partial<Policy> = openPolicy): string[] =>
  check(order, at, policy).map((found) => found.code);

function answerOf<T>(call: () => T): T | OptionError {
  try {
    return call();
  } catch (error) {
    if (error instanceof OptionError) return error;
    throw error;
  }
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const one of Object.values(value)) frozen(one);
  }
  return value;
}

describe('E failing closed and behaving well', () => {
  it('E1 unknown account type, kind, contract kind, leg kind and side are refused', () => {
    expect(codes(buy, { ...situation, account: { baseCurrency: 'USD', accountType: 'MIRAGE' } })).toEqual(['ACCOUNT-UNKNOWN']);
    expect(codes(buy, { ...situation, account: { baseCurrency: 'USD', configuredKind: 'hedge-fund' } })).toEqual([
      'ACCOUNT-UNKNOWN',
    ]);
    expect(codes({ ...buy, contract: { ...buy.contract, secType: 'EVT' } })).toEqual(['CONTRACT-UNKNOWN']);
    const leg = { action: 'BUY', ratio: '1', contract: { ...contractOf('AAA'), secType: 'IND' } };
    expect(codes({ ...buy, contract: { secType: 'BAG', currency: 'USD', symbol: 'AAA', comboLegs: [leg] } })).toEqual([
      'CONTRACT-UNKNOWN',
    ]);
    expect(codes({ ...buy, action: 'SSHORT' })).toEqual(['ORDER-INVALID']);
    expect(codes({ ...buy, orderType: 'WISH' })).toEqual(['ORDER-INVALID']);
    expect(codes({ ...buy, tif: 'LATER' })).toEqual(['ORDER-INVALID']);
  });

  it('E2 deleting any one field of an accepted opening order or its contract gives reject, or the same accept, never a throw', () => {
    // Not needed for the judgement: an id, what only groups or routes, and delivery, which is taken for physical when not known.
    const harmless = new Set(['orderId', 'ocaGroup', 'ocaType', 'parentId', 'exchange', 'nonGuaranteed', 'settlement', 'symbol']);
    for (const order of [
      buy,
      option,
      orderOf({ id: 'n', what: 'MES', side: 'BUY', total: 1, limit: 100 }),
      orderOf({ id: 'n', what: 'BND', side: 'BUY', total: 1, limit: 100 }),
    ]) {
      expect(accepts(order, situation)).toBe(true);
      for (const [name, value] of Object.entries(order)) {
        if (value === undefined || name === 'contract' || harmless.has(name)) continue;
        expect([name, accepts({ ...order, [name]: undefined }, situation)]).toEqual([name, false]);
      }
      for (const [name, value] of Object.entries(order.contract)) {
        if (
          value === undefined ||
          (harmless.has(name) && name !== 'symbol') ||
          (name === 'multiplier' && order.contract.secType === 'STK')
        )
          continue;
        const isFine = name === 'exerciseStyle'; // unknown counts as American, the stricter
        const isSource = name === 'marginSource';
        const contract = { ...order.contract, [name]: undefined };
        expect([name, accepts({ ...order, contract }, situation)]).toEqual([name, isFine || isSource]);
      }
    }
  });

  it('E3 any JSON as input gives a typed answer, and no exception but one that names a part of the policy', () => {
    const junk = fc.jsonValue({ maxDepth: 3 });
    const known = fc.constantFrom<unknown>(buy, option, situation, openPolicy, null, [], {}, 'x', 7);
    const either = fc.oneof(junk, known);
    const partial = (base: object): fc.Arbitrary<unknown> =>
      fc.tuple(fc.constantFrom(...Object.keys(base)), either).map(([name, value]) => ({ ...base, [name]: value }));
    const order = fc.oneof(either, partial(buy), partial(option), fc.array(fc.oneof(either, partial(option)), { maxLength: 3 }));
    const at = fc.oneof(either, partial(situation), partial({ ...situation, workingOrders: [buy, option] }));
    const policy = fc.oneof(junk, partial(defaultPolicy));
    fc.assert(
      fc.property(order, at, policy, (a, b, c) => {
        const found = answerOf(() => check(a as OrderFacts, b as Situation, c as Partial<Policy>));
        if (found instanceof OptionError) expect(found.field).toMatch(/^policy\b/);
        else for (const one of found) expect(one.code in ruleCodes).toBe(true);
      }),
      { numRuns: 2_000, seed: 71 },
    );
  });

  it.each([
    [{ maxQuantitiy: { STK: '5' } }, 'policy.maxQuantitiy: no such option, did you mean maxQuantity?'],
    [{ maxquantity: { STK: '5' } }, 'policy.maxquantity: no such option, did you mean maxQuantity?'],
    [{ maxQuantity: { STOCK: '5' } }, 'policy.maxQuantity.STOCK: no such option, did you mean STK?'],
    [{ restricted: [{ symbol: 'AAA', mod: 'no-trade' }] }, 'policy.restricted[0].mod: no such option, did you mean mode?'],
    [{ zzz: true }, 'policy.zzz: no such option'],
  ])('E3 a limit under a name that nobody knows is refused, not left without effect: %j', (policy, says) => {
    expect(() => check(buy, situation, policy as Partial<Policy>)).toThrow(says);
    expect(() => prepare(situation, policy as Partial<Policy>)).toThrow(OptionError);
    expect(() => buyingPower(situation, policy as Partial<Policy>)).toThrow(OptionError);
  });

  it('E3 malformed lines among good ones are refused for openings, never ignored', () => {
    const bad = [null, 5, { contract: null, position: 'x' }] as unknown as Situation['positions'];
    expect(codes(buy, { ...situation, positions: [...situation.positions, ...bad] })).toContain('CONTRACT-DETAILS-MISSING');
    const order = {
      orderId: 'w',
      contract: { secType: 'STK', symbol: 'BBB', currency: 'USD' },
      action: 'BUY',
      orderType: 'LMT',
      remaining: 'many',
    };
    expect(codes(buy, { ...situation, workingOrders: [order] })).toContain('CONTRACT-DETAILS-MISSING');
  });

  it('E4 the same input gives the same bytes, whatever the locale and time zone of the host', () => {
    const zone = process.env['TZ'];
    fc.assert(
      fc.property(moments(wide), ({ world, order }) => {
        const run = (): string => JSON.stringify(findingsOf(orderOf(order), situationOf(world)));
        process.env['TZ'] = 'Asia/Tokyo';
        const first = run();
        process.env['TZ'] = 'America/New_York';
        expect(run()).toBe(first);
      }),
      { numRuns: 150, seed: 72 },
    );
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });

  it('E5 checking twice equals checking once, and deep-frozen input works', () => {
    fc.assert(
      fc.property(moments(wide), ({ world, order }) => {
        const [facts, at] = [frozen(orderOf(order)), frozen(situationOf(world))];
        expect(findingsOf(facts, at, frozen({ ...openPolicy }))).toEqual(findingsOf(facts, at));
        expect(findingsOf(facts, at)).toEqual(findingsOf(facts, at));
      }),
      { numRuns: 200, seed: 73 },
    );
  });

  it('E6 with the cap of coupled orders reached a check ends within half a second; above it the answer is TOO-COMPLEX', () => {
    const coupled = (count: number): Situation => ({
      ...situationOf(newWorld('ira-margin', { USD: 100_000_000, EUR: 0 }, new Map([['AAA', 1_000]]))),
      workingOrders: Array.from({ length: count }, (_, at): WorkingOrder => {
        const right = at % 2 === 0 ? 'C' : 'P';
        const contract = { ...contractOf('AAA C100 near'), right, strike: String(50 + at) };
        return {
          orderId: `w${at}`,
          contract,
          action: 'SELL',
          orderType: 'LMT',
          lmtPrice: '1',
          totalQuantity: '1',
          remaining: '1',
        };
      }),
    });
    const full = coupled(11);
    const from = performance.now();
    expect(codes(option, full)).not.toContain('TOO-COMPLEX');
    expect(performance.now() - from).toBeLessThan(2_000);
    expect(codes(option, coupled(12))).toContain('TOO-COMPLEX');
    expect(codes(buy, coupled(40))).toContain('TOO-COMPLEX');
    expect(codes({ ...buy, contract: contractOf('BBB') }, coupled(40))).toEqual([]);
  });

  it('E7 in read-only mode nothing is ever accepted', () => {
    for (const given of publicOrderCases) {
      const found = check(ordersOf(given), caseSituation(given), { ...policyOf(casePolicy(publicCases, given)), readOnly: true });
      expect(found[0]?.code).toBe('READ-ONLY');
    }
  });

  it('E8 a policy that is stricter in one field never turns reject into accept', () => {
    const stricter: readonly Partial<Policy>[] = [
      { maxNotional: '1' },
      { maxQuantity: { STK: '1', OPT: '1', BAG: '1', FUT: '1' } },
      { priceCollar: '0' },
      { marketBuffer: '1' },
      { iraFuturesMultiplier: '9' },
      { creditPremium: false },
      { multiCurrency: false },
      { allowUnsettled: false },
      { requireContractDetails: true },
      { fractional: false },
      { duplicateWindowSeconds: 1e6 },
      { restricted: [{ symbol: 'AAA', mode: 'no-trade' }] },
      { readOnly: true },
      { requireConfirmation: true },
      { iraCrypto: false },
      { maxSnapshotAgeSeconds: 0 },
      { vertexCap: 0 },
      { partnershipUnits: ['AAA'] },
      { ocaNeverBlocks: true },
    ];
    for (const given of publicOrderCases) {
      const base = policyOf(casePolicy(publicCases, given));
      const judge = (policy: Partial<Policy>): string => decisionOf(check(ordersOf(given), caseSituation(given), policy));
      if (judge(base) !== 'reject') continue;
      for (const change of stricter)
        expect([given['id'], change, judge({ ...base, ...change })]).toEqual([given['id'], change, 'reject']);
    }
  });

  it('E9 whatever ira-cash accepts, ira-margin accepts or warns about with the same balances', () => {
    let seen = 0;
    fc.assert(
      fc.property(moments(wide, ['ira-cash']), ({ world, order }) => {
        if (!accepts(orderOf(order), situationOf(world))) return;
        seen++;
        expect(accepts(orderOf(order), situationOf({ ...world, kind: 'ira-margin' }))).toBe(true);
      }),
      { numRuns: 400, seed: 74 },
    );
    expect(seen).toBeGreaterThan(50);
  });

  it('E10 a configured taxable kind never overrides an IRA tag', () => {
    for (const configuredKind of ['cash', 'reg-t', 'portfolio-margin', 'ira-cash', undefined, 'nonsense']) {
      for (const accountType of ['IRA', 'ira-roth new', 'IRA_SEP', 'Traditional IRA', 'INDIVIDUAL-IRA']) {
        expect(accountKindOf({ accountType, configuredKind })).toEqual({ kind: 'ira-cash', conflict: false });
      }
    }
    expect(accountKindOf({ accountType: 'IRA-ROTH NEW', configuredKind: 'ira-margin' }).kind).toBe('ira-margin');
    expect(accountKindOf({ accountType: 'INDIVIDUAL', configuredKind: 'ira-margin' })).toEqual({
      kind: 'ira-margin',
      conflict: true,
    });
    expect(accountKindOf({ accountType: 'JOINT', configuredKind: undefined }).kind).toBe('cash');
    expect(accountKindOf({ accountType: '', configuredKind: undefined }).kind).toBeUndefined();
  });
});

const allFindings = (): { id: string; found: Finding; given: (typeof publicOrderCases)[number] }[] =>
  publicOrderCases.flatMap((given) =>
    check(ordersOf(given), caseSituation(given), policyOf(casePolicy(publicCases, given))).map((found) => ({
      id: text(given['id']) ?? '',
      found,
      given,
    })),
  );

describe('E and cases', () => {
  it('every finding of the public cases is worded, without holes', () => {
    for (const { id, found } of allFindings()) {
      expect([id, found.message]).not.toEqual([id, '']);
      expect([id, /[{}]|undefined/.test(found.message + found.remedy)]).toEqual([id, false]);
    }
  });
});
