// `web.contracts`: the one instrument that is meant, and the prices that it has.

import {
  AmbiguousContractError,
  type ContractsFacade,
  limitMode,
  priceGrid,
  type Qualification,
  type QualifiedContract,
  snap,
  type Timer,
  UnknownContractError,
} from 'ibwire';
import type { Ask, WebCall } from './ask.js';
import { contractWith, told } from './contract.js';
import { byConIds, type ContractInput, createFinder } from './find-contract.js';
import { refusing } from './unsupported.js';

/** A stock of a symbol. */
export interface WebStock {
  readonly conId: number;
  readonly exchange: string;
  readonly isUS: boolean;
  readonly name: string;
}

/** The core's calls, and `stocks`. What is remembered of instruments is no part of it. */
export interface WebContracts extends Omit<ContractsFacade, 'known'> {
  /** Stocks of a symbol. Several may bear it: choose by currency and exchange. */
  stocks(symbol: string, call?: WebCall): Promise<readonly WebStock[]>;
}

type Row = Readonly<Record<string, unknown>>;
const rowsOf = (value: unknown): readonly Row[] => (Array.isArray(value) ? (value as readonly Row[]) : []);

/** Instruments are remembered for half a day, as many as that. */
const LIFETIME = 12 * 3_600_000;
const MOST_KEPT = 20_000;
/** How many lookups go on at once. */
const AT_ONCE = 4;

/** Names come with entities of HTML in them. */
const plain = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi, (whole, hex, decimal, name) => {
    const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
    if (name !== undefined) return named[String(name).toLowerCase()] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

export interface ContractParts {
  readonly ask: Ask;
  readonly timer: Timer;
  ready(call?: WebCall): Promise<void>;
}

export function createContracts({ ask, timer, ready }: ContractParts): WebContracts {
  const finder = createFinder(ask);
  const known = new Map<string, { readonly contract: QualifiedContract; readonly until: number }>();

  const qualify = async (asked: ContractInput, call?: WebCall): Promise<QualifiedContract> => {
    const key = JSON.stringify(Object.entries(asked).sort(([a], [b]) => (a < b ? -1 : 1)));
    const kept = known.get(key);
    if (kept !== undefined && timer.now() < kept.until) return kept.contract;
    await ready(call);
    const candidates = await finder.candidates(asked, call);
    const [only] = candidates;
    if (only === undefined) throw new UnknownContractError(asked);
    if (candidates.length > 1) throw new AmbiguousContractError(asked, candidates);
    if (known.size >= MOST_KEPT) known.clear();
    known.set(key, { contract: only, until: timer.now() + LIFETIME });
    return only;
  };
  const identified = async (contract: ContractInput, call?: WebCall): Promise<number> =>
    contract.conId !== undefined && contract.conId !== 0 ? contract.conId : (await qualify(contract, call)).conId;

  const grid: WebContracts['grid'] = async (contract, call) => {
    const conId = await identified(contract, call);
    await ready(call);
    const [row] = await byConIds(ask, [conId], call);
    const rules = rowsOf(row?.['incrementRules']).flatMap(({ lowerEdge, increment }) =>
      told(lowerEdge) === undefined || told(increment) === undefined
        ? []
        : [{ lowEdge: String(lowerEdge), increment: String(increment) }],
    );
    if (rules.length > 0) return priceGrid(rules);
    // Without bands there is the step of a limit order as the rules of the contract tell it.
    const answer = (await ask.read('GET /iserver/contract/{conid}/info-and-rules', { values: [conId] }, call)) as Row | undefined;
    const { increment } = (answer?.['rules'] ?? {}) as Row;
    return priceGrid(undefined, told(increment));
  };

  return {
    ...refusing('contracts'),
    qualify,
    async qualifyMany(contracts, call) {
      const results: Qualification[] = [];
      let next = 0;
      const one = async (asked: ContractInput): Promise<Qualification> => {
        try {
          return { at: 'found', contract: await qualify(asked, call) };
        } catch (error) {
          if (error instanceof AmbiguousContractError) return { at: 'ambiguous', candidates: error.candidates, error };
          return error instanceof UnknownContractError ? { at: 'unknown', error } : { at: 'failed', error };
        }
      };
      const work = async (): Promise<void> => {
        for (let at = next++; at < contracts.length; at = next++) results[at] = await one(contracts[at] as ContractInput);
      };
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, contracts.length) }, work));
      return results;
    },
    async search(pattern, call) {
      await ready(call);
      const rows = await finder.search(pattern, call);
      const described = rows.flatMap((row) => {
        const conId = Number(told(row['conid']));
        if (!Number.isSafeInteger(conId) || conId <= 0) return [];
        const types = rowsOf(row['sections']).flatMap((section) => told(section['secType']) ?? []);
        const contract = contractWith({
          conId,
          symbol: told(row['symbol']),
          secType: types[0],
          primaryExchange: told(row['description']),
          description: told(row['companyName']),
        });
        return [{ contract, derivativeSecTypes: types.slice(1) }];
      });
      return { kind: 'symbolSamples', reqId: -1, contractDescriptions: described } as unknown as Awaited<
        ReturnType<ContractsFacade['search']>
      >;
    },
    grid,
    async snap(contract, price, side, call) {
      const mode = side === 'BUY' || side === 'SELL' ? limitMode(side) : side;
      return snap(price, await grid(contract, call), mode);
    },
    async stocks(symbol, call) {
      await ready(call);
      const answer = (await ask.read('GET /trsrv/stocks', { query: { symbols: symbol } }, call)) as Row;
      return rowsOf(answer[symbol]).flatMap((one) =>
        rowsOf(one['contracts']).map((contract) => ({
          conId: Number(contract['conid']),
          exchange: told(contract['exchange']) ?? '',
          isUS: contract['isUS'] === true,
          name: plain(told(one['name']) ?? ''),
        })),
      );
    },
  };
}
