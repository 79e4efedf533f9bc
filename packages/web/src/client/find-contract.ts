// Which instruments fit what a person writes: each security type is looked up where the Web API keeps it.

import type { ContractsFacade, QualifiedContract } from 'ibwire';
import { decimalText } from '../endpoints/decode.js';
import type { Ask, WebCall } from './ask.js';
import { contractOf, told } from './contract.js';

/** A contract as requests name it. */
export type ContractInput = Parameters<ContractsFacade['qualify']>[0];
type Row = Readonly<Record<string, unknown>>;

const MOST_CONIDS = 200;
const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);
/** Rows of a list; a lone one where there is but one. */
const rowsOf = (value: unknown): readonly Row[] => (Array.isArray(value) ? value.filter(isRow) : isRow(value) ? [value] : []);

/** What is known of these, in the order in which they are asked for; those that the broker does not know are left out. */
export async function byConIds(ask: Ask, conIds: readonly number[], call?: WebCall): Promise<readonly Row[]> {
  const found = new Map<number, Row>();
  for (let at = 0; at < conIds.length; at += MOST_CONIDS) {
    const conids = conIds.slice(at, at + MOST_CONIDS).join(',');
    const answer = (await ask.read('GET /trsrv/secdef', { query: { conids } }, call)) as
      | { readonly secdef?: unknown }
      | undefined;
    for (const row of rowsOf(answer?.secdef)) found.set(Number(row['conid']), row);
  }
  return conIds.map((conId) => found.get(conId)).filter((row) => row !== undefined);
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'] as const;
/** `20260918` or `202609` as the Web API writes months, `SEP26`; undefined for anything else. */
export function monthOf(date: string): string | undefined {
  const parts = /^(\d{4})(\d{2})(?:\d{2})?$/.exec(date);
  const month = MONTHS[Number(parts?.[2]) - 1];
  return parts === null || month === undefined ? undefined : `${month}${parts[1]?.slice(2)}`;
}

type Search = (symbol: string, secType?: 'STK' | 'IND' | 'BOND') => Promise<readonly Row[]>;
const sections = (row: Row): readonly Row[] => rowsOf(row['sections']);
const has = (row: Row, secType: string): boolean => sections(row).some((section) => section['secType'] === secType);

/** `more`: conids of rows, and of their sections of this type, which may have their own. */
function conIdsOf(rows: readonly Row[], secType: string): readonly number[] {
  const ids = rows.flatMap((row) =>
    sections(row)
      .filter((section) => section['secType'] === secType)
      .map((section) => Number(section['conid'] ?? row['conid'])),
  );
  return [...new Set(ids.filter((id) => Number.isSafeInteger(id) && id > 0))];
}

export interface Finder {
  /** Every instrument that fits; empty when none does. */
  candidates(asked: ContractInput, call?: WebCall): Promise<readonly QualifiedContract[]>;
  search(pattern: string, call?: WebCall): Promise<readonly Row[]>;
}

export function createFinder(ask: Ask): Finder {
  const search = async (symbol: string, secType?: 'STK' | 'IND' | 'BOND', call?: WebCall): Promise<readonly Row[]> =>
    rowsOf(await ask.read('GET /iserver/secdef/search', { query: { symbol, secType } }, call).catch(noneSuch));

  const stocks = async (symbol: string, call?: WebCall): Promise<readonly number[]> => {
    const answer = (await ask.read('GET /trsrv/stocks', { query: { symbols: symbol } }, call)) as Readonly<
      Record<string, unknown>
    >;
    return rowsOf(answer[symbol]).flatMap((one) => rowsOf(one['contracts']).map((row) => Number(row['conid'])));
  };
  const futures = async (symbol: string, call?: WebCall): Promise<readonly number[]> => {
    const answer = (await ask.read('GET /trsrv/futures', { query: { symbols: symbol } }, call)) as Readonly<
      Record<string, unknown>
    >;
    return rowsOf(answer[symbol]).map((row) => Number(row['conid']));
  };
  const currencies = async (symbol: string, currency: string, call?: WebCall): Promise<readonly number[]> => {
    const answer = (await ask.read('GET /iserver/currency/pairs', { query: { currency } }, call)) as Readonly<
      Record<string, unknown>
    >;
    const pairs = Object.values(answer).flatMap(rowsOf);
    return pairs.filter((pair) => pair['symbol'] === `${symbol}.${currency}`).map((pair) => Number(pair['conid']));
  };
  /** One call for each side: an option is named by month, strike and right. */
  const options = async (asked: ContractInput, secType: string, find: Search, call?: WebCall): Promise<readonly number[]> => {
    const month = monthOf(asked.lastTradeDateOrContractMonth ?? '');
    const strike = decimalText(asked.strike);
    if (month === undefined || strike === undefined || asked.symbol === undefined) return [];
    // The search is what lets the next two answer.
    const underlyings = (await find(asked.symbol)).filter((row) => row['symbol'] === asked.symbol && has(row, secType));
    const found: number[] = [];
    for (const underlying of underlyings) {
      const conid = told(underlying['conid']) ?? '';
      const query = {
        conid,
        sectype: secType,
        month,
        ...(asked.exchange !== undefined && asked.exchange !== '' && { exchange: asked.exchange }),
      };
      const listed = (await ask.read('GET /iserver/secdef/strikes', { query }, call)) as
        | Readonly<Record<string, unknown>>
        | undefined;
      for (const right of asked.right === undefined || asked.right === '' ? ['C', 'P'] : [asked.right[0] ?? 'C']) {
        const strikes = listed?.[right === 'C' ? 'call' : 'put'];
        if (!Array.isArray(strikes) || !strikes.some((one) => decimalText(one) === strike)) continue;
        const rows = rowsOf(
          await ask.read('GET /iserver/secdef/info', { query: { ...query, strike, right } }, call).catch(noneSuch),
        );
        found.push(...rows.map((row) => Number(row['conid'])));
      }
    }
    return found;
  };

  const conIds = async (asked: ContractInput, call?: WebCall): Promise<readonly number[]> => {
    const { conId, symbol = asked.localSymbol, secType = 'STK' } = asked;
    if (conId !== undefined && conId !== 0) return [conId];
    if (symbol === undefined || symbol === '') return [];
    switch (secType) {
      case 'STK':
        return stocks(symbol, call);
      case 'FUT':
        return futures(symbol, call);
      case 'CASH':
        return currencies(symbol, asked.currency ?? 'USD', call);
      case 'OPT':
      case 'FOP':
      case 'WAR':
        return options({ ...asked, symbol }, secType, (of) => search(of, undefined, call), call);
      case 'IND':
        return conIdsOf(await search(symbol, 'IND', call), 'IND');
      default:
        return conIdsOf(await search(symbol, undefined, call), secType);
    }
  };

  return {
    search: (pattern, call) => search(pattern, undefined, call),
    async candidates(asked, call) {
      const rows = await byConIds(ask, [...new Set(await conIds(asked, call))], call);
      const all = rows.flatMap((row) => contractOf(row) ?? []);
      return all.filter((one) => fits(one, asked));
    },
  };
}

/** An error of a lookup that means that there is none. */
function noneSuch(error: unknown): readonly Row[] {
  if (error instanceof Error && 'why' in error && error.why === 'rejected') return [];
  throw error;
}

/** Exchanges that are no listing: any listing fits them. */
const ROUTES: ReadonlySet<string> = new Set(['', 'SMART', 'IDEALPRO']);

/** What was said and is told otherwise does not fit; what was not told does not stand against it. */
function fits(one: QualifiedContract, asked: ContractInput): boolean {
  const same = (said: string | undefined, is: string | undefined): boolean =>
    said === undefined || said === '' || is === undefined || said === is;
  const date = asked.lastTradeDateOrContractMonth ?? '';
  return (
    same(asked.secType, one.secType) &&
    same(asked.currency, one.currency) &&
    same(asked.symbol, one.symbol) &&
    same(asked.primaryExchange, one.primaryExchange) &&
    (ROUTES.has(asked.exchange ?? '') || one.secType === 'OPT' || same(asked.exchange, one.primaryExchange)) &&
    (one.lastTradeDateOrContractMonth ?? date).startsWith(date) &&
    (asked.strike === undefined || one.strike === undefined || Number(asked.strike) === Number(one.strike)) &&
    same(asked.right?.[0], one.right) &&
    same(decimalText(asked.multiplier), decimalText(one.multiplier))
  );
}
