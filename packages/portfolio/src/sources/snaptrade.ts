// SnapTrade: other brokers through one aggregator, read only. Its cash contains the money market funds among its positions.

import { isCashEquivalent } from '../cash-equivalent.js';
import { unknownCodes } from '../csv/form.js';
import { decimalOf, times } from '../decimal.js';
import { arrayOf, getJson, type HttpTools, objectOf, textOf } from '../http.js';
import {
  type AccountKey,
  type AssetClass,
  type Balance,
  emptyReading,
  type Position,
  present,
  type Reading,
  type Transaction,
} from '../model.js';
import { optionOf } from '../option-symbol.js';
import { PortfolioError } from '../problem.js';
import { readSnapTradeActivity } from './snaptrade-activities.js';
import { signature } from './snaptrade-signature.js';

export interface SnapTradeOptions {
  readonly clientId: string;
  readonly consumerKey: string;
  /** Both missing in the personal mode. */
  readonly userId?: string;
  readonly userSecret?: string;
  readonly base?: string;
  readonly source?: string;
  readonly now?: () => number;
  /** YYYY-MM-DD: activities from this day on are read too, as transactions. */
  readonly since?: string;
}

const PAGE_ROWS = 1_000;
const MOST_PAGES = 1_000;

const CLASSES: Readonly<Record<string, AssetClass>> = {
  stock: 'stock',
  etf: 'stock',
  adr: 'stock',
  option: 'option',
  crypto: 'crypto',
  mutualfund: 'fund',
  mutual_fund: 'fund',
  bond: 'bond',
  future: 'future',
};

function codeOf(value: unknown): string | undefined {
  return (
    textOf(value) ??
    (typeof value === 'object' && value !== null ? textOf((value as Record<string, unknown>)['code']) : undefined)
  );
}

export function readSnapTradePositions(answer: unknown, account: AccountKey, source = 'snaptrade'): readonly Position[] {
  const body = objectOf(answer, 'SnapTrade positions');
  const freshness = body['data_freshness'];
  const asOf =
    typeof freshness === 'object' && freshness !== null ? textOf((freshness as Record<string, unknown>)['as_of']) : undefined;
  return arrayOf(body['results'], 'SnapTrade positions').map((one) => {
    const raw = objectOf(one, 'SnapTrade position');
    const named = objectOf(raw['instrument'], 'SnapTrade instrument');
    const symbol = textOf(named['symbol']) ?? textOf(named['raw_symbol']) ?? textOf(named['ticker']);
    const units = decimalOf(raw['units']);
    const currency = codeOf(raw['currency']) ?? codeOf(named['currency']);
    if (units === undefined || currency === undefined)
      throw new PortfolioError('answer-unreadable', 'SnapTrade position: no units or no currency');
    const option = named['kind'] === 'option' && symbol !== undefined ? optionOf(symbol) : undefined;
    const isCash = raw['cash_equivalent'] === true || isCashEquivalent(symbol, textOf(named['description']));
    const averageCost = decimalOf(raw['cost_basis']);
    const multiplier = option === undefined ? undefined : (decimalOf(named['multiplier']) ?? '100');
    return present({
      account,
      source,
      asOf,
      raw,
      instrument: present({
        class: isCash ? 'cash' : (CLASSES[`${named['kind']}`.toLowerCase()] ?? 'other'),
        symbol,
        exchange: codeOf(named['exchange']),
        name: textOf(named['description']),
        figi: textOf(named['figi_code']) ?? textOf(named['figi']),
        isin: textOf(named['isin']),
        cusip: textOf(named['cusip']),
        option,
        multiplier,
      }),
      quantity: units,
      price: decimalOf(raw['price']),
      averageCost,
      costBasis: averageCost === undefined ? undefined : times(averageCost, units, multiplier ?? '1'),
      currency,
      isCashEquivalent: isCash,
    }) as Position;
  });
}

