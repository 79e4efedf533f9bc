import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../../src/client/input/input-error.js';
import * as algos from '../../../../src/client/orders/algos/algos.js';
import { ALGOS, type AlgoParams, type AlgoStrategy } from '../../../../src/client/orders/algos/table.js';
import { THIRD_PARTY, thirdParty } from '../../../../src/client/orders/algos/third-party.js';
import { limit, market, stop } from '../../../../src/client/orders/builders/basic.js';

interface Vocabulary {
  readonly algoStrategies: readonly {
    readonly wire: string;
    readonly params: readonly { readonly tag: string; readonly value: string }[];
  }[];
  readonly thirdPartyAlgos: Readonly<Record<string, { readonly strategies: Readonly<Record<string, readonly string[]>> }>>;
}
const vocabulary: Vocabulary = JSON.parse(
  readFileSync(new URL('../../../../fixtures/protocol/order-types.json', import.meta.url), 'utf8'),
);

const order = limit('BUY', 100, 188.53);
const span = { startTime: '10:00:00 US/Eastern', endTime: Date.UTC(2026, 5, 1, 19) } as const;
const spanText = [
  { tag: 'startTime', value: '10:00:00 US/Eastern' },
  { tag: 'endTime', value: '20260601-19:00:00' },
];
const full: { readonly [S in AlgoStrategy]: AlgoParams<S> } = {
  Adaptive: { adaptivePriority: 'Patient' },
  ArrivalPx: { maxPctVol: '0.10', riskAversion: 'Get Done', ...span, forceCompletion: true, allowPastEndTime: false },
  ClosePx: { maxPctVol: 0.2, riskAversion: 'Neutral', startTime: '10:00:00 US/Eastern', forceCompletion: true },
  DarkIce: { displaySize: 10, ...span, allowPastEndTime: true },
  AD: {
    componentSize: 10,
    timeBetweenOrders: 60,
    randomizeTime20: true,
    randomizeSize55: true,
    giveUp: 1,
    catchUp: true,
    waitForFill: false,
    activeTimeStart: '20260601-14:30:00',
    activeTimeEnd: '20260601-20:00:00',
  },
  PctVol: { pctVol: 0.1, ...span, noTakeLiq: true },
  PctVolPx: { pctVol: 0.1, deltaPctVol: 0.1, minPctVol4Px: 0.1, maxPctVol4Px: 0.2, ...span, noTakeLiq: true },
  PctVolSz: { startPctVol: 0.2, endPctVol: 0.4, ...span, noTakeLiq: false },
  PctVolTm: { startPctVol: 0.2, endPctVol: 0.4, ...span, noTakeLiq: false },
  Twap: { strategyType: 'Matching Same Side', ...span, allowPastEndTime: true },
  Vwap: { maxPctVol: 0.2, ...span, allowPastEndTime: true, noTakeLiq: true, speedUp: true },
  BalanceImpactRisk: { maxPctVol: 0.1, riskAversion: 'Aggressive', forceCompletion: true },
  MinImpact: { maxPctVol: 0.3 },
};

