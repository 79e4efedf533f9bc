import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RuleCode, ruleCodes } from '../../src/rules/book/list.js';
import { check } from '../../src/rules/check.js';
import { readDecimal, writeDecimal } from '../../src/rules/decimal.js';
import type { OrderFacts, Situation } from '../../src/rules/types.js';
import { findingsOf, moments, wide } from './arbitraries/moments.js';
import { contractOf, openPolicy, orderOf, situationOf } from './oracle/model.js';
import { newWorld } from './oracle/simulator.js';

const has = (code: string, order: OrderFacts, situation: Situation): boolean =>
  findingsOf(order, situation).some((found) => found.code === code);

function raise(amounts: Situation['cash'], currency: string, by: bigint): Record<string, string> {
  return { ...amounts, [currency]: writeDecimal((readDecimal(amounts[currency] ?? '0') ?? 0n) + by) };
}

describe('F explanations', () => {
  it('F1 every reject has a documented code, a message, facts or a plain statement, and a remedy', () => {
    fc.assert(
      fc.property(moments(wide), ({ world, order }) => {
        for (const found of findingsOf(orderOf(order), situationOf(world))) {
          expect(found.code in ruleCodes).toBe(true);
          expect(found.message.length).toBeGreaterThan(10);
          expect(found.remedy.length).toBeGreaterThan(5);
          expect(Object.keys(found.facts).length).toBeGreaterThan(found.code.endsWith('SPREAD-STYLE') ? -1 : 0);
        }
      }),
      { numRuns: 300, seed: 81 },
    );
  });

  it('F2 every code is one row: words for a person, a source, the kinds it holds for, and a judgement', () => {
    const known = new Set(['all', 'ira-cash', 'ira-margin', 'cash', 'reg-t', 'portfolio-margin']);
    for (const [code, row] of Object.entries(ruleCodes)) {
      expect(
        [row.about, row.message[0], row.remedy[0], row.source].every((text) => text !== undefined && text !== ''),
        code,
      ).toBe(true);
      expect(
        row.kinds.split(', ').every((kind) => known.has(kind)),
        code,
      ).toBe(true);
      expect(typeof row.judge, code).toBe('function');
    }
  });

  it('F3 the largest quantity named passes and the next lot up does not', () => {
    let seen = 0;
    fc.assert(
      fc.property(moments(wide), ({ world, order }) => {
        const situation = situationOf(world);
        for (const { code, facts } of findingsOf(orderOf(order), situation)) {
          const most = Number(facts['maxQuantity']);
          if (facts['maxQuantity'] === undefined) continue;
          seen++;
          if (most > 0) expect([code, has(code, orderOf({ ...order, total: most }), situation)]).toEqual([code, false]);
          expect([code, has(code, orderOf({ ...order, total: most + 1 }), situation)]).toEqual([code, true]);
        }
      }),
      { numRuns: 400, seed: 82 },
    );
    expect(seen).toBeGreaterThan(50);
  });

  it('F3 adding the missing amount makes the finding disappear, one smallest unit less does not', () => {
    let seen = 0;
    fc.assert(
      fc.property(moments(wide), ({ world, order }) => {
        const situation = situationOf(world);
        const facts = orderOf(order);
        for (const { code, facts: numbers } of findingsOf(facts, situation)) {
          const missing = readDecimal(numbers['missing']);
          const currency = numbers['currency'];
          if (missing === undefined || currency === undefined) continue;
          seen++;
          const unit = 1n;
          const with0 = (by: bigint): Situation => ({
            ...situation,
            cash: raise(situation.cash, currency, by),
            settledCash: raise(situation.settledCash ?? {}, currency, by),
          });
          expect([code, has(code, facts, with0(missing))]).toEqual([code, false]);
          const less = findingsOf(facts, with0(missing - unit));
          expect(less.some((found) => found.severity === 'reject' && found.facts['currency'] === currency)).toBe(true);
        }
      }),
      { numRuns: 400, seed: 83 },
    );
    expect(seen).toBeGreaterThan(50);
  });

  it('F4 cancelling exactly the orders it names makes the finding disappear', () => {
    let seen = 0;
    fc.assert(
      fc.property(moments({ names: ['AAA', 'AAA C100 near', 'BND'], groups: true }), ({ world, order }) => {
        const situation = situationOf(world);
        const facts = orderOf(order);
        for (const found of findingsOf(facts, situation)) {
          const names = found.facts['cancel']?.split(', ');
          if (names === undefined || found.code === 'TOO-COMPLEX') continue;
          seen++;
          const workingOrders = situation.workingOrders.filter((one) => !names.includes(String(one.orderId)));
          expect(workingOrders.length).toBe(situation.workingOrders.length - names.length);
          expect([found.code, has(found.code, facts, { ...situation, workingOrders })]).toEqual([found.code, false]);
        }
      }),
      { numRuns: 1500, seed: 84 },
    );
    expect(seen).toBeGreaterThan(10);
  });

  it('F5 all findings are reported: fixing them one at a time in any order reaches accept without new kinds', () => {
    const policy = {
      ...openPolicy,
      maxQuantity: { STK: '100' },
      restricted: [{ symbol: 'BBB', mode: 'no-open' as const }],
      requireConfirmation: true,
    };
    const situation = situationOf(newWorld('ira-margin', { USD: 100_000, EUR: 0 }, new Map()));
    const bad: OrderFacts = {
      ...orderOf({ id: 'n', what: 'BBB', side: 'BUY', total: 500, limit: 1_000 }),
      lmtPrice: '10.005',
      contract: { ...contractOf('BBB'), minTick: '0.01' },
      session: 'closed',
    };
    const fixes: Record<string, (order: OrderFacts) => OrderFacts> = {
      'MAX-QUANTITY': (order) => ({ ...order, totalQuantity: '90' }),
      'IRA-DEBIT': (order) => ({ ...order, totalQuantity: '90' }),
      'PRICE-TICK': (order) => ({ ...order, lmtPrice: '10.00' }),
      RESTRICTED: (order) => ({ ...order, contract: { ...order.contract, symbol: 'AAA' } }),
      'CONFIRMATION-REQUIRED': (order) => ({ ...order, confirmed: true }),
      'HOURS-CLOSED': (order) => ({ ...order, session: 'open' }),
    };
    const first = new Set<string>(check(bad, situation, policy).map((found) => found.code));
    expect([...first].sort()).toEqual(Object.keys(fixes).sort());
    fc.assert(
      fc.property(fc.shuffledSubarray(Object.keys(fixes), { minLength: 6 }), (order) => {
        let now = bad;
        for (const code of order) {
          now = fixes[code]?.(now) ?? now;
          for (const found of check(now, situation, policy)) expect(first.has(found.code)).toBe(true);
        }
        expect(check(now, situation, policy)).toEqual([]);
      }),
      { numRuns: 50, seed: 85 },
    );
  });

  it('F6 numbers in the message are the facts, in plain decimal notation', () => {
    fc.assert(
      fc.property(moments(wide), ({ world, order }) => {
        for (const found of findingsOf(orderOf(order), situationOf(world))) {
          const facts = Object.values(found.facts).join(' ');
          const entry = ruleCodes[found.code as RuleCode];
          const fixed = entry.message.join(' ') + entry.remedy.join(' ');
          for (const number of `${found.message} ${found.remedy}`.match(/-?\d+(\.\d+)?/g) ?? []) {
            expect([found.code, number, facts.includes(number) || fixed.includes(number)]).toEqual([found.code, number, true]);
          }
          expect(found.message).not.toMatch(/\d[eE][+-]?\d/);
        }
      }),
      { numRuns: 300, seed: 86 },
    );
  });

  it('F7 no account id in full, no host path and no secret is in any finding', () => {
    const situation = situationOf(newWorld('ira-margin', { USD: 0, EUR: 0 }, new Map()));
    const at: Situation = { ...situation, account: { ...situation.account, account: 'DU9000001', accountType: 'INDIVIDUAL' } };
    const found = check(
      { ...orderOf({ id: 'n', what: 'AAA', side: 'SELL', total: 1, limit: 100 }), account: 'DU9000002' },
      at,
      openPolicy,
    );
    expect(found.map((one) => one.code)).toContain('ACCOUNT-MISMATCH');
    expect(JSON.stringify(found)).not.toMatch(/DU900000|\/home|\/work/);
    expect(JSON.stringify(found)).toContain('DU…02');
  });
});