export function readSnapTradeBalances(answer: unknown, account: AccountKey, source = 'snaptrade'): readonly Balance[] {
  return arrayOf(answer, 'SnapTrade balances').flatMap((one) => {
    const raw = objectOf(one, 'SnapTrade balance');
    const [currency, cash] = [codeOf(raw['currency']), decimalOf(raw['cash'])];
    if (currency === undefined) throw new PortfolioError('answer-unreadable', 'SnapTrade balance: no currency');
    // null: not told, which is no balance of 0
    return cash === undefined ? [] : [{ account, source, raw, currency, cash, includesCashEquivalents: true }];
  });
}

/** All accounts of the user with balances and positions; each carries the age SnapTrade states. */
export async function fetchSnapTrade(options: SnapTradeOptions, tools?: HttpTools): Promise<Reading> {
  const {
    clientId,
    consumerKey,
    userId,
    userSecret,
    base = 'https://api.snaptrade.com',
    source = 'snaptrade',
    now = Date.now,
  } = options;
  const prefix = new URL(base).pathname.replace(/\/$/, '');
  const secrets = [consumerKey, ...(userSecret === undefined ? [] : [userSecret])];
  const ask = (path: string, more: Readonly<Record<string, string>> = {}): Promise<unknown> =>
    getJson(() => {
      // signed anew for each try: the timestamp is part of it
      const parameters = {
        clientId,
        timestamp: `${Math.floor(now() / 1000)}`,
        ...(userId && { userId }),
        ...(userSecret && { userSecret }),
        ...more,
      };
      const query = new URLSearchParams(parameters).toString();
      const signed = signature({ path: `${prefix}${path}`, query }, consumerKey);
      return {
        url: `${base.replace(/\/$/, '')}${path}?${query}`,
        headers: { Signature: signed },
        secrets: [...secrets, signed],
        what: `SnapTrade ${path.replace(/[0-9a-f-]{16,}/gi, '…')}`,
      };
    }, tools);
  const activities = async (id: string, key: AccountKey, startDate: string): Promise<readonly Transaction[]> => {
    const found: Transaction[] = [];
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const more = { startDate, offset: `${page * PAGE_ROWS}`, limit: `${PAGE_ROWS}` };
      const body = objectOf(await ask(`/accounts/${encodeURIComponent(id)}/activities`, more), 'SnapTrade activities');
      const rows = arrayOf(body['data'], 'SnapTrade activities');
      for (const row of rows) found.push(readSnapTradeActivity(row, key, source));
      if (rows.length < PAGE_ROWS) return found;
    }
    throw new PortfolioError('answer-unreadable', 'SnapTrade activities: their pages do not end');
  };
  const reading = {
    ...emptyReading(source, 'snaptrade'),
    accounts: [] as unknown[],
    positions: [] as Position[],
    balances: [] as Balance[],
    transactions: [] as Transaction[],
  };
  for (const one of arrayOf(await ask('/accounts'), 'SnapTrade accounts')) {
    const raw = objectOf(one, 'SnapTrade account');
    const id = textOf(raw['id']);
    if (id === undefined) throw new PortfolioError('answer-unreadable', 'SnapTrade account: no id');
    const key = { broker: (textOf(raw['institution_name']) ?? 'snaptrade').toLowerCase(), number: textOf(raw['number']) ?? id };
    reading.accounts.push(
      present({ account: key, source, raw, currency: codeOf(raw['currency']) ?? 'USD', kind: textOf(raw['raw_type']) }),
    );
    reading.balances.push(...readSnapTradeBalances(await ask(`/accounts/${encodeURIComponent(id)}/balances`), key, source));
    reading.positions.push(
      ...readSnapTradePositions(await ask(`/accounts/${encodeURIComponent(id)}/positions/all`), key, source),
    );
    if (options.since !== undefined) reading.transactions.push(...(await activities(id, key, options.since)));
  }
  const accounts = reading.accounts as Reading['accounts'];
  return { ...reading, accounts, unknownCodes: unknownCodes(reading.transactions), end: 'proven' };
}
