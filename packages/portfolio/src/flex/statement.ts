// A Flex statement (activity or trade confirmations) as a reading: every day's element, one level of detail only.

import { isCashEquivalent } from '../cash-equivalent.js';
import { decimalOf, isZero, minus, signed, sum } from '../decimal.js';
import { ibClass } from '../ib-class.js';
import {
  type Balance,
  emptyReading,
  type Instrument,
  type Position,
  present,
  type Reading,
  type Transaction,
  type TransactionKind,
} from '../model.js';
import { PortfolioError } from '../problem.js';
import { type Element, parseXml, within } from './xml.js';

type Attributes = Readonly<Record<string, string>>;

const CASH_KINDS: readonly (readonly [RegExp, TransactionKind | 'by-amount'])[] = [
  [/^deposits/i, 'by-amount'],
  [/interest paid/i, 'margin-interest'],
  [/interest/i, 'interest'],
  [/dividend/i, 'dividend'],
  [/withh?olding|871/i, 'tax'],
  [/fee|commission/i, 'fee'],
];

/** The day of `2026-04-02;11:08:05 EDT`, `20260409;135737`, `20100505 12:30:45`, `20260304`; undefined for none. */
export function flexDay(text: string | undefined): string | undefined {
  const match = /^(\d{4})-?(\d{2})-?(\d{2})(?:[;, T].*)?$/.exec(text ?? '');
  return match ? `${match[1]}-${match[2]}-${match[3]}` : undefined;
}

function told(value: string | undefined): string | undefined {
  return value === undefined || value === '' ? undefined : value;
}

function instrumentOf(a: Attributes): Instrument | undefined {
  if (!told(a['symbol']) && !told(a['conid'])) return undefined;
  const right = a['putCall']?.[0];
  const expiry = flexDay(a['expiry']);
  const underlying = told(a['underlyingSymbol']);
  const option =
    (right === 'C' || right === 'P') && expiry && underlying
      ? ({ underlying, expiry, right, strike: a['strike']! } as const)
      : undefined;
  const isCash = isCashEquivalent(a['symbol'], a['description']);
  return present({
    class: isCash ? 'cash' : ibClass(a['assetCategory']),
    symbol: told(a['symbol']),
    exchange: told(a['listingExchange']),
    name: told(a['description']),
    conId: told(a['conid']),
    isin: told(a['isin']),
    cusip: told(a['cusip']),
    figi: told(a['figi']),
    multiplier: a['multiplier'] === '0' ? undefined : told(a['multiplier']),
    option,
  }) as Instrument;
}

function origin(a: Attributes, statement: Attributes, source: string) {
  const number = told(a['accountId']) ?? statement['accountId'] ?? 'unnamed';
  return { account: { broker: 'ibkr', number }, source, raw: a };
}

function dateOf(element: Element, ...names: readonly string[]): string {
  for (const name of names) {
    const day = flexDay(element.attributes[name]);
    if (day !== undefined) return day;
  }
  throw new PortfolioError('row-unreadable', `${element.name} has no date that can be read`, { line: element.line });
}

function cash(element: Element, statement: Attributes, source: string): Transaction {
  const a = element.attributes;
  const amount = decimalOf(a['amount']);
  if (amount === undefined)
    throw new PortfolioError('row-unreadable', 'CashTransaction without an amount', { line: element.line });
  const type = a['type'] ?? '';
  const known = CASH_KINDS.find(([pattern]) => pattern.test(type))?.[1] ?? 'unknown';
  const date = dateOf(element, 'dateTime', 'reportDate', 'settleDate');
  const settle = flexDay(a['settleDate']);
  return present({
    ...origin(a, statement, source),
    kind: known !== 'by-amount' ? known : amount.startsWith('-') ? 'withdrawal' : 'deposit',
    code: type,
    date,
    settle: settle === date ? undefined : settle,
    instrument: instrumentOf(a),
    amount,
    currency: a['currency'] ?? '',
    isReinvestment: false,
    isCashEquivalent: isCashEquivalent(a['symbol'], a['description']),
    id: told(a['transactionID']),
  }) as Transaction;
}

