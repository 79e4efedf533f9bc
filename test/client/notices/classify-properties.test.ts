// What must hold for any code, any text and any owner of the id.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/client/notices/classify.js';
import { codeFamilies, hasClass, lookup } from '../../../src/client/notices/table.js';
import type { NoticeTarget, Verdict } from '../../../src/client/notices/verdict.js';

const nobody: NoticeTarget = { is: 'nobody' };
const verdict = (code: number, text: string, target: NoticeTarget): Verdict => classify({ code, text }, target);

describe('properties', () => {
  const known = codeFamilies.flatMap(({ rows }) => rows).filter((row) => row.class !== 'local');
  const code = fc.oneof(fc.integer({ min: -5, max: 11_000 }), fc.constantFrom(...known.map((row) => row.code)));
  const english = fc.constantFrom(
    'cancelled',
    'no data',
    'pacing violation',
    'Warning: x',
    'state: Filled.',
    'reason:',
    'ambiguous',
    '',
  );
  const text = fc.oneof(english, fc.string({ maxLength: 40 }), fc.stringMatching(/^[а-я: 0-9]{0,30}$/));
  const foreign = fc.stringMatching(/^[а-я ]{0,30}$/);
  const anyOrder = fc.record({
    is: fc.constant('order' as const),
    asked: fc.constantFrom('place' as const, 'modify' as const, 'cancel' as const),
    working: fc.constantFrom(true, false, undefined),
  });
  const anyRequest = fc.record({
    is: fc.constant('request' as const),
    asked: fc.constantFrom('reqMktData', 'reqHistoricalData', 'reqScannerSubscription', 'reqAccountSummary', 'reqTickByTickData'),
    cancelled: fc.boolean(),
  });
  const target = fc.oneof(anyOrder, anyRequest, fc.constant(nobody), fc.constant({ is: 'gone' as const }));
  const deadly = ['orderRejected', 'orderCancelled'];
  const check = { seed: 13, numRuns: 1500 };

  it('any code, text and owner has a verdict', () => {
    fc.assert(
      fc.property(code, text, target, (c, t, to) => {
        expect(verdict(c, t, to).means.length).toBeGreaterThan(0);
      }),
      check,
    );
  });

  it('an unknown code never ends an order, and always ends a request', () => {
    const unknown = code.filter((c) => lookup(c) === undefined);
    fc.assert(
      fc.property(unknown, text, anyOrder, anyRequest, (c, t, o, r) => {
        expect(verdict(c, t, o)).toEqual({ means: 'orderUnclear' });
        expect(verdict(c, t, r).means).toBe('requestFailed');
      }),
      check,
    );
  });

  it('a warning or an information never ends an order, and a pure warning never a request', () => {
    const mild = known.filter((row) => row.class === 'warning' || row.class === 'information' || row.class === 'advisory');
    fc.assert(
      fc.property(fc.constantFrom(...mild), text, anyOrder, anyRequest, (row, t, o, r) => {
        expect(deadly).not.toContain(verdict(row.code, t, o).means);
        if (row.class === 'warning' && !hasClass(row, 'request')) expect(verdict(row.code, t, r).means).not.toBe('requestFailed');
      }),
      check,
    );
  });

  it('a text in another language never kills an order that English would spare, and never makes an answer look empty', () => {
    fc.assert(
      fc.property(code, english, foreign, anyOrder, anyRequest, (c, e, f, o, r) => {
        if (deadly.includes(verdict(c, f, o).means)) expect(deadly).toContain(verdict(c, e, o).means);
        expect(verdict(c, f, r).means).not.toBe('requestEmpty');
        if (!r.cancelled) expect(verdict(c, f, r).means).not.toBe('requestEcho');
      }),
      check,
    );
  });

  it('an order whose state is not known is only ended by 202', () => {
    fc.assert(
      fc.property(code, text, anyOrder, (c, t, o) => {
        if (c !== 202) expect(deadly).not.toContain(verdict(c, t, { ...o, working: undefined }).means);
      }),
      check,
    );
  });
});
