// `web.options`: chains by months, strikes and what each of them names.

import {
  type ChainParameters,
  type ChainQuestion,
  InputError,
  type OptionChain,
  type OptionsFacade,
  type QualifiedContract,
  type Timer,
} from 'ibwire';
import { decimalText } from '../endpoints/decode.js';
import type { Ask, WebCall } from './ask.js';
import { contractOf, told } from './contract.js';
import { byConIds, monthOf } from './find-contract.js';
import { refusing, UnsupportedError } from './unsupported.js';

type Row = Readonly<Record<string, unknown>>;
const rowsOf = (value: unknown): readonly Row[] =>
  Array.isArray(value) ? (value as readonly Row[]) : typeof value === 'object' && value !== null ? [value as Row] : [];

export interface OptionParts {
  readonly ask: Ask;
  readonly timer: Timer;
  ready(call?: WebCall): Promise<void>;
}

interface Month {
  readonly month: string;
  readonly calls: readonly number[];
  readonly puts: readonly number[];
  readonly expirations: readonly string[];
}

const DAY = 86_400_000;
const daysTo = (expiry: string, now: number): number =>
  Date.UTC(Number(expiry.slice(0, 4)), Number(expiry.slice(4, 6)) - 1, Number(expiry.slice(6, 8))) / DAY - Math.floor(now / DAY);

/** The expiries that are meant, in order. */
function wantedExpiries(all: readonly string[], { expiries }: ChainQuestion, now: number): readonly string[] {
  if (Array.isArray(expiries)) return all.filter((expiry) => (expiries as readonly string[]).includes(expiry));
  const {
    minDays = 0,
    maxDays = Number.POSITIVE_INFINITY,
    nearest,
  } = (expiries ?? {}) as Exclude<typeof expiries, readonly string[] | undefined>;
  const found = all.filter((expiry) => daysTo(expiry, now) >= Math.max(0, minDays) && daysTo(expiry, now) <= maxDays);
  return nearest === undefined ? found : found.slice(0, nearest);
}

export function createOptions({ ask, timer, ready }: OptionParts): OptionsFacade {
  const numbers = (value: unknown): readonly number[] =>
    (Array.isArray(value) ? value : []).flatMap((one) => (decimalText(one) === undefined ? [] : [Number(one)]));
  const info = async (conId: number, month: string, strike: number, right: 'C' | 'P', call: WebCall): Promise<readonly Row[]> => {
    const query = { conid: conId, sectype: 'OPT', month, strike, right };
    return rowsOf(await ask.read('GET /iserver/secdef/info', { query: query as never }, call).catch(noneSuch));
  };
  /** Months of a chain with their strikes; which days they have is what one of their options says. */
  const months = async (
    { conId, symbol }: QualifiedContract,
    only: (month: string) => boolean,
    call: WebCall,
  ): Promise<readonly Month[]> => {
    await ready(call);
    const found = rowsOf(await ask.read('GET /iserver/secdef/search', { query: { symbol: symbol ?? '' } }, call));
    const row = found.find((one) => told(one['conid']) === String(conId));
    const section = rowsOf(row?.['sections']).find((one) => one['secType'] === 'OPT');
    if (section === undefined) throw new InputError('underlying', 'has no chain of options');
    const names = (told(section['months']) ?? '').split(';').filter((month) => month !== '' && only(month));
    return Promise.all(
      names.map(async (month) => {
        const query = { conid: conId, sectype: 'OPT', month };
        const listed = (await ask.read('GET /iserver/secdef/strikes', { query: query as never }, call)) as Row | undefined;
        const [calls, puts] = [numbers(listed?.['call']), numbers(listed?.['put'])];
        const middle = calls[Math.floor(calls.length / 2)];
        const rows = middle === undefined ? [] : await info(conId, month, middle, 'C', call);
        return { month, calls, puts, expirations: rows.flatMap((one) => told(one['maturityDate']) ?? []) };
      }),
    );
  };
  const parametersOf = (underlying: QualifiedContract, found: readonly Month[]): ChainParameters => ({
    exchange: 'SMART',
    underlyingConId: underlying.conId,
    tradingClass: underlying.symbol ?? '',
    multiplier: '',
    expirations: [...new Set(found.flatMap(({ expirations }) => expirations))].sort(),
    strikes: [...new Set(found.flatMap(({ calls, puts }) => [...calls, ...puts]))].sort((a, b) => a - b),
  });

  const chain = async (underlying: QualifiedContract, question: ChainQuestion = {}): Promise<OptionChain> => {
    const { moneyness, spot, rights = ['C', 'P'], delta, expiries } = question;
    if (delta !== undefined) throw new UnsupportedError('options.chain by delta', 'quotes of the options have modelGreeks');
    if (moneyness !== undefined && spot === undefined) throw new InputError('spot', 'is needed with moneyness');
    const named = Array.isArray(expiries) ? new Set((expiries as readonly string[]).map(monthOf)) : undefined;
    const found = await months(underlying, (month) => named?.has(month) ?? true, question);
    const parameters = parametersOf(underlying, found);
    const dates = new Set(wantedExpiries(parameters.expirations, question, timer.now()));
    const isNear = (strike: number): boolean =>
      spot === undefined ||
      moneyness === undefined ||
      (strike >= (moneyness.from ?? 0) * spot && strike <= (moneyness.to ?? Number.POSITIVE_INFINITY) * spot);
    let [candidates, unanswered] = [0, 0];
    const conIds: number[] = [];
    await Promise.all(
      found.map(async ({ month, calls, puts, expirations }) => {
        const days = expirations.filter((day) => dates.has(day)).length;
        if (days === 0) return;
        for (const right of rights)
          for (const strike of (right === 'C' ? calls : puts).filter(isNear)) {
            candidates += days;
            const rows = await info(underlying.conId, month, strike, right, question).catch(unlessAborted(question));
            if (rows === undefined) unanswered += days;
            for (const row of rows ?? []) if (dates.has(told(row['maturityDate']) ?? '')) conIds.push(Number(row['conid']));
          }
      }),
    );
    const options = (await byConIds(ask, [...new Set(conIds)], question)).flatMap((row) => contractOf(row) ?? []);
    return { parameters, options, missing: Math.max(0, candidates - unanswered - options.length), unknown: unanswered };
  };

  return {
    ...refusing('options'),
    parameters: async (underlying, options = {}) => [parametersOf(underlying, await months(underlying, () => true, options))],
    chain,
  };
}

/** A strike of which there is no option. */
function noneSuch(error: unknown): readonly Row[] {
  if (error instanceof Error && 'why' in error && error.why === 'rejected') return [];
  throw error;
}

/** One question that failed leaves the others; a call that was given up ends all of them. */
const unlessAborted =
  ({ signal }: WebCall) =>
  (): undefined => {
    signal?.throwIfAborted();
    return undefined;
  };