function tradeKind(a: Attributes, isOption: boolean): TransactionKind {
  const codes = (a['notes'] ?? a['code'] ?? '').split(/[;,]/);
  if (codes.includes('Ep')) return 'option-expired';
  if (codes.includes('A') && isOption) return 'option-assigned';
  if (codes.includes('Ex') && isOption) return 'option-exercised';
  const side = /^SELL/i.test(a['buySell'] ?? '') ? 'sell' : 'buy';
  const opening = told(a['openCloseIndicator']) ?? codes.find((code) => code === 'O' || code === 'C');
  if (!isOption || opening === undefined) return side;
  return `${side}-to-${opening.startsWith('O') ? 'open' : 'close'}`;
}

function trade(element: Element, statement: Attributes, source: string): Transaction {
  const a = element.attributes;
  const size = decimalOf(a['quantity']);
  if (size === undefined)
    throw new PortfolioError('row-unreadable', `${element.name} without a quantity`, { line: element.line });
  const instrument = instrumentOf(a);
  const date = dateOf(element, 'tradeDate', 'dateTime', 'reportDate');
  const settle = flexDay(a['settleDate'] ?? a['settleDateTarget']);
  const side = a['buySell'] ?? '';
  const isCommissionHere = !told(a['commissionCurrency']) || a['commissionCurrency'] === a['currency'];
  const costs = ['commission', 'ibCommission', 'tax', 'taxes'].flatMap((name) => decimalOf(a[name]) ?? []);
  const fees = isCommissionHere && costs.length > 0 ? minus('0', sum(costs)) : undefined;
  return present({
    ...origin(a, statement, source),
    kind: tradeKind(a, instrument?.class === 'option'),
    code: [side, a['code'] ?? a['notes'] ?? ''].join(' ').trim(),
    date,
    settle: settle === date ? undefined : settle,
    instrument,
    // a cancellation, `BUY (Ca.)`, keeps the sign it has
    quantity: side === 'SELL' ? signed(size, -1) : side === 'BUY' ? signed(size, 1) : size,
    price: decimalOf(a['price'] ?? a['tradePrice']),
    fees: fees === undefined || isZero(fees) ? undefined : fees,
    amount: decimalOf(a['netCash']),
    currency: a['currency'] ?? '',
    isReinvestment: false,
    isCashEquivalent: isCashEquivalent(a['symbol'], a['description']),
    id: told(a['tradeID']) ?? told(a['execID']) ?? told(a['ibExecID']) ?? told(a['transactionID']),
  }) as Transaction;
}

function position(element: Element, statement: Attributes, source: string): Position {
  const a = element.attributes;
  const instrument = instrumentOf(a) ?? { class: 'other' };
  return present({
    ...origin(a, statement, source),
    asOf: flexDay(a['reportDate']) ?? flexDay(statement['toDate']),
    instrument,
    quantity: decimalOf(a['position'] ?? a['quantity']),
    price: decimalOf(a['markPrice']),
    value: decimalOf(a['positionValue']),
    costBasis: decimalOf(a['costBasisMoney']),
    averageCost: decimalOf(a['costBasisPrice']),
    currency: a['currency'] ?? '',
    isCashEquivalent: instrument.class === 'cash',
  }) as Position;
}

function balance(element: Element, statement: Attributes, source: string): Balance | undefined {
  const a = element.attributes;
  const ending = decimalOf(a['endingCash']);
  if (ending === undefined || a['currency'] === 'BASE_SUMMARY' || !told(a['currency'])) return undefined;
  return present({
    ...origin(a, statement, source),
    asOf: flexDay(statement['toDate']),
    currency: a['currency']!,
    cash: ending,
    settledCash: decimalOf(a['endingSettledCash']),
    includesCashEquivalents: false,
  }) as Balance;
}

