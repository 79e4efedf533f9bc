// Algos put on a market or limit order, by name or by one word per strategy.
import { hint } from '../../../input/checks.js';
import { shown } from '../../../input/shown.js';
import { InputError } from '../../input/input-error.js';
import type { OrderOf, TagValue } from '../draft.js';
import { ALGOS, type AlgoParams, type AlgoStrategy } from './table.js';

/** An order an algo can work. */
export type AlgoBase = OrderOf<'MKT' | 'LMT'>;
type Working<T, S extends string> = T & { readonly algoStrategy: S; readonly algoParams: readonly TagValue[] };

/** Any of the broker's algos, with its parameters by their official tags. Throws InputError for a wrong or missing one. */
export function algo<T extends AlgoBase, S extends AlgoStrategy>(order: T, strategy: S, params: AlgoParams<S>): Working<T, S> {
  if (!Object.hasOwn(ALGOS, strategy))
    throw new InputError('algoStrategy', `must be one of ${Object.keys(ALGOS).join(', ')}, got ${shown(strategy)}`);
  checkBase(order);
  const given: Readonly<Record<string, unknown>> = params;
  const rows: Readonly<Record<string, { readonly text: (tag: string, value: never) => string; readonly required: boolean }>> =
    ALGOS[strategy];
  for (const tag of Object.keys(given))
    if (!Object.hasOwn(rows, tag)) throw new InputError(tag, `is not a parameter of ${strategy}${hint(tag, Object.keys(rows))}`);
  const algoParams = Object.entries(rows).flatMap(([tag, row]): readonly TagValue[] => {
    const value = given[tag];
    if (value === undefined && row.required) throw new InputError(tag, `is needed by ${strategy}`);
    return value === undefined ? [] : [{ tag, value: row.text(tag, value as never) }];
  });
  return { ...order, algoStrategy: strategy, algoParams };
}

function checkBase(order: AlgoBase): void {
  if (order.orderType !== 'MKT' && order.orderType !== 'LMT')
    throw new InputError('orderType', `algos work MKT and LMT orders, got ${order.orderType}`);
}

/** Adaptive: `adaptive(limit('BUY', 100, '187.50'), 'Patient')`. */
export function adaptive<T extends AlgoBase>(
  order: T,
  priority: 'Urgent' | 'Normal' | 'Patient' = 'Normal',
): Working<T, 'Adaptive'> {
  return algo(order, 'Adaptive', { adaptivePriority: priority });
}

/** Near the price at arrival. */
export function arrivalPrice<T extends AlgoBase>(order: T, params: AlgoParams<'ArrivalPx'>): Working<T, 'ArrivalPx'> {
  return algo(order, 'ArrivalPx', params);
}

/** Near the closing price. */
export function closePrice<T extends AlgoBase>(order: T, params: AlgoParams<'ClosePx'>): Working<T, 'ClosePx'> {
  return algo(order, 'ClosePx', params);
}

/** Hidden, showing `displaySize`. Limit orders only. */
export function darkIce<T extends OrderOf<'LMT'>>(order: T, params: AlgoParams<'DarkIce'>): Working<T, 'DarkIce'> {
  if (order.orderType !== 'LMT') throw new InputError('orderType', `DarkIce works LMT orders, got ${shown(order.orderType)}`);
  return algo(order, 'DarkIce', params);
}

/** Accumulates or distributes in components over time. */
export function accumulateDistribute<T extends AlgoBase>(order: T, params: AlgoParams<'AD'>): Working<T, 'AD'> {
  return algo(order, 'AD', params);
}

/** A share of the volume. */
export function percentOfVolume<T extends AlgoBase>(order: T, params: AlgoParams<'PctVol'>): Working<T, 'PctVol'> {
  return algo(order, 'PctVol', params);
}

/** A share of the volume that depends on the price. */
export function percentOfVolumeByPrice<T extends AlgoBase>(order: T, params: AlgoParams<'PctVolPx'>): Working<T, 'PctVolPx'> {
  return algo(order, 'PctVolPx', params);
}

/** A share of the volume that depends on the size left. */
export function percentOfVolumeBySize<T extends AlgoBase>(order: T, params: AlgoParams<'PctVolSz'>): Working<T, 'PctVolSz'> {
  return algo(order, 'PctVolSz', params);
}

/** A share of the volume that changes over time. */
export function percentOfVolumeByTime<T extends AlgoBase>(order: T, params: AlgoParams<'PctVolTm'>): Working<T, 'PctVolTm'> {
  return algo(order, 'PctVolTm', params);
}

/** Even over time. */
export function twap<T extends AlgoBase>(order: T, params: AlgoParams<'Twap'>): Working<T, 'Twap'> {
  return algo(order, 'Twap', params);
}

/** Along the day's volume. */
export function vwap<T extends AlgoBase>(order: T, params: AlgoParams<'Vwap'>): Working<T, 'Vwap'> {
  return algo(order, 'Vwap', params);
}

/** Options: impact against risk. */
export function balanceImpactRisk<T extends AlgoBase>(
  order: T,
  params: AlgoParams<'BalanceImpactRisk'>,
): Working<T, 'BalanceImpactRisk'> {
  return algo(order, 'BalanceImpactRisk', params);
}

/** Options: least impact. */
export function minimiseImpact<T extends AlgoBase>(order: T, params: AlgoParams<'MinImpact'>): Working<T, 'MinImpact'> {
  return algo(order, 'MinImpact', params);
}
