/** What short options tie up, and how an advisor's order is shared. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate, dealOut, type MemberFigures } from '../../../src/gateway/accounts/advisor.js';
import { quantityOfSize } from '../../../src/gateway/accounts/amount.js';
import { type OptionLine, optionRequirement } from '../../../src/gateway/accounts/option-requirement.js';

describe('option requirement', () => {
  const line = (right: 'C' | 'P', strike: number, contracts: number, expiry = '20261218', european = false): OptionLine => ({
    right,
    strike,
    contracts,
    expiry,
    european,
  });
  const points = (lines: OptionLine[], shares = 0, pairing: 'none' | 'european' | 'any' = 'any') => {
    const { points: sum, uncoveredCalls } = optionRequirement(lines, shares, pairing, true);
    return [sum, uncoveredCalls];
  };
  it.each<[string, OptionLine[], number, number[]]>([
    ['covered call', [line('C', 100, -1)], 1, [0, 0]],
    ['naked call', [line('C', 100, -1)], 0, [0, 1]],
    ['cash-secured put', [line('P', 100, -1)], 0, [100, 0]],
    ['debit vertical', [line('C', 100, 1), line('C', 110, -1)], 0, [0, 0]],
    ['credit vertical', [line('C', 100, -1), line('C', 110, 1)], 0, [10, 0]],
    ['put credit vertical', [line('P', 100, -1), line('P', 95, 1)], 0, [5, 0]],
    ['iron condor', [line('P', 90, 1), line('P', 100, -1), line('C', 110, -1), line('C', 125, 1)], 0, [15, 0]],
    ['long butterfly', [line('C', 90, 1), line('C', 100, -2), line('C', 110, 1)], 0, [0, 0]],
    ['calendar', [line('C', 100, 1, '20270115'), line('C', 100, -1)], 0, [0, 0]],
    ['reverse calendar', [line('C', 100, -1, '20270115'), line('C', 100, 1)], 0, [0, 1]],
    ['ratio', [line('C', 100, 1), line('C', 110, -2)], 0, [0, 1]],
  ])('%s', (_name, lines, shares, expected) => expect(points(lines, shares)).toEqual(expected));

  it('American-style spreads cover nothing where only European ones may', () => {
    const american = [line('P', 100, -1), line('P', 95, 1)];
    const european = american.map((one) => ({ ...one, european: true }));
    expect([points(american, 0, 'european'), points(european, 0, 'european')]).toEqual([
      [100, 0],
      [5, 0],
    ]);
  });
});

describe('advisor shares', () => {
  const figures: MemberFigures = {
    netLiquidation: (account) => (account === 'a' ? 100 : 300),
    availableFunds: () => 1,
    held: (account) => quantityOfSize(account === 'a' ? 80 : -40),
    price: 50,
    pointValue: 1,
  };
  const members = [
    { account: 'a', amount: 1000 },
    { account: 'b', amount: 260 },
  ];
  const step = quantityOfSize(1);
  const of = (method: Parameters<typeof allocate>[2], total: number, percent?: number) =>
    allocate(quantityOfSize(total), step, method, members, figures, percent)?.map(({ quantity }) => Number(quantity) / 1e8);
  it('follow the method', () => {
    expect(of('NetLiq', 100)).toEqual([25, 75]);
    expect(of('Equal', 101)).toEqual([51, 50]);
    expect(of('MonetaryAmount', 0)).toEqual([20, 5]);
    expect(of('PctChange', 0, 50)).toEqual([40, 20]);
    expect(of('ContractsOrShares', 1260)).toEqual([1000, 260]);
    expect(of('ContractsOrShares', 1261)).toBeUndefined();
  });

  it('of any fills add up, never exceed a share, and end exactly at it', () =>
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 5 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 30 }),
        (wanted, sizes) => {
          const targets = wanted.map((n, i) => ({ account: String(i), quantity: quantityOfSize(n) }));
          const total = wanted.reduce((a, b) => a + b, 0);
          let given = targets.map(() => 0n);
          let left = total;
          for (const size of [...sizes, total]) {
            const part = Math.min(size, left);
            if (part === 0) continue;
            const dealt = dealOut(quantityOfSize(part), step, targets, given);
            expect(dealt.reduce((a, b) => a + b, 0n)).toBe(quantityOfSize(part));
            expect(dealt.every((one) => one >= 0n)).toBe(true);
            given = given.map((one, i) => one + (dealt[i] ?? 0n));
            left -= part;
            expect(given.every((one, i) => one <= (targets[i]?.quantity ?? 0n))).toBe(true);
          }
          expect(given).toEqual(targets.map(({ quantity }) => quantity));
        },
      ),
      { seed: 5, numRuns: 300 },
    ));
});