/** Levels that repeat what stands in another one. */
const isRepeat = (a: Attributes): boolean => /SUMMARY|^ORDER$|CLOSED_LOT|WASH_SALE/.test(a['levelOfDetail'] ?? '');

/** The newest statement of each account only: holdings of an earlier day are history. */
function newest<T extends Position | Balance>(records: readonly T[]): readonly T[] {
  const last = new Map<string, string>();
  for (const { account, asOf = '' } of records) if (asOf >= (last.get(account.number) ?? '')) last.set(account.number, asOf);
  return records.filter(({ account, asOf = '' }) => last.get(account.number) === asOf);
}

/** Records with an id, each once: days of a broken-down statement may say one twice. */
function once(transactions: readonly Transaction[]): readonly Transaction[] {
  const seen = new Set<string>();
  return transactions.filter(({ account, kind, id }) => {
    if (id === undefined) return true;
    const key = `${account.number}|${kind}|${id}`;
    return !seen.has(key) && seen.add(key);
  });
}

export function readFlexStatement(root: Element, source = 'flex'): Reading {
  const transactions: Transaction[] = [];
  const positions: Position[] = [];
  const balances: Balance[] = [];
  const unknown: Record<string, number> = {};
  for (const statement of within(root)) {
    if (statement.name !== 'FlexStatement') continue;
    const elements = [...within(statement)];
    const hasSummary = elements.some(
      ({ name, attributes }) => name === 'OpenPosition' && attributes['levelOfDetail'] === 'SUMMARY',
    );
    for (const element of elements) {
      const a = element.attributes;
      if (element.name === 'CashTransaction' && !isRepeat(a)) transactions.push(cash(element, statement.attributes, source));
      else if ((element.name === 'TradeConfirm' || element.name === 'Trade') && !isRepeat(a))
        transactions.push(trade(element, statement.attributes, source));
      else if (element.name === 'OpenPosition' && (!hasSummary || a['levelOfDetail'] === 'SUMMARY'))
        positions.push(position(element, statement.attributes, source));
      else if (element.name === 'CashReportCurrency')
        balances.push(...[balance(element, statement.attributes, source) ?? []].flat());
      else if (
        Object.keys(a).length > 0 &&
        !/^(Order|SymbolSummary|AssetSummary|Lot|WashSale|OpenPosition|CashTransaction|Trade)/.test(element.name)
      )
        unknown[element.name] = (unknown[element.name] ?? 0) + 1;
    }
  }
  const kept = once(transactions);
  for (const { kind, code } of kept) if (kind === 'unknown') unknown[code] = (unknown[code] ?? 0) + 1;
  return {
    ...emptyReading(source, 'ibkr'),
    transactions: kept,
    positions: newest(positions),
    balances: newest(balances),
    unknownCodes: unknown,
    end: 'proven',
  };
}

/** A Flex XML text. @throws {PortfolioError} `flex` with the service's code when it is a refusal. */
export function readFlex(text: string, source = 'flex'): Reading {
  const root = parseXml(text);
  if (root.name === 'FlexQueryResponse') {
    const counted = root.children.find(({ name }) => name === 'FlexStatements');
    const statements = counted?.children.filter(({ name }) => name === 'FlexStatement').length;
    if (counted === undefined || (told(counted.attributes['count']) && Number(counted.attributes['count']) !== statements))
      throw new PortfolioError(
        'file-cut',
        `${counted?.attributes['count'] ?? 'no'} statements are announced, ${statements ?? 0} are there`,
      );
    return readFlexStatement(root, source);
  }
  if (root.name !== 'FlexStatementResponse') throw new PortfolioError('file-unknown', `<${root.name}> is no Flex answer`);
  const field = (name: string): string => root.children.find((child) => child.name === name)?.text.trim() ?? '';
  throw new PortfolioError('flex', field('ErrorMessage') || `no statement but a ${field('Status')} answer`, {
    detail: field('ErrorCode'),
  });
}
