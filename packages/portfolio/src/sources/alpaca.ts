// Alpaca: one account's cash and positions. Decimals come as text, a quantity sometimes as a number.

import { isCashEquivalent } from '../cash-equivalent.js';
import { unknownCodes } from '../csv/form.js';
import { decimalOf, signed } from '../decimal.js';
import { arrayOf, getJson, type HttpTools, objectOf, textOf } from '../http.js';
import { type AssetClass, emptyReading, type Position, present, type Reading, type Transaction } from '../model.js';
import { optionOf } from '../option-symbol.js';
import { PortfolioError } from '../problem.js';
import { readAlpacaActivity } from './alpaca-activities.js';

export interface AlpacaOptions {
  readonly keyId: string;
  readonly secretKey: string;
  /** Default the live service; `https://paper-api.alpaca.markets` for paper. */
  readonly base?: string;
  readonly source?: string;
  /** YYYY-MM-DD: account activities from this day on are read too, as transactions. */
  readonly since?: string;
}

const PAGE_ROWS = 100;
const MOST_PAGES = 1_000;

const CLASSES: Readonly<Record<string, AssetClass>> = { us_equity: 'stock', us_option: 'option', crypto: 'crypto' };

/** `/v2/positions` and, when it was asked, `/v2/account`. */
export function readAlpaca(positions: unknown, account: unknown, source = 'alpaca'): Reading {
  const owner = account === undefined ? undefined : objectOf(account, 'Alpaca account');
  const key = { broker: 'alpaca', number: textOf(owner?.['account_number']) ?? 'unnamed' };
  const currency = textOf(owner?.['currency']) ?? 'USD';
  const cash = decimalOf(owner?.['cash']);
  if (owner !== undefined && cash === undefined) throw new PortfolioError('answer-unreadable', 'Alpaca account: no cash');
  return {
    ...emptyReading(source, 'alpaca'),
    accounts:
      owner === undefined
        ? []
        : [present({ account: key, source, raw: owner, currency, netLiquidation: decimalOf(owner['equity']) }) as never],
    balances:
      cash === undefined || owner === undefined
        ? []
        : [{ account: key, source, raw: owner, currency, cash, includesCashEquivalents: false }],
    positions: arrayOf(positions, 'Alpaca positions').map((one) => {
      const raw = objectOf(one, 'Alpaca position');
      const symbol = textOf(raw['symbol']);
      const quantity = decimalOf(raw['qty']);
      if (symbol === undefined || quantity === undefined)
        throw new PortfolioError('answer-unreadable', 'Alpaca position: no symbol or no qty');
      const option = raw['asset_class'] === 'us_option' ? optionOf(symbol) : undefined;
      const isCash = isCashEquivalent(symbol, undefined);
      return present({
        account: key,
        source,
        raw,
        instrument: present({
          class: isCash ? 'cash' : (CLASSES[`${raw['asset_class']}`] ?? 'other'),
          symbol,
          exchange: textOf(raw['exchange']),
          option,
        }),
        quantity: raw['side'] === 'short' ? signed(quantity, -1) : quantity,
        price: decimalOf(raw['current_price']),
        value: decimalOf(raw['market_value']),
        costBasis: decimalOf(raw['cost_basis']),
        averageCost: decimalOf(raw['avg_entry_price']),
        currency,
        isCashEquivalent: isCash,
      }) as Position;
    }),
    end: 'proven',
  };
}

export async function fetchAlpaca(options: AlpacaOptions, tools?: HttpTools): Promise<Reading> {
  const { keyId, secretKey, base = 'https://api.alpaca.markets' } = options;
  const ask = (path: string): Promise<unknown> =>
    getJson(
      {
        url: `${base}${path}`,
        headers: { 'APCA-API-KEY-ID': keyId, 'APCA-API-SECRET-KEY': secretKey },
        secrets: [keyId, secretKey],
        what: `Alpaca ${path}`,
      },
      tools,
    );
  const account = await ask('/v2/account');
  const reading = readAlpaca(await ask('/v2/positions'), account, options.source);
  const [owner] = reading.accounts;
  if (options.since === undefined || owner === undefined) return reading;
  const transactions: Transaction[] = [];
  let token = '';
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = `after=${options.since}&direction=asc&page_size=${PAGE_ROWS}${token === '' ? '' : `&page_token=${encodeURIComponent(token)}`}`;
    const rows = arrayOf(await ask(`/v2/account/activities?${query}`), 'Alpaca activities');
    for (const row of rows) transactions.push(readAlpacaActivity(row, owner.account, owner.currency, reading.source));
    token = transactions.at(-1)?.id ?? '';
    if (rows.length < PAGE_ROWS) return { ...reading, transactions, unknownCodes: unknownCodes(transactions) };
    if (token === '') break;
  }
  throw new PortfolioError('answer-unreadable', 'Alpaca activities: their pages do not end');
}
