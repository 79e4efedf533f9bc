/** Looking instruments up as the gateway does: by id, by identifier, or by whatever part of a contract was given. */
import { civilOf, textOfDay } from './civil.js';
import type { Instrument, SecId } from './instrument.js';
import { expiriesOf, type OptionChain, optionOf, strikesOf } from './option-chains.js';
import type { Universe } from './universe.js';

/** The fields of a contract that take part in the search. Unset, empty and 0 all mean "any". */
export interface ContractQuery {
  readonly conId?: number | undefined;
  readonly symbol?: string | undefined;
  readonly secType?: string | undefined;
  readonly lastTradeDateOrContractMonth?: string | undefined;
  readonly strike?: number | undefined;
  readonly right?: string | undefined;
  readonly multiplier?: string | number | undefined;
  readonly exchange?: string | undefined;
  readonly primaryExchange?: string | undefined;
  readonly currency?: string | undefined;
  readonly localSymbol?: string | undefined;
  readonly tradingClass?: string | undefined;
  readonly secIdType?: string | undefined;
  readonly secId?: string | undefined;
  readonly includeExpired?: boolean | undefined;
}

/** What a contract in an order or a data request means: exactly one instrument, none (200), or several (200, ambiguous). */
export type Resolution =
  | { readonly at: 'one'; readonly instrument: Instrument }
  | { readonly at: 'none' }
  | { readonly at: 'many'; readonly candidates: readonly Instrument[] };

const FORMER_NAMES: Readonly<Record<string, string>> = { ISLAND: 'NASDAQ', GLOBEX: 'CME', ECBOT: 'CBOT', 'NASDAQ.NMS': 'NASDAQ' };
/** The broker's own venue: no list of exchanges names it, the list of order types does. */
const OWN_PLACE = 'IBKRATS';
const isGiven = (text: string | undefined): text is string => text !== undefined && text !== '';

/** All instruments that fit, in the order of the tables; options and futures by expiry, strike, call before put. */
export function find(universe: Universe, query: ContractQuery, now: number): Instrument[] {
  if (query.conId !== undefined && query.conId > 0) {
    const instrument = universe.instrument(query.conId);
    return instrument !== undefined && fitsExchange(instrument, query) && fitsIdentity(instrument, query) ? [instrument] : [];
  }
  const { secType } = query;
  const isWanted = fits(query);
  const isListed = (each: Instrument): boolean =>
    query.includeExpired === true || each.lastTradeAt === undefined || each.lastTradeAt > now;
  switch (secType) {
    case 'FUT':
      return universe.futures(now, query.includeExpired).filter(isWanted);
    case 'CONTFUT': {
      const front = universe.futures(now).find(fits({ ...query, secType: 'FUT', lastTradeDateOrContractMonth: undefined }));
      return front === undefined ? [] : [front];
    }
    case 'OPT':
    case 'FOP':
      return findOptions(universe, query, now).filter(isWanted);
    default: {
      const found = universe.statics.filter((each) => isWanted(each) && isListed(each));
      if (found.length > 0 || isGiven(secType) || !isGiven(query.localSymbol)) return found;
      return [...universe.futures(now).filter(isWanted), ...findOptions(universe, query, now).filter(isWanted)];
    }
  }
}

/** The one instrument a contract names. */
export function resolve(universe: Universe, query: ContractQuery, now: number): Resolution {
  const found = find(universe, query, now);
  const first = found[0];
  if (first === undefined) return { at: 'none' };
  return found.length === 1 ? { at: 'one', instrument: first } : { at: 'many', candidates: found };
}

function fitsExchange(instrument: Instrument, { exchange }: ContractQuery): boolean {
  if (!isGiven(exchange)) return true;
  const name = FORMER_NAMES[exchange] ?? exchange;
  return (
    instrument.exchange === name ||
    instrument.primaryExchange === name ||
    `,${instrument.validExchanges},`.includes(`,${name},`) ||
    (name === OWN_PLACE && `,${instrument.orderTypes},`.includes(`,${name},`))
  );
}

function fitsIdentity(instrument: Instrument, query: ContractQuery): boolean {
  return (
    (!isGiven(query.symbol) || query.symbol === instrument.symbol || query.symbol === instrument.localSymbol) &&
    (!isGiven(query.secType) ||
      query.secType === instrument.secType ||
      (query.secType === 'CONTFUT' && instrument.secType === 'FUT')) &&
    (!isGiven(query.currency) || query.currency === instrument.currency)
  );
}

