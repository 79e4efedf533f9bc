// What the account rules have to know, read over the Web API. What was not told is said to be untold, never to be nothing.

import type { OrderDraft } from 'ibwire';
import type { AccountFacts, ContractFacts, OrderFacts, Position, Situation, WorkingOrder } from 'ibwire/rules';
import { decimalText } from '../endpoints/decode.js';
import type { ListedOrder } from './listed.js';

type Row = Readonly<Record<string, unknown>>;

/** What was read for one account; undefined: it was not told. */
export interface Readings {
  readonly account: string;
  readonly accountType: string | undefined;
  readonly configuredKind: string | undefined;
  readonly ledger: Readonly<Record<string, Row>> | undefined;
  readonly positions: readonly Row[] | undefined;
  readonly orders: readonly ListedOrder[] | undefined;
  readonly contracts: ReadonlyMap<number, ContractFacts>;
  readonly login: readonly string[];
}

const ENDED: ReadonlySet<string> = new Set(['Filled', 'Cancelled', 'Inactive', 'Rejected', 'Failed', 'ApiCancelled']);
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** A row of `/trsrv/secdef`, or of positions, as facts of a contract. */
export function contractFacts(row: Row): ContractFacts {
  const multiplier = decimalText(row['multiplier']);
  const strike = decimalText(row['strike']);
  const rules = Array.isArray(row['incrementRules']) ? (row['incrementRules'] as readonly Row[]) : [];
  const bands = rules.flatMap(({ lowerEdge, increment }) => {
    const [lowEdge, step] = [decimalText(lowerEdge), decimalText(increment)];
    return lowEdge === undefined || step === undefined ? [] : [{ lowEdge, increment: step }];
  });
  const conId = Number(row['conid']);
  const secType = text(row['assetClass']) ?? text(row['secType']) ?? '';
  const underConId = Number(row['undConid']);
  return {
    secType,
    symbol: text(row['ticker']) ?? (secType === 'STK' ? text(row['contractDesc']) : undefined),
    conId: Number.isSafeInteger(conId) ? conId : undefined,
    currency: text(row['currency']) ?? '',
    lastTradeDateOrContractMonth: text(row['lastTradingDay']) ?? text(row['expiry']),
    strike: strike === '0' ? undefined : strike,
    right: text(row['putOrCall']),
    multiplier: multiplier === undefined || multiplier === '0' ? '1' : multiplier,
    underConId: underConId > 0 ? underConId : undefined,
    stockType: text(row['type']),
    priceBands: bands.length === 0 ? undefined : bands,
  };
}

function working(order: ListedOrder, contracts: ReadonlyMap<number, ContractFacts>): WorkingOrder {
  const contract = contracts.get(order.conId ?? 0) ?? {
    secType: order.secType ?? '',
    symbol: order.symbol,
    conId: order.conId,
    currency: '',
  };
  return {
    orderId: order.orderId,
    contract,
    action: order.action ?? '',
    orderType: order.orderType ?? '',
    totalQuantity: order.total,
    remaining: order.remaining,
    lmtPrice: order.lmtPrice,
    tif: order.tif,
    account: order.account,
    orderRef: order.orderRef,
    ...((order.action === undefined || order.total === undefined) && { isUnreadable: true }),
  };
}

const told = (isTold: boolean) => (isTold ? { at: 'told' as const, ageSeconds: 0 } : { at: 'untold' as const });

export function situationOf(read: Readings): Situation {
  const cash: Record<string, string> = {};
  const settledCash: Record<string, string> = {};
  const exchangeRates: Record<string, string> = {};
  for (const [currency, line] of Object.entries(read.ledger ?? {})) {
    if (currency === 'BASE') continue; // the sum of the others
    const [amount, settled, rate] = [
      decimalText(line['cashbalance']),
      decimalText(line['settledcash']),
      decimalText(line['exchangerate']),
    ];
    if (amount !== undefined) cash[currency] = amount;
    // Where the account settles, unsaid is not settled.
    settledCash[currency] = settled ?? '0';
    if (rate !== undefined) exchangeRates[currency] = rate;
  }
  const base = read.ledger?.['BASE'];
  const account: AccountFacts = {
    account: read.account,
    configuredKind: read.configuredKind,
    accountType: read.accountType,
    baseCurrency: Object.keys(exchangeRates).find((currency) => Number(exchangeRates[currency]) === 1) ?? 'USD',
    netLiquidation: decimalText(base?.['netliquidationvalue']),
  };
  const positions = (read.positions ?? []).flatMap((row): Position[] => {
    const position = decimalText(row['position']);
    return position === undefined || position === '0' ? [] : [{ contract: contractFacts(row), position }];
  });
  const live = (read.orders ?? []).filter((order) => order.account === read.account && !ENDED.has(order.status ?? ''));
  return {
    account,
    severalAccounts: read.login.length > 1,
    cash,
    settledCash,
    exchangeRates,
    positions,
    workingOrders: live.map((order) => working(order, read.contracts)),
    login: read.login,
    picture: {
      positions: told(read.positions !== undefined),
      workingOrders: told(read.orders !== undefined),
      cash: told(read.ledger !== undefined),
    },
  };
}

const decimal = (value: number | string | undefined): string | undefined => decimalText(value);

/** An order as the rules read it. `reference`: ask for a buy, bid for a sale, else last. */
export function orderFacts(
  contract: ContractFacts,
  order: OrderDraft,
  account: string,
  reference: string | undefined,
  parentId?: string,
): OrderFacts {
  return {
    contract,
    action: order.action ?? '',
    orderType: order.orderType ?? '',
    totalQuantity: order.totalQuantity === undefined ? undefined : String(order.totalQuantity),
    cashQty: decimal(order.cashQty),
    lmtPrice: decimal(order.lmtPrice),
    auxPrice: decimal(order.auxPrice),
    trailingPercent: decimal(order.trailingPercent),
    tif: order.tif ?? 'DAY',
    account,
    orderRef: order.orderRef,
    orderId: order.orderRef,
    parentId,
    outsideRth: order.outsideRth,
    reference,
  };
}
