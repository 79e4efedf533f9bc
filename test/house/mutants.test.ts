import { describe, expect, it } from 'vitest';
import { mutants, source } from '../../scripts/orders-mutants.js';

describe('the mutants of the order room', () => {
  it('each changes the source as it is: one that does not fit breaks nothing, and proves nothing', () => {
    const all = mutants();
    expect(all.length).toBeGreaterThan(300);
    const unfit = all.filter(({ file, from, to }) => source(file).replace(from, to) === source(file));
    expect(unfit.map(({ name }) => name)).toEqual([]);
  });
});
