// What the account rules have to know, read over the Web API. What was not told is said to be untold, never to be nothing.

import type { OrderDraft } from 'ibwire';
import type {
  AccountFacts,
  ContractFacts,
  OrderFacts,
  Position,
  SeenPrice,
  SentOrder,
  Situation,
  WhatIfAnswer,
  WorkingOrder,
} from 'ibwire/rules';
import { decimalText } from '../endpoints/decode.js';
import type { ListedFill, ListedOrder } from './listed.js';

type Row = Readonly<Record<string, unknown>>;

/** What was read for one account; undefined: it was not told. */
export interface Readings {
  readonly account: string;
  readonly accountType: string | undefined;
  readonly configuredKind: string | undefined;
  readonly baseCurrency: string | undefined;
  readonly ledger: Readonly<Record<string, Row>> | undefined;
  /** By their names in lower case. */
  readonly totals: Readonly<Record<string, Row>> | undefined;
  readonly positions: readonly Row[] | undefined;
  /** When positions were as they are told, epoch milliseconds; undefined: as they are now. */
  readonly positionsAt: number | undefined;
  readonly orders: readonly ListedOrder[] | undefined;
  readonly fills: readonly ListedFill[] | undefined;
  /** What has left and is not shown in `orders`. */
  readonly unseen: readonly WorkingOrder[];
  changesOf(order: ListedOrder): readonly OrderFacts[];
  answerOf(orderRef: string | undefined): WhatIfAnswer | undefined;
  readonly sent: readonly SentOrder[];
  readonly contracts: ReadonlyMap<number, ContractFacts>;
  readonly login: readonly string[];
  readonly now: number;
}

const ENDED: ReadonlySet<string> = new Set(['Filled', 'Cancelled', 'Rejected', 'Failed', 'ApiCancelled']);
/** `Inactive` without a word may be sent yet. */
const isLive = ({ status = '', text }: ListedOrder): boolean =>
  !ENDED.has(status) && !(status === 'Inactive' && text !== undefined);
/** The broker keeps answers about portfolios for minutes. */
const OLDEST = 600_000;
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

const contractOf = (told: ListedOrder | ListedFill, contracts: ReadonlyMap<number, ContractFacts>): ContractFacts =>
  contracts.get(told.conId ?? 0) ?? {
    secType: 'secType' in told ? (told.secType ?? '') : '',
    symbol: told.symbol,
    conId: told.conId,
    currency: '',
  };

function working(order: ListedOrder, { account, contracts, changesOf, answerOf }: Readings): WorkingOrder {
  const alternatives = changesOf(order);
  return {
    orderId: order.orderId,
    contract: contractOf(order, contracts),
    action: order.action ?? '',
    orderType: order.orderType ?? '',
    totalQuantity: order.total,
    remaining: order.remaining,
    lmtPrice: order.lmtPrice,
    auxPrice: order.auxPrice,
    tif: order.tif,
    account,
    orderRef: order.orderRef,
    answer: answerOf(order.orderRef),
    ...(alternatives.length > 0 && { alternatives }),
    ...((order.action === undefined || order.total === undefined) && { isUnreadable: true }),
  };
}

/** An execution that cash or positions do not show yet: it may be in them, and it may not. */
function unshown(fill: ListedFill, { account, contracts }: Readings): WorkingOrder {
  return {
    orderId: `execution ${fill.execId}`,
    contract: contractOf(fill, contracts),
    action: fill.side === undefined ? '' : fill.side === 'BOT' ? 'BUY' : 'SELL',
    orderType: 'LMT',
    totalQuantity: fill.shares,
    lmtPrice: fill.price,
    account,
    ...((fill.side === undefined || fill.shares === undefined || fill.price === undefined) && { isUnreadable: true }),
  };
}

/** Epoch milliseconds of a row that says seconds or milliseconds. */
function timeOf(row: Row | undefined): number | undefined {
  const time = Number(row?.['timestamp']);
  if (!(time > 0)) return undefined;
  return time < 1e11 ? time * 1000 : time;
}

const told = (isTold: boolean) => (isTold ? { at: 'told' as const, ageSeconds: 0 } : { at: 'untold' as const });

