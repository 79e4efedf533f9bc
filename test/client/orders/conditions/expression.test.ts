import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../../src/client/input/input-error.js';
import { limit } from '../../../../src/client/orders/builders/basic.js';
import type { ConditionDraft } from '../../../../src/client/orders/conditions/draft.js';
import {
  activateWhen,
  type Condition,
  cancelWhen,
  conditionList,
  when,
} from '../../../../src/client/orders/conditions/expression.js';
import { execution, margin, percentChange, price, time, volume } from '../../../../src/client/orders/conditions/kinds.js';

const aapl = { conId: 265598, exchange: 'SMART' };

describe('conditions', () => {
  it('make the flat list of all six kinds', () => {
    const all = when(price(aapl, 'bidAsk').above('201.5'))
      .and(time.after(Date.UTC(2026, 5, 1, 13, 30)))
      .and(margin.below(30))
      .and(execution({ secType: 'STK', exchange: 'SMART', symbol: 'IBM' }))
      .and(volume({ conId: 8314, exchange: 'NYSE' }).above(1_000_000))
      .or(percentChange(aapl).below('-2.5'));
    expect(conditionList(all)).toStrictEqual([
      {
        conditionType: 1,
        isMore: true,
        price: 201.5,
        conId: 265598,
        exchange: 'SMART',
        triggerMethod: 4,
        isConjunctionConnection: true,
      },
      { conditionType: 3, isMore: true, time: '20260601-13:30:00', isConjunctionConnection: true },
      { conditionType: 4, isMore: false, percent: 30, isConjunctionConnection: true },
      { conditionType: 5, secType: 'STK', exchange: 'SMART', symbol: 'IBM', isConjunctionConnection: true },
      { conditionType: 6, isMore: true, volume: 1000000, conId: 8314, exchange: 'NYSE', isConjunctionConnection: false },
      { conditionType: 7, isMore: false, changePercent: -2.5, conId: 265598, exchange: 'SMART', isConjunctionConnection: true },
    ]);
  });

  it('activate or cancel an order', () => {
    const order = limit('BUY', 1, 1);
    const condition = time.before('20260601-13:30:00');
    const conditions = [{ conditionType: 3, isMore: false, time: '20260601-13:30:00', isConjunctionConnection: true }];
    expect(activateWhen(order, condition)).toStrictEqual({
      ...order,
      conditions,
      conditionsIgnoreRth: false,
      conditionsCancelOrder: false,
    });
    expect(cancelWhen(order, condition, { ignoreRth: true })).toStrictEqual({
      ...order,
      conditions,
      conditionsIgnoreRth: true,
      conditionsCancelOrder: true,
    });
    expect(activateWhen(order, condition, { includeOvernight: true })).toStrictEqual({
      ...order,
      conditions,
      conditionsIgnoreRth: false,
      conditionsCancelOrder: false,
      conditionsIncludeOvernight: true,
    });
    expect(cancelWhen(order, condition, { includeOvernight: false })).not.toHaveProperty('conditionsIncludeOvernight');
  });

  it('put the one alternative of several conditions first, where both readings agree', () => {
    const list = conditionList(margin.below(1).or(margin.below(2).and(margin.below(3))));
    expect(list.map((one) => [one.conditionType === 4 && one.percent, one.isConjunctionConnection])).toStrictEqual([
      [2, true],
      [3, false],
      [1, true],
    ]);
  });

  it.each<[string, () => unknown]>([
    ['an or inside an and', () => margin.below(1).or(margin.below(2)).and(margin.below(3))],
    [
      'two alternatives of several conditions',
      () =>
        conditionList(
          margin
            .below(1)
            .and(margin.below(2))
            .or(margin.below(3).and(margin.below(4))),
        ),
    ],
    ['an unqualified contract', () => Reflect.apply(price, null, [{ exchange: 'SMART' }])],
    ['a price that is no number', () => price(aapl).above('high')],
    ['a time without zone', () => time.after('20260601 13:30:00')],
    ['a fractional margin', () => margin.below(1.5)],
    ['a fall by more than everything', () => percentChange(aapl).below(-101)],
    ['an unknown trigger method', () => Reflect.apply(price, null, [aapl, 'guess'])],
  ])('refuse %s', (_, build) => {
    expect(build).toThrowError(InputError);
  });

  it('property: what is accepted means the same read from left to right and with and before or', () => {
    type Tree = { readonly leaf: number } | { readonly op: 'and' | 'or'; readonly left: Tree; readonly right: Tree };
    const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.record({ leaf: fc.nat(4) }),
        fc.record({ op: fc.constantFrom('and' as const, 'or' as const), left: tie('tree'), right: tie('tree') }),
      ),
    }));
    const build = (t: Tree): Condition => ('leaf' in t ? margin.below(t.leaf) : build(t.left)[t.op](build(t.right)));
    const meaning = (t: Tree, facts: readonly boolean[]): boolean => {
      if ('leaf' in t) return facts[t.leaf] ?? false;
      const [left, right] = [meaning(t.left, facts), meaning(t.right, facts)];
      return t.op === 'and' ? left && right : left || right;
    };
    const fact = (one: ConditionDraft, facts: readonly boolean[]): boolean =>
      one.conditionType === 4 && (facts[one.percent] ?? false);
    let accepted = 0;
    fc.assert(
      fc.property(tree, fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }), (t, facts) => {
        let list: readonly ConditionDraft[];
        try {
          list = conditionList(build(t));
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
          return;
        }
        accepted++;
        const leftToRight = list.reduce((so, one, i) => {
          if (i === 0) return fact(one, facts);
          return list[i - 1]?.isConjunctionConnection ? so && fact(one, facts) : so || fact(one, facts);
        }, false);
        const groups: boolean[] = [true];
        list.forEach((one, i) => {
          groups[groups.length - 1] = (groups.at(-1) ?? true) && fact(one, facts);
          if (!one.isConjunctionConnection && i < list.length - 1) groups.push(true);
        });
        expect(leftToRight).toBe(meaning(t, facts));
        expect(groups.some((group) => group)).toBe(meaning(t, facts));
      }),
      { seed: 12, numRuns: 1000 },
    );
    expect(accepted).toBeGreaterThan(300);
  });
});
