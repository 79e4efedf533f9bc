// From the shape of a case file to the input of a check.
import type { Policy } from '../../src/rules/policy-types.js';
import type { ContractFacts, OrderFacts, Position, Situation, WorkingOrder } from '../../src/rules/types.js';

export type Json = Readonly<Record<string, unknown>>;
export const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
export const record = (value: unknown): Json => (isRecord(value) ? value : {});
export const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.map(record) : []);
export const text = (value: unknown): string | undefined => (value === undefined || value === null ? undefined : String(value));
const flag = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined);
const names = (value: unknown): readonly string[] | undefined => (Array.isArray(value) ? value.map(String) : undefined);
const count = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

export function contractOf(given: Json): ContractFacts {
  const style = given['style'];
  const settle = given['settle'];
  return {
    secType: text(given['secType']) ?? '',
    symbol: text(given['symbol']),
    conId: count(given['conId']),
    currency: text(given['currency']) ?? '',
    lastTradeDateOrContractMonth: text(given['expiry']),
    strike: text(given['strike']),
    right: text(given['right']),
    multiplier: text(given['multiplier'] ?? given['face']),
    comboLegs: Array.isArray(given['legs'])
      ? list(given['legs']).map((leg) => ({
          action: text(leg['action']) ?? '',
          ratio: text(leg['ratio']) ?? '',
          contract: contractOf(record(leg['contract'])),
          reference: text(leg['ref']),
        }))
      : undefined,
    underConId: count(given['underConId']),
    exerciseStyle: style === 'american' || style === 'european' ? style : undefined,
    settlement: settle === 'physical' || settle === 'cash' ? settle : undefined,
    nonStandard: flag(given['nonStandard']),
    stockType: text(given['stockType']),
    underlyingStockType: text(given['underlyingStockType']),
    partnership: flag(given['ptp']),
    minTick: text(given['minTick']),
    priceBands: Array.isArray(given['priceBands'] ?? given['marketRule'])
      ? list(given['priceBands'] ?? given['marketRule']).map((band) => ({
          lowEdge: text(band['lowEdge']) ?? '',
          increment: text(band['increment']) ?? '',
        }))
      : undefined,
    minSize: text(given['minSize']),
    sizeIncrement: text(given['sizeIncrement']),
    priceMagnifier: text(given['priceMagnifier']),
    initMargin: text(given['initMargin']),
    marginSource: text(given['marginSource']),
    marginRate: text(given['marginRate'] ?? given['initMarginRate'] ?? given['initRate']),
    shortableShares: text(given['shortable']),
  };
}

export function orderOf(given: Json): OrderFacts {
  const oca = record(given['oca']);
  const answer = given['whatIfResult'];
  return {
    orderId: text(given['id'] ?? given['modifies'] ?? given['replaces']),
    act: given['act'] === 'exercise' ? 'exercise' : undefined,
    contract: contractOf(record(given['contract'])),
    action: text(given['action']) ?? '',
    totalQuantity: text(given['qty']),
    cashQty: text(given['cashQty']),
    orderType: text(given['type']) ?? '',
    lmtPrice: text(given['limit']),
    auxPrice: text(given['stop'] ?? given['aux'] ?? given['trail']),
    trailingPercent: text(given['trailPercent'] ?? given['trailingPercent']),
    tif: text(given['tif']),
    faGroup: text(given['faGroup']),
    unjudged: names(given['unjudged']),
    contradicts: names(given['contradicts']),
    account: text(given['account']),
    parentId: text(given['parentId']),
    ocaGroup: text(oca['group']),
    ocaType: count(oca['type']),
    exchange: text(given['exchange']),
    whatIf: flag(given['whatIf']),
    nonGuaranteed: flag(given['nonGuaranteed']),
    pricesLegs: flag(given['pricesLegs']),
    fee: text(given['fee']),
    accrued: text(given['accrued']),
    reference: text(given['ref']),
    underlyingPrice: text(given['underlyingPrice']),
    session: given['session'] === 'closed' ? 'closed' : given['session'] === 'open' ? 'open' : undefined,
    opensAt: text(given['opensAt']),
    answer: isRecord(answer)
      ? { initMarginChange: text(answer['initMarginChange']), maintMarginChange: text(answer['maintMarginChange']) }
      : undefined,
    confirmed: flag(given['confirmed']),
    deliberate: flag(given['deliberate'] ?? given['allowDuplicate']),
    closesTodaysOpening: flag(given['closesTodaysOpening']),
  };
}

export function workingOf(given: Json): WorkingOrder {
  const remaining = text(given['remaining']);
  return {
    ...orderOf(given),
    orderId: text(given['id']),
    totalQuantity: text(given['original'] ?? given['qty']) ?? remaining,
    remaining,
    ageSeconds: count(given['ageSeconds']),
  };
}

const amounts = (given: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(record(given)).map(([currency, value]) => [currency, text(value) ?? '']));

export function situationOf(given: Json): Situation {
  const account = record(given['account']);
  const cash = amounts(given['cash']);
  const action = given['corporateAction'] ?? given['corporateActions'];
  return {
    account: {
      account: text(given['accountId']),
      configuredKind: text(given['accountKind']),
      accountType: text(given['accountType']),
      baseCurrency: text(given['baseCurrency']) ?? 'USD',
      usPerson: flag(account['usPerson']),
      netLiquidation: text(account['netLiq'] ?? account['netLiquidation']),
      availableFunds: text(account['availableFunds']),
      excessLiquidity: text(account['excessLiquidity']),
      dayTradesUsed: count(account['dayTradesUsed']),
      dayTradesRemaining: count(account['dayTradesRemaining']),
      dayTradesPotential: count(account['dayTradesPotential']),
      snapshotAgeSeconds: count(account['snapshotAgeSeconds']),
    },
    severalAccounts: flag(given['multiAccount']),
    cash,
    settledCash: { ...cash, ...amounts(given['settledCash']) },
    positions: list(given['positions']).map(
      (line): Position => ({
        contract: contractOf(record(line['contract'])),
        position: text(line['qty']) ?? '',
        fundedUnsettledUntil: text(line['fundedUnsettledUntil']),
      }),
    ),
    workingOrders: list(given['workingOrders']).map(workingOf),
    exchangeRates: amounts(given['fx']),
    asOf: text(given['asOf']),
    linkedLossSales: list(given['linkedLossSales']).map((sale) => ({
      symbol: text(sale['symbol']) ?? '',
      daysAgo: count(sale['daysAgo']) ?? 0,
    })),
    corporateActions: (Array.isArray(action) ? list(action) : isRecord(action) ? [action] : []).map((one) => ({
      symbol: text(one['symbol']) ?? '',
      kind: text(one['kind']) ?? '',
      ratio: text(one['ratio']),
      date: text(one['date']),
    })),
  };
}

export function policyOf(given: unknown): Partial<Policy> {
  return record(given) as Partial<Policy>; // the keys of a case file's policy are those of Policy
}

export function ordersOf(given: Json): readonly OrderFacts[] {
  return Array.isArray(given['orders']) ? list(given['orders']).map(orderOf) : [orderOf(record(given['order']))];
}
