import Big from 'big.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSize, snapSize } from '../../../src/client/contracts/lots.js';

const coin = { minSize: '0.0001', sizeIncrement: '0.00000001', suggestedSizeIncrement: '0.0001' };
const hong = { minSize: '100', sizeIncrement: '100', suggestedSizeIncrement: '100' };

describe('lots', () => {
  it.each([
    ['250', hong, 'down', '200'],
    ['250', hong, 'up', '300'],
    ['250', hong, 'nearest', '300'],
    ['99', hong, 'down', undefined],
    ['99', hong, 'up', '100'],
    ['0.123456789', coin, 'down', '0.12345678'],
    ['0.00005', coin, 'down', undefined],
    ['7.5', {}, 'down', '7.5'],
    ['7.5', { minSize: '', sizeIncrement: '0' }, 'down', '7.5'],
  ] as const)('snaps %s by %j %s to %s', (size, rules, mode, expected) => {
    expect(snapSize(size, rules, mode)?.toFixed()).toBe(expected);
  });

  it.each([
    ['300', hong, []],
    ['50', hong, ['LOT-SIZE']],
    ['250', hong, ['LOT-SIZE']],
    ['150', { minSize: 1, sizeIncrement: 1, suggestedSizeIncrement: 100 }, []],
    ['150', { minSize: 1, suggestedSizeIncrement: 100 }, ['ODD-LOT']],
    ['0.3', { sizeIncrement: 0.1 }, []],
    ['1.5', {}, []],
  ] as const)('checks %s by %j: %j', (size, rules, codes) => {
    expect(checkSize(size, rules).map((finding) => finding.code)).toStrictEqual(codes);
  });

  it('says which sizes would pass', () => {
    expect(checkSize('250', hong)[0]).toStrictEqual({
      code: 'LOT-SIZE',
      severity: 'reject',
      message: '250 is not a multiple of 100.',
      facts: { quantity: '250', lot: '100', floor: '200', ceil: '300' },
      remedy: 'Use 200 or 300.',
    });
  });

  it('property: a snapped size passes the check, and rounding down never adds', () => {
    const decimal = fc.integer({ min: 1, max: 10_000_000 }).map((n) => new Big(n).div(10_000).toFixed());
    fc.assert(
      fc.property(
        decimal,
        decimal,
        decimal,
        fc.constantFrom('down' as const, 'up' as const, 'nearest' as const),
        (size, minSize, sizeIncrement, mode) => {
          const rules = { minSize, sizeIncrement };
          const snapped = snapSize(size, rules, mode);
          if (snapped === undefined) {
            expect(mode).not.toBe('up');
            return;
          }
          expect(checkSize(snapped, rules)).toStrictEqual([]);
          if (mode === 'down') expect(snapped.lte(size)).toBe(true);
        },
      ),
      { seed: 15, numRuns: 500 },
    );
  });
});