function fitsRight(instrument: Instrument, right: string | undefined): boolean {
  if (!isGiven(right) || right === '0' || right === '?') return true;
  return instrument.right === right.charAt(0).toUpperCase();
}

/** Kinds of identifier that are looked up, in capitals; any other is ignored and the symbol is used. */
const ID_TYPES: ReadonlySet<string> = new Set(['CUSIP', 'SEDOL', 'ISIN', 'RIC', 'FIGI', 'BB_SYMBOL']);

function fits(query: ContractQuery): (instrument: Instrument) => boolean {
  const { lastTradeDateOrContractMonth: date, primaryExchange, strike, multiplier, localSymbol, tradingClass } = query;
  const secId = ID_TYPES.has(query.secIdType ?? '') ? query.secId : undefined;
  const primary = primaryExchange === undefined ? undefined : (FORMER_NAMES[primaryExchange] ?? primaryExchange);
  const day = date?.split(/[ -]/)[0];
  return (each) => {
    if (!fitsExchange(each, query) || !fitsRight(each, query.right)) return false;
    if (isGiven(secId) && !each.secIdList.some((held) => isSameId(held, query.secIdType, secId))) return false;
    if (isGiven(query.symbol) ? !fitsSymbol(each, query.symbol) : !isGiven(localSymbol) && !isGiven(secId)) return false;
    return (
      (!isGiven(query.secType) || query.secType === each.secType) &&
      (!isGiven(query.currency) || query.currency === each.currency) &&
      (!isGiven(localSymbol) || localSymbol === each.localSymbol) &&
      (!isGiven(tradingClass) || tradingClass === each.tradingClass) &&
      (!isGiven(primary) || each.primaryExchange === undefined || primary === each.primaryExchange) &&
      (!isGiven(day) || (each.lastTradeDate?.startsWith(day) ?? false) || (day.length === 6 && each.contractMonth === day)) &&
      (strike === undefined || strike === 0 || each.strike === strike) &&
      (multiplier === undefined || multiplier === '' || Number(multiplier) === 0 || Number(multiplier) === each.multiplier)
    );
  };
}

/** Bonds are also asked for by their CUSIP or local symbol in the place of the symbol. */
function fitsSymbol(each: Instrument, symbol: string): boolean {
  return each.symbol === symbol || (each.secType === 'BOND' && (each.bond?.cusip === symbol || each.localSymbol === symbol));
}

/** A US ISIN holds the CUSIP between its country and its check digit. */
function isSameId({ tag, value }: SecId, secIdType: string | undefined, secId: string): boolean {
  if (secIdType === 'CUSIP' && tag === 'ISIN' && value.startsWith('US')) return value.slice(2, 11) === secId;
  return tag === secIdType && value === secId;
}

function findOptions(universe: Universe, query: ContractQuery, now: number): Instrument[] {
  const { symbol, tradingClass, localSymbol, secType } = query;
  const chains = universe.chains.filter(
    (chain) =>
      (!isGiven(secType) || chain.secType === secType) &&
      (!isGiven(symbol) || chain.symbol === symbol) &&
      (!isGiven(tradingClass) || chain.tradingClass === tradingClass) &&
      (isGiven(symbol) || (isGiven(localSymbol) && localSymbol.startsWith(chain.tradingClass))),
  );
  return chains.flatMap((chain) => optionsOf(chain, query, now));
}

function optionsOf(chain: OptionChain, query: ContractQuery, now: number): Instrument[] {
  const { strike, localSymbol } = query;
  let date = query.lastTradeDateOrContractMonth?.split(/[ -]/)[0] ?? '';
  const parts = isGiven(localSymbol) ? /^.{6}(\d{6})[CP](\d{8})$/.exec(localSymbol) : null;
  if (parts?.[1] !== undefined) date = `20${parts[1]}`;
  const wanted = parts?.[2] === undefined ? strike : Number(parts[2]) / 1000;
  const days = expiriesOf(chain, now).filter((day) => textOfDay(day).startsWith(date) || monthOf(day) === date);
  return days.flatMap((day) => {
    const strikes = wanted !== undefined && wanted > 0 ? [wanted] : strikesOf(chain, day, now);
    return strikes.flatMap((each) => [false, true].flatMap((isPut) => optionOf(chain, day, each, isPut) ?? []));
  });
}

function monthOf(day: number): string {
  const { year, month } = civilOf(day);
  return String(year * 100 + month);
}
