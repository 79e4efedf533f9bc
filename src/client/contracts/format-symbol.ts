// The short line by which people know an instrument: what `symbol` reads, and its like for what `symbol` does not read.

import { visibleText } from '../../protocol/visible-text.js';
import { MARKETS, type Market } from './markets.js';

/** What of a contract makes its name; rows of positions, executions and details have it, and so have contracts of builders. */
export interface NamedContract {
  readonly conId?: number | undefined;
  readonly symbol?: string | undefined;
  readonly secType?: string | undefined;
  readonly lastTradeDateOrContractMonth?: string | undefined;
  readonly strike?: number | string | undefined;
  readonly right?: string | undefined;
  readonly exchange?: string | undefined;
  readonly primaryExchange?: string | undefined;
  readonly currency?: string | undefined;
  readonly localSymbol?: string | undefined;
  readonly comboLegs?:
    | readonly {
        readonly conId?: number | undefined;
        readonly ratio?: number | undefined;
        readonly action?: string | undefined;
      }[]
    | undefined;
}

/**
 * One short line: `AAPL`, `0700.HK`, `BRK.B`, `EUR.USD`, `AAPL 20270115 C 105`, `ES 202612`, `SPX +1 id:11 -2 id:12` for a
 * combination (its legs by direction, ratio and `names`, else by conId), `id:265598` where nothing else is known, and the empty text
 * where that is not known either. A future goes by its contract month where its local symbol or its expiry tells it, else by the day.
 * Never throws; signs that cannot be seen are shown as `visibleText` does.
 *
 * @param names what a leg is called, for example `(conId) => formatSymbol(known.get(conId) ?? { conId })`.
 */
export function formatSymbol(contract: NamedContract, names: (conId: number) => string = byId): string {
  return visibleText(lineOf(contract, names));
}

const byId = (conId: number): string => `id:${conId}`;

function lineOf(contract: NamedContract, names: (conId: number) => string): string {
  const { symbol = '', secType, conId, localSymbol = '', currency = '', lastTradeDateOrContractMonth: told = '' } = contract;
  if (symbol === '') return localSymbol !== '' || conId === undefined ? localSymbol : byId(conId);
  const [expiry = ''] = told.split(/[ -]/);
  switch (secType) {
    case 'CASH':
      return `${symbol}.${currency}`;
    case 'OPT':
    case 'FOP':
    case 'WAR':
    case 'IOPT':
    case 'EC':
      return [symbol, expiry, contract.right?.slice(0, 1), contract.strike].filter(isTold).join(' ');
    case 'FUT':
      return futureOf(symbol, expiry, localSymbol);
    case 'BAG':
      return [symbol, ...legsOf(contract, names)].join(' ');
    case undefined:
    case '':
    case 'STK':
      return shareOf(contract, symbol);
    default:
      return symbol;
  }
}

function isTold(part: string | number | undefined): boolean {
  return part !== undefined && part !== '';
}

function legsOf({ comboLegs = [] }: NamedContract, names: (conId: number) => string): readonly string[] {
  if (comboLegs.length === 0) return ['combo'];
  return comboLegs.map(({ conId = 0, ratio = 1, action }) => `${action === 'SELL' ? '-' : '+'}${ratio} ${names(conId)}`);
}

/** Letters of the twelve months in the local symbols of futures. */
const MONTHS = 'FGHJKMNQUVXZ';

function futureOf(symbol: string, expiry: string, localSymbol: string): string {
  if (expiry === '') return localSymbol === '' ? symbol : localSymbol;
  return `${symbol} ${contractMonth(expiry, localSymbol) ?? expiry}`;
}

/** A contract often ends in the month before the one it is called by, so the day alone does not tell the month. */
function contractMonth(expiry: string, localSymbol: string): string | undefined {
  const [, letter = '', digits = ''] = /([FGHJKMNQUVXZ])(\d{1,2})$/.exec(localSymbol) ?? [];
  const ends = Number(expiry.slice(0, 4));
  const years = [ends - 1, ends, ends + 1].filter((year) => digits !== '' && String(year).endsWith(digits));
  const [year] = years;
  return year === undefined ? undefined : `${year}${String(MONTHS.indexOf(letter) + 1).padStart(2, '0')}`;
}

const byExchange: ReadonlyMap<string, Market> = new Map([...MARKETS.values()].map((market) => [market.primaryExchange, market]));

/** A share as `symbol` reads it; by its bare symbol where its market is not told. */
function shareOf({ primaryExchange = '', exchange = '', currency }: NamedContract, symbol: string): string {
  const market = byExchange.get(primaryExchange === '' ? exchange : primaryExchange);
  if (market === undefined || market.suffix === 'US') return symbol.replace(/ ([A-Z])$/, '.$1');
  if (currency !== undefined && currency !== '' && currency !== market.currency) return symbol;
  const code = market.numeric === 'stripped' ? symbol.padStart(4, '0') : symbol;
  const written = market.dotted ? code.replace(/\.$/, '') : code;
  return `${written.replace(/\.([A-Z])$/, '-$1')}.${market.suffix}`;
}
