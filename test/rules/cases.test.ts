import { describe, expect, it } from 'vitest';
import { runCases } from './cases.js';
import { publicCases, publicOrderCases } from './public-cases.js';

describe('case files', () => {
  it('J1 the public case file passes whole: 191 orders, 15 sizes, 12 plans, 16 day-trade counts, 6 intraday margins', () => {
    expect(runCases(publicCases)).toEqual({ passed: 240, failed: 0, skipped: 0, failures: [] });
  });

  it('a case that expects something else is reported by name with the difference', () => {
    const first = { ...publicOrderCases[0], expected: 'reject', code: 'IRA-DEBIT' };
    const report = runCases({ cases: [first] });
    expect(report.failed).toBe(1);
    expect(report.failures[0]).toEqual({ name: 'P-STK-01', difference: 'expected reject IRA-DEBIT, got accept: nothing' });
  });

  it('a code of the wrong severity is a difference', () => {
    const flagged = publicOrderCases.find((one) => one['id'] === 'P-GRD-06');
    expect(runCases({ cases: [{ ...flagged, code: 'IRA-SHORT-STOCK' }] }).failures[0]?.difference).toContain('MAX-QUANTITY:warn');
  });

  it('an unexpected error of a size is a difference', () => {
    const input = { accountKind: 'cash', entry: '10', stop: '10', cash: '1', riskAmount: '1' };
    expect(runCases({ sizing: [{ id: 'x', input, expected: {} }] }).failures[0]?.difference).toContain('SIZE-ZERO-STOP');
  });

  it('sections it does not know count as skipped', () => {
    expect(runCases({ dividends: [{ id: 'a' }, { id: 'b' }] })).toMatchObject({ passed: 0, failed: 0, skipped: 2 });
  });
});
