import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByRequest } from '../../src/protocol/by-request.js';

/** Numbers that share their lowest bits, in 8 bits and in all 32 that a place tells apart. */
const ids = [
  undefined,
  0,
  1,
  -1,
  -256,
  255,
  256,
  512,
  1_500_000_000,
  1_500_000_256,
  2 ** 31,
  2 ** 32,
  2 ** 32 + 1,
  2 ** 32 + 256,
];

describe('what belongs to request ids', () => {
  it('is what a map says, whatever is set, taken out and looked up in between', () => {
    const step = fc.record({
      act: fc.constantFrom('set' as const, 'delete' as const, 'get' as const),
      id: fc.constantFrom(...ids),
      value: fc.nat(9),
      place: fc.constantFrom(undefined, 0, 1, 70_000),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const ours = new ByRequest<number>();
        const map = new Map<number | undefined, number>();
        const places = new Map<number | undefined, number | undefined>();
        for (const { act, id, value, place } of steps) {
          if (act === 'set') {
            ours.set(id, value, place);
            map.set(id, value);
            places.set(id, place);
          } else if (act === 'delete') {
            ours.delete(id);
            map.delete(id);
            places.delete(id);
          } else expect([ours.get(id), ours.place]).toEqual([map.get(id), places.get(id) ?? 0]);
          expect(ours.size).toBe(map.size);
        }
        for (const id of ids) expect([ours.get(id), ours.place]).toEqual([map.get(id), places.get(id) ?? 0]);
        expect([...ours.values()]).toEqual([...map.values()]);
      }),
      { seed: 12, numRuns: 300 },
    );
  });

  it('is found among thousands, before and after half of them have gone', () => {
    const ours = new ByRequest<string>();
    const first = 1_500_000_000;
    for (let at = 0; at < 5_000; at++) {
      ours.set(first + at, `of ${at}`);
      expect(ours.get(first + at)).toBe(`of ${at}`);
    }
    for (let at = 0; at < 5_000; at += 2) ours.delete(first + at);
    for (let at = 0; at < 5_000; at++) expect(ours.get(first + at)).toBe(at % 2 === 0 ? undefined : `of ${at}`);
    expect(ours.has(first + 1) && !ours.has(first)).toBe(true);
  });
});
