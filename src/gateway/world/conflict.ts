/** Where a contract says other than the instrument its conId names: gateways answer such requests with 478. */
import type { ContractQuery } from './find.js';
import type { Instrument } from './instrument.js';

/** What was asked and what is so, in the words of 478. */
export interface Conflict {
  readonly asked: string;
  readonly found: string;
}

type Row = readonly [name: string, asked: string | number | undefined, found: string | number | undefined];

/** The first field that contradicts the conId; undefined when none does, or no conId was given. */
export function conflictOf(query: ContractQuery, instrument: Instrument): Conflict | undefined {
  if (!query.conId) return undefined;
  const rows: readonly Row[] = [
    ['symbol', isAlias(query.symbol, instrument) ? instrument.symbol : query.symbol, instrument.symbol],
    ['currency', query.currency, instrument.currency],
    ['security type', query.secType === 'CONTFUT' ? 'FUT' : query.secType, instrument.secType],
    ['expiry', expiryAsked(query.lastTradeDateOrContractMonth, instrument), instrument.lastTradeDate],
    ['strike', query.strike, instrument.strike],
    ['right', rightAsked(query.right), instrument.right],
    ['multiplier', Number(query.multiplier) || undefined, Number(instrument.multiplierText) || undefined],
    ['local symbol', query.localSymbol, instrument.localSymbol],
    ['trading class', query.tradingClass, instrument.tradingClass],
  ];
  for (const [name, asked, found] of rows) {
    if (!asked || !found || asked === found) continue;
    return { asked: `${name} ${asked}`, found: `${found}` };
  }
  return undefined;
}

/** The local symbol stands for the symbol, and for a bond its CUSIP. */
function isAlias(symbol: string | undefined, { localSymbol, bond }: Instrument): boolean {
  return symbol !== undefined && (symbol === localSymbol || symbol === bond?.cusip);
}

/** A month stands for the day in it; a day with an hour and a zone behind it is another text than the day. */
function expiryAsked(text: string | undefined, { lastTradeDate, contractMonth }: Instrument): string | undefined {
  if (text === undefined || text.length !== 6) return text;
  return lastTradeDate?.startsWith(text) || contractMonth === text ? lastTradeDate : text;
}

function rightAsked(right: string | undefined): string | undefined {
  return right === '0' || right === '?' ? undefined : right?.charAt(0).toUpperCase();
}
