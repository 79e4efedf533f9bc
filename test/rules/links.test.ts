import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAccountKind, mayBorrow } from '../../src/rules/account-kind.js';
import { check } from '../../src/rules/check.js';
import { readDecimal, writeDecimal } from '../../src/rules/decimal.js';
import { decisionOf } from '../../src/rules/finding.js';
import type { Policy } from '../../src/rules/policy-types.js';
import type { OrderFacts, Situation } from '../../src/rules/types.js';
import { type Json, ordersOf, policyOf, situationOf, text } from './case-input.js';
import { casePolicy, orderDifference } from './cases.js';
import { publicCases, publicOrderCases } from './public-cases.js';

interface Prepared {
  readonly given: Json;
  readonly orders: readonly OrderFacts[];
  readonly situation: Situation;
  readonly policy: Partial<Policy>;
}
const prepared: readonly Prepared[] = publicOrderCases.map((given) => ({
  given,
  orders: ordersOf(given),
  situation: situationOf(given),
  policy: policyOf(casePolicy(publicCases, given)),
}));
const decide = ({ orders, situation, policy }: Prepared): string => decisionOf(check(orders, situation, policy));

describe('J links between modules', () => {
  it('J2 every public case keeps its decision after a random permutation and a consistent renaming', () => {
    const names = /"(AAA|BBB|QQZ|MLPX|LPAR|PTPY|OILF|IDX|EUU|EUR|USD|HKD|GBP|0005|UKX|MES|BTC|ELEC|FNDX)"/g;
    const rename = <T>(value: T): T => JSON.parse(JSON.stringify(value).replace(names, '"Q$1"')) as T;
    fc.assert(
      fc.property(fc.constantFrom(...prepared), fc.integer(), (one, seed) => {
        const shuffle = <T>(list: readonly T[]): T[] =>
          [...list].sort((a, b) => ((JSON.stringify(a).length * seed) % 7) - ((JSON.stringify(b).length * seed) % 7));
        const { positions, workingOrders } = one.situation;
        const turned: Situation = { ...one.situation, positions: shuffle(positions), workingOrders: shuffle(workingOrders) };
        const renamed = rename({ orders: one.orders, situation: turned, policy: one.policy });
        expect([one.given['id'], orderDifference(one.given, check(renamed.orders, renamed.situation, renamed.policy))]).toEqual([
          one.given['id'],
          undefined,
        ]);
      }),
      { numRuns: 600, seed: 131 },
    );
  });

  it('J3 every case that passes has a binding amount: it still passes there, and not with one smallest unit less', () => {
    let bound = 0;
    for (const one of prepared) {
      if (decide(one) === 'reject') continue;
      const kind = one.situation.account.configuredKind;
      const isMargin = isAccountKind(kind) && mayBorrow(kind);
      for (const currency of isMargin ? ['funds'] : Object.keys(one.situation.cash)) {
        const at = (amount: bigint): boolean => {
          const value = writeDecimal(amount);
          const situation: Situation = isMargin
            ? { ...one.situation, account: { ...one.situation.account, availableFunds: value } }
            : {
                ...one.situation,
                cash: { ...one.situation.cash, [currency]: value },
                settledCash: { ...one.situation.settledCash, [currency]: value },
              };
          return decide({ ...one, situation }) !== 'reject';
        };
        let high = readDecimal(isMargin ? one.situation.account.availableFunds : one.situation.cash[currency]) ?? 0n;
        let low = -1n;
        if (high <= 0n || at(low)) continue;
        while (high - low > 1n) {
          const middle = (high + low) / 2n;
          if (at(middle)) high = middle;
          else low = middle;
        }
        bound++;
        expect([one.given['id'], at(high), at(high - 1n)]).toEqual([one.given['id'], true, false]);
        const isExact = /exactly|cent|dollar|is 10,000\.$/.test(text(one.given['why']) ?? '') && one.given['id'] === 'P-STK-02';
        if (isExact) expect(writeDecimal(high)).toBe('10000');
      }
    }
    expect(bound).toBeGreaterThan(50);
  });

  it('J4 a what-if answer above available funds rejects whatever the estimate said; one below never overrides a rejection', () => {
    for (const one of prepared) {
      if (one.orders.length !== 1 || one.orders[0] === undefined) continue;
      const order = one.orders[0];
      const account = { ...one.situation.account, availableFunds: '1000' };
      const answered = (initMarginChange: string): Prepared => ({
        ...one,
        situation: { ...one.situation, account },
        orders: [{ ...order, answer: { initMarginChange } }],
      });
      const plain = { ...one, situation: { ...one.situation, account } };
      const isOpening =
        one.given['expected'] === 'accept' &&
        order.action === 'BUY' &&
        one.situation.positions.length === 0 &&
        order.contract.secType === 'STK';
      if (isOpening) expect([one.given['id'], decide(answered('1000.01'))]).toEqual([one.given['id'], 'reject']);
      const codes = check(plain.orders, plain.situation, plain.policy)
        .filter((found) => found.severity === 'reject')
        .map((found) => found.code);
      const isAnswerable = codes.every((code) => code === 'MARGIN-NEEDS-WHATIF' || code === 'FOP-NEEDS-WHATIF');
      if (codes.length > 0 && !isAnswerable)
        expect([one.given['id'], decide(answered('1'))]).toEqual([one.given['id'], 'reject']);
    }
  });

  it('E4 no file of the rules reads a clock, chance, locale, file or socket', () => {
    const root = new URL('../../src/rules/', import.meta.url);
    const files = readdirSync(root, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('.ts'));
    expect(files.length).toBeGreaterThan(40);
    for (const name of files) {
      const source = readFileSync(new URL(name, root), 'utf8');
      expect([
        name,
        /Date\.now|new Date\(\)|Math\.random|performance\.|process\.|toLocale|Intl\.|from 'node:|fetch\(/.test(source),
      ]).toEqual([name, false]);
      for (const [, from] of source.matchAll(/from '([^']+)'/g))
        expect([name, from]).toEqual([name, expect.stringMatching(/^(\.\.?\/.*\.js|big\.js)$/)]);
    }
  });
});