export interface WebSituation {
  readonly situation: Situation;
  /** Currencies of which nobody has told how much is settled. */
  readonly unsettled: readonly string[];
}

export function situationOf(read: Readings): WebSituation {
  const cash: Record<string, string> = {};
  const settledCash: Record<string, string> = {};
  const exchangeRates: Record<string, string> = {};
  let ledgerAt = read.now;
  for (const [currency, line] of Object.entries(read.ledger ?? {})) {
    if (currency === 'BASE') continue; // the sum of the others
    const [amount, settled, rate] = [
      decimalText(line['cashbalance']),
      decimalText(line['settledcash']),
      decimalText(line['exchangerate']),
    ];
    if (amount !== undefined) cash[currency] = amount;
    if (settled !== undefined) settledCash[currency] = settled;
    if (rate !== undefined) exchangeRates[currency] = rate;
    ledgerAt = Math.min(ledgerAt, timeOf(line) ?? read.now - OLDEST);
  }
  const total = (name: string): string | undefined => {
    const row = read.totals?.[name];
    if (row === undefined || row['isNull'] === true) return undefined;
    ledgerAt = Math.min(ledgerAt, timeOf(row) ?? read.now - OLDEST);
    return decimalText(row['amount']);
  };
  const base = read.ledger?.['BASE'];
  const account: AccountFacts = {
    account: read.account,
    configuredKind: read.configuredKind,
    accountType: read.accountType,
    baseCurrency: read.baseCurrency ?? Object.keys(exchangeRates).find((one) => Number(exchangeRates[one]) === 1) ?? '',
    netLiquidation: total('netliquidation') ?? decimalText(base?.['netliquidationvalue']),
    availableFunds: total('availablefunds'),
    excessLiquidity: total('excessliquidity'),
  };
  const positions = (read.positions ?? []).flatMap((row): Position[] => {
    const position = decimalText(row['position']);
    if (position === undefined || position === '0') return [];
    return [{ contract: read.contracts.get(Number(row['conid'])) ?? contractFacts(row), position }];
  });
  // A row that names no account may be of this one.
  const own = <T extends { readonly account: string | undefined }>(rows: readonly T[] | undefined): readonly T[] =>
    (rows ?? []).filter((row) => (row.account ?? read.account) === read.account);
  const since = Math.min(ledgerAt, read.positionsAt ?? read.now);
  const live = own(read.orders).filter(isLive);
  const situation: Situation = {
    account,
    severalAccounts: read.login.length > 1,
    cash,
    settledCash,
    exchangeRates,
    positions,
    workingOrders: [
      ...live.map((order) => working(order, read)),
      ...read.unseen,
      ...own(read.fills)
        .filter(({ at }) => at === undefined || at >= since)
        .map((fill) => unshown(fill, read)),
    ],
    login: read.login,
    sent: read.sent,
    openOrders: live.map((order) => working(order, read)),
    picture: {
      positions: told(read.positions !== undefined && read.fills !== undefined),
      workingOrders: told(read.orders !== undefined),
      cash: told(read.ledger !== undefined && read.fills !== undefined),
    },
  };
  const unsettled = Object.keys(cash).filter((one) => settledCash[one] === undefined && Number(cash[one]) > 0);
  return { situation, unsettled };
}

const decimal = (value: number | string | undefined): string | undefined => decimalText(value);

/** `orderId`: of the order that is changed; unset: a new one, by its reference. */
export interface More {
  readonly reference: string | undefined;
  readonly seen: SeenPrice | undefined;
  readonly now: number;
  readonly answer?: WhatIfAnswer | undefined;
  readonly parentId?: string | undefined;
  readonly orderId?: string | undefined;
}

/** An order as the rules read it. `reference`: ask for a buy, bid for a sale, else last. */
export function orderFacts(
  contract: ContractFacts,
  order: OrderDraft,
  account: string,
  { reference, seen, parentId, orderId = order.orderRef, now, answer }: More,
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
    act: orderId === order.orderRef ? 'place' : 'modify',
    orderId,
    parentId,
    outsideRth: order.outsideRth,
    ocaGroup: order.ocaGroup,
    ocaType: order.ocaType,
    answer,
    reference,
    seen,
    at: now,
  };
}