describe('algos', () => {
  it('are those of the vocabulary, with its parameters in its order', () => {
    const ours = Object.entries(ALGOS).map(([wire, rows]) => [wire, Object.keys(rows)]);
    expect(ours).toStrictEqual(vocabulary.algoStrategies.map(({ wire, params }) => [wire, params.map((param) => param.tag)]));
  });

  it.each(vocabulary.algoStrategies)('$wire sends every parameter in the form the vocabulary gives', ({ wire, params }) => {
    const strategy = wire as AlgoStrategy;
    const built = algos.algo(order, strategy, full[strategy]);
    expect(built.algoStrategy).toBe(wire);
    expect(built.algoParams.map((param) => param.tag)).toStrictEqual(params.map((param) => param.tag));
    params.forEach(({ value }, i) => {
      const text = built.algoParams[i]?.value ?? '';
      if (value.startsWith('one of: ')) expect(value.slice(8).split(', ')).toContain(text);
      else if (value.startsWith("'1' or '0'")) expect(text).toMatch(/^[01]$/);
      else if (value.startsWith('decimal fraction')) expect(text).toMatch(/^0\.[1-5]$/);
      else if (value.includes('integer')) expect(text).toMatch(/^\d+$/);
      else if (value.includes('yyyyMMdd')) expect(text).toMatch(/^(\d{8}-\d\d:\d\d:\d\d|\d\d:\d\d:\d\d US\/Eastern)$/);
      else expect.unreachable(`a form of value nobody checks: ${value}`);
    });
  });

  it.each([
    ['adaptive', algos.adaptive(order, 'Urgent'), 'Adaptive', [{ tag: 'adaptivePriority', value: 'Urgent' }]],
    ['adaptive by default', algos.adaptive(market('BUY', 1)), 'Adaptive', [{ tag: 'adaptivePriority', value: 'Normal' }]],
    [
      'arrivalPrice',
      algos.arrivalPrice(order, { maxPctVol: '0.10', riskAversion: 'Get Done', forceCompletion: true }),
      'ArrivalPx',
      [
        { tag: 'maxPctVol', value: '0.1' },
        { tag: 'riskAversion', value: 'Get Done' },
        { tag: 'forceCompletion', value: '1' },
      ],
    ],
    ['closePrice', algos.closePrice(order, { maxPctVol: 0.2, riskAversion: 'Passive' }), 'ClosePx', undefined],
    ['darkIce', algos.darkIce(order, { displaySize: 10 }), 'DarkIce', [{ tag: 'displaySize', value: '10' }]],
    ['accumulateDistribute', algos.accumulateDistribute(order, { componentSize: 10, timeBetweenOrders: 60 }), 'AD', undefined],
    [
      'percentOfVolume',
      algos.percentOfVolume(order, { pctVol: 0.1, ...span }),
      'PctVol',
      [{ tag: 'pctVol', value: '0.1' }, ...spanText],
    ],
    ['percentOfVolumeByPrice', algos.percentOfVolumeByPrice(order, full.PctVolPx), 'PctVolPx', undefined],
    ['percentOfVolumeBySize', algos.percentOfVolumeBySize(order, full.PctVolSz), 'PctVolSz', undefined],
    ['percentOfVolumeByTime', algos.percentOfVolumeByTime(order, full.PctVolTm), 'PctVolTm', undefined],
    ['twap', algos.twap(order, { strategyType: 'Marketable' }), 'Twap', [{ tag: 'strategyType', value: 'Marketable' }]],
    [
      'vwap',
      algos.vwap(order, { maxPctVol: 0.2, speedUp: false }),
      'Vwap',
      [
        { tag: 'maxPctVol', value: '0.2' },
        { tag: 'speedUp', value: '0' },
      ],
    ],
    [
      'balanceImpactRisk',
      algos.balanceImpactRisk(order, { maxPctVol: 0.2, riskAversion: 'Neutral' }),
      'BalanceImpactRisk',
      undefined,
    ],
    ['minimiseImpact', algos.minimiseImpact(order, { maxPctVol: 0.2 }), 'MinImpact', [{ tag: 'maxPctVol', value: '0.2' }]],
  ])('%s puts its strategy on the order', (_, built, strategy, params) => {
    expect(built.algoStrategy).toBe(strategy);
    if (params !== undefined) expect(built.algoParams).toStrictEqual(params);
    expect(built.orderType === 'LMT' || built.orderType === 'MKT').toBe(true);
  });

  it.each<[string, () => unknown]>([
    ['an unknown strategy', () => Reflect.apply(algos.algo, null, [order, 'VWAP', {}])],
    ['an unknown parameter', () => Reflect.apply(algos.vwap, null, [order, { maxPctVol: 0.2, maxpctvol: 1 }])],
    ['a missing parameter', () => Reflect.apply(algos.vwap, null, [order, {}])],
    ['a share beyond half the volume', () => algos.vwap(order, { maxPctVol: 0.6 })],
    ['a share in percent', () => algos.vwap(order, { maxPctVol: 10 })],
    ['a time without zone', () => algos.vwap(order, { maxPctVol: 0.2, startTime: '10:00:00' })],
    ['a stop order', () => Reflect.apply(algos.vwap, null, [stop('BUY', 1, 1), { maxPctVol: 0.2 }])],
    ['DarkIce at the market', () => Reflect.apply(algos.darkIce, null, [market('BUY', 1), { displaySize: 1 }])],
    ['an inherited property as strategy', () => Reflect.apply(algos.algo, null, [order, 'constructor', {}])],
  ])('refuse %s', (_, build) => {
    expect(build).toThrowError(InputError);
  });

  it('do not compile on orders they cannot work, or with wrong parameters', () => {
    const never = (): void => {
      // @ts-expect-error algos work market and limit orders
      algos.adaptive(stop('BUY', 1, 1));
      // @ts-expect-error a priority is one of three
      algos.adaptive(order, 'Fast');
      // @ts-expect-error the share of the volume is needed
      algos.vwap(order, {});
      // @ts-expect-error no such parameter
      algos.vwap(order, { maxPctVol: 0.2, risk: 1 });
      // @ts-expect-error DarkIce needs a limit
      algos.darkIce(market('BUY', 1), { displaySize: 1 });
    };
    expect(never).toBeTypeOf('function');
  });
});

describe('algos of other houses', () => {
  it('are those of the vocabulary, with its tags in its order', () => {
    const ours = Object.fromEntries(Object.entries(THIRD_PARTY).map(([house, { strategies }]) => [house, strategies]));
    const theirs = Object.fromEntries(
      Object.entries(vocabulary.thirdPartyAlgos).map(([house, { strategies }]) => [house, strategies]),
    );
    expect(ours).toStrictEqual(theirs);
  });

  it('send the given tags in the table order and refuse others', () => {
    const built = thirdParty(order, 'qb', 'STROBE', { Benchmark: 'TWAP', Duration: '30' });
    expect(built).toStrictEqual({
      ...order,
      algoStrategy: 'STROBE',
      algoParams: [
        { tag: 'Duration', value: '30' },
        { tag: 'Benchmark', value: 'TWAP' },
      ],
    });
    expect(() => Reflect.apply(thirdParty, null, [order, 'qb', 'STROBE', { Mode: 'x' }])).toThrowError(InputError);
    expect(() => Reflect.apply(thirdParty, null, [order, 'qb', 'toString', {}])).toThrowError(InputError);
  });
});
