// Algos of other houses: routed to an exchange of their own, live accounts only; parameters are text by tag.
import { hint } from '../../../input/checks.js';
import { shown } from '../../../input/shown.js';
import { InputError } from '../../input/input-error.js';
import { text } from '../builders/amount.js';
import type { OrderOf, TagValue } from '../draft.js';

const WOW = ['WoWPrice', 'WowReference', 'MinFillSize', 'WoWOrderPct', 'WoWMode'] as const;
const TIMES = ['StartTime', 'EndTime'] as const;
const WOW_TAKE = ['WoWPrice', 'WowReference', 'MinTakeSize', 'MinFillSize', 'WoWOrderPct', 'WoWMode'] as const;
const PAIR = ['PairSpread', 'PairSpreadOperator'] as const;

/** Tags by strategy. The contract of the order must be routed to `exchange`. */
export const THIRD_PARTY = {
  jefferies: {
    exchange: 'JEFFALGO',
    strategies: {
      VWAP: [...TIMES, 'RelativeLimit', 'MaxVolumeRate', 'ExcludeAuctions', 'TriggerPrice', ...WOW, 'IsBuyBack'],
      TWAP: [...TIMES, 'RelativeLimit', 'MaxVolumeRate', 'ExcludeAuctions', 'TradingSession', ...WOW, 'IsBuyBack'],
      VOLPART: [
        ...TIMES,
        'RelativeLimit',
        'MaxVolumeRate',
        'DarkVolumeRate',
        'ExcludeAuctions',
        'TradingSession',
        ...WOW,
        'IsBuyBack',
      ],
      BLITZ: [...TIMES, 'RelativeLimit', 'DisplaySize', 'TradingStyle', 'IsBuyBack', 'TradingSession'],
      STRIKE: [...TIMES, 'RelativeLimit', 'MaxVolumeRate', 'Urgency', 'ExcludeAuctions', ...WOW],
      SEEK: [...TIMES, 'RelativeLimit', 'ExcludeAuctions', 'Urgency', 'MaxVolumeRate', ...WOW],
      DS: [
        ...TIMES,
        'RelativeLimit',
        'Urgency',
        'MinTakeSize',
        'MinFillSize',
        'IsBuyBack',
        'WoWPrice',
        'WowReference',
        'WoWOrderPct',
        'WoWMode',
      ],
      POST: [...TIMES, 'RelativeLimit', 'MaxVolumeRate', ...WOW_TAKE],
      MS: [...TIMES, 'Algo1', 'MaxQty1', 'Price2', 'Algo2', 'MaxQty2', 'Price3', 'Algo3'],
      OPENER: [
        'RelativeLimit',
        'UnitForOpen',
        'OpenQty',
        'PostOpenStrategy',
        'PostOpenLimit',
        'PostOpenBenchmark',
        'BenchmarkOffset',
      ],
      TOC: ['StartTime', 'Urgency', 'UnitForClose', 'CloseQty'],
      PORT: [
        ...[
          ...TIMES,
          'MaxVolumeRate',
          'PortfolioId',
          'PortfolioLimit',
          'ExcludeAuctions',
          'PortfolioUrgency',
          'Style',
          'CompleteByEOD',
        ],
        ...['PriceLimitType', 'Benchmark', 'BenchmarkOffset', 'TrackingIndex', 'MaxOutPerform', 'MinOutPerform'],
      ],
      PATIENCE: [...TIMES, 'MaxVolumeRate', 'Style', ...WOW_TAKE],
      RATIO: [...TIMES, 'MaxVolumeRate', 'PairID', 'Balance', 'ExecutionStyle', 'LegThreshold', 'PairRatio', ...PAIR],
      TR: [...TIMES, 'MaxVolumeRate', 'PairID', 'Balance', 'ExecutionStyle', 'LegThreshold', 'PairBenchmark', ...PAIR],
      ARB: [
        ...TIMES,
        'MaxVolumeRate',
        'ExecutionStyle',
        'LegThreshold',
        'PairID',
        'PairObjective',
        'PairRatio',
        'PairCash',
        ...PAIR,
      ],
      TRADER: ['StrategyIntent', 'ActionType', 'ActionQty', 'ActionPrice'],
    },
  },
  csfb: {
    exchange: 'CSFBALGO',
    strategies: {
      INLINE: [
        ...[...TIMES, 'ExecStyle', 'MinPercent', 'MaxPercent', 'DisplaySize', 'Auction'],
        ...['BlockFinder', 'BlockPrice', 'MinBlockSize', 'MaxBlockSize', 'IWouldPrice'],
      ],
    },
  },
  qb: {
    exchange: 'QBALGO',
    strategies: {
      STROBE: [...TIMES, 'Duration', 'Benchmark', 'PercentVolume', 'NoCleanup'],
      BOLT: [...TIMES, 'Duration', 'Mode', 'PercentVolume', 'EventPause', 'NoCleanup', 'LiquidityAggressThreshold'],
      CLOSER: [],
      OCTANE: [...TIMES, 'Duration', 'Urgency'],
    },
  },
} as const;

/** A house whose algos the broker passes orders on to. */
export type AlgoHouse = keyof typeof THIRD_PARTY;
type Strategies<H extends AlgoHouse> = (typeof THIRD_PARTY)[H]['strategies'];
type Tags<L> = L extends readonly (infer T extends string)[] ? T : never;

/** An algo of another house: `thirdParty(limit(…), 'qb', 'STROBE', { Duration: '30' })`. Values go out as they are given. */
export function thirdParty<T extends OrderOf<'MKT' | 'LMT'>, H extends AlgoHouse, S extends keyof Strategies<H> & string>(
  order: T,
  house: H,
  strategy: S,
  params: { readonly [K in Tags<Strategies<H>[S]>]?: string },
): T & { readonly algoStrategy: S; readonly algoParams: readonly TagValue[] } {
  if (!Object.hasOwn(THIRD_PARTY, house))
    throw new InputError('house', `must be one of ${Object.keys(THIRD_PARTY).join(', ')}, got ${shown(house)}`);
  const strategies: Readonly<Record<string, readonly string[]>> = THIRD_PARTY[house].strategies;
  const tags = Object.hasOwn(strategies, strategy) ? strategies[strategy] : undefined;
  if (tags === undefined)
    throw new InputError('algoStrategy', `must be one of ${Object.keys(strategies).join(', ')}, got ${shown(strategy)}`);
  if (order.orderType !== 'MKT' && order.orderType !== 'LMT') throw new InputError('orderType', 'algos work MKT and LMT orders');
  const given: Readonly<Record<string, string | undefined>> = params;
  for (const tag of Object.keys(given))
    if (!tags.includes(tag)) throw new InputError(tag, `is not a parameter of ${strategy}${hint(tag, tags)}`);
  const algoParams = tags.flatMap((tag): readonly TagValue[] => {
    const value = given[tag];
    return value === undefined ? [] : [{ tag, value: text(tag, value) }];
  });
  return { ...order, algoStrategy: strategy, algoParams };
}
