// The broker's Web API as a source: every account of the login, its pages of positions, its ledger. Reads the outer session only.

import { isCashEquivalent } from '../cash-equivalent.js';
import { decimalOf } from '../decimal.js';
import { arrayOf, getJson, type HttpTools, objectOf, textOf } from '../http.js';
import { ibClass } from '../ib-class.js';
import {
  type AccountKey,
  type AccountSummary,
  type Balance,
  emptyReading,
  type Position,
  present,
  type Reading,
} from '../model.js';
import { optionOf } from '../option-symbol.js';
import { PortfolioError } from '../problem.js';
import type { Source } from '../source.js';
import type { Rate } from '../views/concentration.js';

/** Whatever asks the Web API: the parsed body of one GET. `@ibwire/web`'s client is one. */
export interface WebAsk {
  get(path: string): Promise<unknown>;
}

const PAGE_ROWS = 100;
/** No account is that large: an answer that never gets shorter ends here. */
const MOST_PAGES = 1_000;

/** `AAPL   JUN2026 200 C [AAPL  260619C00200000 100]`: the OCC symbol stands in the brackets. */
function termsOf(row: Readonly<Record<string, unknown>>): ReturnType<typeof optionOf> {
  const bracketed = /\[(.+?)(?: \d+)?\]$/.exec(textOf(row['contractDesc']) ?? '')?.[1];
  const told = bracketed === undefined ? undefined : optionOf(bracketed);
  if (told !== undefined) return told;
  const [underlying, expiry, right, strike] = [
    textOf(row['ticker']),
    textOf(row['expiry']),
    textOf(row['putOrCall']),
    row['strike'],
  ];
  const date = /^(\d{4})(\d\d)(\d\d)$/.exec(expiry ?? '');
  const price = decimalOf(strike);
  if (underlying === undefined || date === null || price === undefined || (right !== 'C' && right !== 'P')) return undefined;
  return { underlying, expiry: `${date[1]}-${date[2]}-${date[3]}`, right, strike: price };
}

function positionOf(one: unknown, account: AccountKey, source: string): Position {
  const raw = objectOf(one, 'Web API position');
  const quantity = decimalOf(raw['position']);
  const currency = textOf(raw['currency']);
  if (quantity === undefined || currency === undefined)
    throw new PortfolioError('answer-unreadable', 'Web API position: no position or no currency');
  const kind = textOf(raw['assetClass']) ?? textOf(raw['secType']) ?? '';
  const name = textOf(raw['name']) ?? textOf(raw['contractDesc']) ?? textOf(raw['description']);
  const option = kind === 'OPT' ? termsOf(raw) : undefined;
  const symbol = textOf(raw['ticker']) ?? (/\s/.test(name ?? ' ') ? undefined : name);
  const isCash = isCashEquivalent(symbol, name);
  const averageCost = decimalOf(raw['avgCost']); // the multiplier is in it
  const conId = decimalOf(raw['conid']);
  const multiplier = decimalOf(raw['multiplier']);
  return present({
    account,
    source,
    raw,
    instrument: present({
      class: isCash ? 'cash' : ibClass(kind),
      symbol,
      exchange: textOf(raw['listingExchange']),
      name,
      conId,
      option,
      multiplier: multiplier === '0' ? undefined : multiplier,
    }),
    quantity,
    price: decimalOf(raw['mktPrice']) ?? decimalOf(raw['marketPrice']),
    value: decimalOf(raw['mktValue']) ?? decimalOf(raw['marketValue']),
    averageCost,
    currency,
    isCashEquivalent: isCash,
  }) as Position;
}

/** All rows of all pages. A first answer may be without prices, which a second fills. */
async function positionsOf(web: WebAsk, id: string): Promise<readonly unknown[]> {
  const rows: unknown[] = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const path = `/portfolio/${encodeURIComponent(id)}/positions/${page}`;
    let found = arrayOf(await web.get(path), 'Web API positions');
    const isSparse = found.some((one) => decimalOf(objectOf(one, 'Web API position')['mktPrice']) === undefined);
    if (isSparse) found = arrayOf(await web.get(path), 'Web API positions');
    rows.push(...found);
    if (found.length < PAGE_ROWS) return rows;
  }
  throw new PortfolioError('answer-unreadable', `Web API positions: no end after ${MOST_PAGES} pages`);
}

/** Reads all accounts. `rates` are the broker's own, from each currency to the account's base. */
export async function readWeb(web: WebAsk, source = 'web'): Promise<Reading & { readonly rates: readonly Rate[] }> {
  const accounts: AccountSummary[] = [];
  const balances: Balance[] = [];
  const positions: Position[] = [];
  const rates = new Map<string, Rate>();
  // Asked first: without it every other portfolio path is refused.
  for (const one of arrayOf(await web.get('/portfolio/accounts'), 'Web API accounts')) {
    const raw = objectOf(one, 'Web API account');
    const id = textOf(raw['accountId']) ?? textOf(raw['id']);
    if (id === undefined) throw new PortfolioError('answer-unreadable', 'Web API account: no id');
    const account = { broker: 'ibkr', number: id };
    const ledger = objectOf(await web.get(`/portfolio/${encodeURIComponent(id)}/ledger`), 'Web API ledger');
    const base = textOf(raw['currency']) ?? 'USD';
    const whole = ledger['BASE'] === undefined ? undefined : objectOf(ledger['BASE'], 'Web API ledger');
    const kind = textOf(raw['acctCustType']);
    const netLiquidation = decimalOf(whole?.['netliquidationvalue']);
    accounts.push(present({ account, source, raw, currency: base, kind, netLiquidation }) as AccountSummary);
    for (const [currency, told] of Object.entries(ledger)) {
      if (currency === 'BASE') continue;
      const line = objectOf(told, 'Web API ledger');
      const rate = decimalOf(line['exchangerate']);
      if (rate !== undefined && currency !== base)
        rates.set(`${currency}${base}`, { from: currency, to: base, rate, source: 'the broker' });
      const cash = decimalOf(line['cashbalance']);
      if (cash === undefined) continue;
      const settledCash = decimalOf(line['settledcash']);
      balances.push(
        present({ account, source, raw: line, currency, cash, settledCash, includesCashEquivalents: false }) as Balance,
      );
    }
    for (const row of await positionsOf(web, id)) {
      const position = positionOf(row, account, source);
      if (Number(position.quantity) !== 0) positions.push(position);
    }
  }
  return { ...emptyReading(source, 'ibkr'), accounts, balances, positions, rates: [...rates.values()], end: 'proven' };
}

/** A Web API that needs no signature: the Client Portal Gateway, e.g. `https://localhost:5000/v1/api`. */
export function webSource(options: { base: string; name?: string }): Source {
  const { name = 'web' } = options;
  const base = options.base.replace(/\/$/, '');
  return {
    name,
    read: (tools?: HttpTools) =>
      readWeb(
        {
          get: (path) =>
            getJson(
              { url: `${base}${path}`, headers: {}, secrets: [], what: `Web API ${path.replace(/[DU]+\d{5,}/g, '…')}` },
              tools,
            ),
        },
        name,
      ),
  };
}
