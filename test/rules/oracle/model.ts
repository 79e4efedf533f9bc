// A small world for properties: contracts by name, whole numbers and cents, no code of the rules.
import type { Policy } from '../../../src/rules/policy-types.js';
import type { AccountKind, ContractFacts, OrderFacts, Situation, WorkingOrder } from '../../../src/rules/types.js';

/** A contract of the small world. Prices, strikes and margins are in cents. */
export interface Thing {
  readonly name: string;
  readonly secType: 'STK' | 'OPT' | 'FUT' | 'CASH' | 'BOND' | 'FUND' | 'WAR' | 'CRYPTO';
  readonly symbol: string;
  readonly currency: 'USD' | 'EUR';
  readonly multiplier: number;
  readonly right?: 'C' | 'P';
  readonly strike?: number;
  readonly expiry?: number;
  readonly european?: boolean;
  readonly margin?: number;
  readonly stockType?: string;
}

export interface ModelLeg {
  readonly name: string;
  /** Signed quantity per unit bought. */
  readonly ratio: number;
}

export interface ModelOrder {
  readonly id: string;
  /** Name of a thing, or `combo`. */
  readonly what: string;
  readonly legs?: readonly ModelLeg[];
  readonly loose?: boolean;
  readonly side: 'BUY' | 'SELL';
  readonly total: number;
  /** Cents. For a combination the net price in the direction of the action; of loose legs the price of each. */
  readonly limit: number;
  readonly parent?: string;
  readonly group?: string;
  readonly ocaType?: 1 | 2 | 3;
}

export interface Live {
  order: ModelOrder;
  remaining: number;
  filled: number;
}

/** The state of an account of the small world. */
export interface World {
  readonly kind: AccountKind;
  readonly cash: { USD: number; EUR: number };
  /** Cash that was settled when the day began, less what has been paid. */
  readonly settled: { USD: number; EUR: number };
  readonly held: Map<string, number>;
  readonly live: Live[];
  /** What children have taken of what their parent filled, per parent and blocking group. */
  readonly drawn: Map<string, number>;
}

export const cents = (amount: number): string => {
  const sign = amount < 0 ? '-' : '';
  const size = Math.abs(amount);
  return `${sign}${Math.floor(size / 100)}.${String(size % 100).padStart(2, '0')}`;
};

const option = (
  symbol: string,
  right: 'C' | 'P',
  strike: number,
  expiry: number,
  multiplier: number,
  european: boolean,
): Thing => ({
  name: `${symbol} ${right}${strike} ${expiry === 20270115 ? 'near' : 'far'}`,
  secType: 'OPT',
  symbol,
  currency: 'USD',
  multiplier,
  right,
  strike: strike * 100,
  expiry,
  european,
});

const NEAR = 20270115;
const FAR = 20270219;
const options = [
  ...[90, 100, 110].flatMap((strike) =>
    [NEAR, FAR].flatMap((expiry) => (['C', 'P'] as const).map((right) => option('AAA', right, strike, expiry, 10, false))),
  ),
  ...[90, 100].flatMap((strike) =>
    [NEAR, FAR].flatMap((expiry) => (['C', 'P'] as const).map((right) => option('IDX', right, strike, expiry, 10, true))),
  ),
];
const plain = (name: string, secType: Thing['secType'], currency: Thing['currency'] = 'USD'): Thing => ({
  name,
  secType,
  symbol: name,
  currency,
  multiplier: 1,
});

export const things: readonly Thing[] = [
  { ...plain('AAA', 'STK'), stockType: 'COMMON' },
  { ...plain('BBB', 'STK'), stockType: 'COMMON' },
  { ...plain('EUU', 'STK', 'EUR'), stockType: 'COMMON' },
  { ...plain('MLPX', 'STK'), stockType: 'MLP' },
  { ...plain('BND', 'BOND'), multiplier: 10 },
  plain('FND', 'FUND'),
  plain('WRT', 'WAR'),
  plain('BTC', 'CRYPTO'),
  { name: 'EUR.USD', secType: 'CASH', symbol: 'EUR', currency: 'USD', multiplier: 1 },
  { name: 'MES', secType: 'FUT', symbol: 'MES', currency: 'USD', multiplier: 5, expiry: 20270319, margin: 20_000 },
  { name: 'MEU', secType: 'FUT', symbol: 'MEU', currency: 'EUR', multiplier: 5, expiry: 20270319, margin: 10_000 },
  ...options,
];
const byName = new Map(things.map((thing) => [thing.name, thing]));

export function thing(name: string): Thing {
  const found = byName.get(name);
  if (found === undefined) throw new Error(`no thing ${name}`);
  return found;
}

export function contractOf(name: string): ContractFacts {
  const { secType, symbol, currency, multiplier, right, strike, expiry, european, margin, stockType } = thing(name);
  return {
    secType,
    symbol,
    currency,
    multiplier: String(multiplier),
    right,
    strike: strike === undefined ? undefined : cents(strike),
    lastTradeDateOrContractMonth: expiry === undefined ? undefined : String(expiry),
    exerciseStyle: european === true ? 'european' : 'american',
    settlement: symbol === 'IDX' ? 'cash' : 'physical',
    initMargin: margin === undefined ? undefined : cents(margin),
    marginSource: margin === undefined ? undefined : 'exchange',
    stockType,
  };
}

export function orderOf(order: ModelOrder): OrderFacts {
  const legs = order.legs ?? [];
  const contract: ContractFacts =
    order.what === 'combo'
      ? {
          secType: 'BAG',
          symbol: thing(legs[0]?.name ?? 'AAA').symbol,
          currency: 'USD',
          comboLegs: legs.map(({ name, ratio }) => ({
            action: ratio > 0 ? 'BUY' : 'SELL',
            ratio: String(Math.abs(ratio)),
            contract: contractOf(name),
            reference: order.loose === true ? cents(order.limit) : undefined,
          })),
        }
      : contractOf(order.what);
  return {
    orderId: order.id,
    contract,
    action: order.side,
    totalQuantity: String(order.total),
    orderType: 'LMT',
    lmtPrice: cents(order.limit),
    parentId: order.parent,
    ocaGroup: order.group,
    ocaType: order.ocaType,
    exchange: order.what === 'EUR.USD' ? 'FXCONV' : undefined,
    nonGuaranteed: order.loose,
  };
}

/** Policy of the small world: nothing but account rules speaks. */
export const openPolicy: Partial<Policy> = {
  multiCurrency: true,
  iraCrypto: true,
  priceCollar: null,
  duplicateWindowSeconds: 0,
  maxQuantity: { STK: null, OPT: null, BAG: null, FUT: null, CASH: null, BOND: null, WAR: null },
};

export function situationOf(world: World): Situation {
  const amounts = (given: { USD: number; EUR: number }) => ({ USD: cents(given.USD), EUR: cents(given.EUR) });
  return {
    account: { configuredKind: world.kind, baseCurrency: 'USD' },
    cash: amounts(world.cash),
    settledCash: amounts(world.settled),
    positions: [...world.held]
      .filter(([, held]) => held !== 0)
      .map(([name, held]) => ({ contract: contractOf(name), position: String(held) })),
    workingOrders: world.live.map(
      ({ order, remaining, filled }): WorkingOrder => ({
        ...orderOf(order),
        remaining: String(remaining),
        totalQuantity: String(remaining + filled),
      }),
    ),
    exchangeRates: { EUR: '1.10' },
  };
}
