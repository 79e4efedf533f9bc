// The six kinds of condition as words: price, time, margin, execution, volume, percentChange.
import { contract as contractTable } from '../../../protocol/records/contract.js';
import { conId as contractId, name } from '../../contracts/fields.js';
import { InputError } from '../../input/input-error.js';
import { refuseUnknown } from '../../input/known-properties.js';
import { type Amount, price as exactPrice, nonNegative, oneOf, whole } from '../builders/amount.js';
import { type Instant, instant } from '../builders/instants.js';
import type { PriceConditionDraft } from './draft.js';
import { type Condition, type Leaf, leaf } from './expression.js';

/** A contract a condition can watch: it must be qualified. */
export interface Watched {
  readonly conId: number;
  readonly exchange: string;
}

/** A comparison waiting for its value. Both sides include equality. */
export interface Comparison<V> {
  /** True from the value on upwards. */
  above(value: V): Condition;
  /** True from the value on downwards. */
  below(value: V): Condition;
}

const comparison = <V>(make: (isMore: boolean, value: V) => Leaf): Comparison<V> => ({
  above: (value) => leaf(make(true, value)),
  below: (value) => leaf(make(false, value)),
});

/** A qualified contract has more fields than are needed: only what its own table lacks is refused. */
function watched(of: Watched): Watched {
  refuseUnknown(contractTable, of, 'of.');
  return { conId: contractId('conId', of.conId), exchange: name('exchange', of.exchange) };
}

const METHODS = { default: 0, doubleBidAsk: 1, last: 2, doubleLast: 3, bidAsk: 4, lastOrBidAsk: 7, midpoint: 8 } as const;
/** Which price triggers. */
export type TriggerMethod = keyof typeof METHODS;

/** The price of a contract. */
export function price(of: Watched, method: TriggerMethod = 'default'): Comparison<Amount> {
  const names = Object.keys(METHODS) as TriggerMethod[];
  const triggerMethod: PriceConditionDraft['triggerMethod'] = METHODS[oneOf(...names)('triggerMethod', method)];
  const contract = watched(of);
  return comparison((isMore, value) => ({
    conditionType: 1,
    isMore,
    price: exactPrice('price', value),
    ...contract,
    triggerMethod,
  }));
}

/** The clock. */
export const time: { after(at: Instant): Condition; before(at: Instant): Condition } = {
  after: (at) => leaf({ conditionType: 3, isMore: true, time: instant('time', at) }),
  before: (at) => leaf({ conditionType: 3, isMore: false, time: instant('time', at) }),
};

/** The account's margin cushion in whole percent. */
export const margin: Comparison<number> = comparison((isMore, value) => {
  if (whole('percent', value) > 100) throw new InputError('percent', `must be up to 100, got ${value}`);
  return { conditionType: 4, isMore, percent: value };
});

/** Any execution in a symbol, by any order. */
export function execution(of: { readonly symbol: string; readonly secType: string; readonly exchange: string }): Condition {
  refuseUnknown(contractTable, of, 'of.');
  return leaf({
    conditionType: 5,
    secType: name('secType', of.secType),
    exchange: name('exchange', of.exchange),
    symbol: name('symbol', of.symbol),
  });
}

/** The day's volume of a contract. */
export function volume(of: Watched): Comparison<number> {
  const contract = watched(of);
  return comparison((isMore, value) => ({ conditionType: 6, isMore, volume: whole('volume', value), ...contract }));
}

/** The change since the last close in percent; the direction is in the comparison, falling values are negative. */
export function percentChange(of: Watched): Comparison<Amount> {
  const contract = watched(of);
  return comparison((isMore, value) => {
    const changePercent = exactPrice('changePercent', value);
    nonNegative('changePercent', changePercent + 100);
    return { conditionType: 7, isMore, changePercent, ...contract };
  });
}
