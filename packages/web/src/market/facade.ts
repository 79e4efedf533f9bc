// `web.market`: quotes, as they are and as they move.

import { GatewayError, type MarketFacade, type Quote, type QuoteTick, TimeoutError, type Timer } from 'ibwire';
import type { Ask, WebCall } from '../client/ask.js';
import type { ContractInput } from '../client/find-contract.js';
import { refusing } from '../client/unsupported.js';
import type { TopicHands, Topics, TopicTerms } from '../streams/topic.js';
import { ASKED_FIELDS } from './fields.js';
import { createQuoteMaker } from './quote.js';

type Row = Readonly<Record<string, unknown>>;

/** The core's calls. */
export interface WebMarket extends MarketFacade {
  /**
   * One picture: asked again until bid, ask and last are there, nothing more comes, or the time is over. A first answer is empty,
   * which is no "no price". @throws {GatewayError} 354 without rights; {TimeoutError} when nothing came at all
   */
  snapshot(contract: ContractInput, options?: WebCall): Promise<Quote>;
}

export interface MarketParts {
  readonly ask: Ask;
  readonly timer: Timer;
  readonly topics: Topics;
  ready(call?: WebCall): Promise<void>;
  /** The conid of what is meant. */
  conIdOf(contract: ContractInput, call?: WebCall): Promise<number>;
}

const SNAPSHOT_WITHIN = 11_000;
/** Data behind snapshots is renewed so often. */
const EVERY = 500;
/** Reads without anything new, after something has come: this is all there is. */
const ENOUGH = 4;
/** It ends by itself after ten minutes, or fifteen. */
const RENEW_AFTER = 480_000;
const QUIET_AFTER = 60_000;
const ANSWERS_WITHIN = 15_000;
const WANTED = ['31', '84', '86'];

const noRights = (asked: string): GatewayError =>
  new GatewayError({ errorCode: 354, text: 'Requested market data is not subscribed.', id: undefined, asked });

/** Rows of one snapshot, asked until the wanted fields are there; the last one that said something, `undefined` when none did. */
export async function warmed(
  { ask, timer }: Pick<MarketParts, 'ask' | 'timer'>,
  conId: number,
  call: WebCall,
  took: (row: Row) => number,
): Promise<Row | undefined> {
  const until = timer.now() + (call.timeout ?? SNAPSHOT_WITHIN);
  let last: Row | undefined;
  let quiet = 0;
  for (;;) {
    call.signal?.throwIfAborted();
    const query = { conids: conId, fields: ASKED_FIELDS.join(',') };
    const rows = await ask.read(
      'GET /iserver/marketdata/snapshot',
      { query },
      { ...call, timeout: Math.max(1, until - timer.now()) },
    );
    const row = (Array.isArray(rows) ? (rows as readonly Row[]) : []).find((one) => Number(one['conid']) === conId);
    if (row !== undefined && Object.keys(row).some((key) => /^\d+$/.test(key))) {
      last = { ...last, ...row };
      quiet = took(row) > 0 ? 0 : quiet + 1;
    }
    const isWhole = WANTED.every((id) => last?.[id] !== undefined);
    if (isWhole || quiet >= ENOUGH || timer.now() + EVERY >= until) return last;
    await new Promise<void>((resolve) => timer.after(EVERY, resolve));
  }
}

/** Terms of a quote stream; shared by all who want the same instrument. */
function quoteTopic(
  key: string,
  known: number | undefined,
  find: () => Promise<number>,
  hands: TopicHands<QuoteTick>,
): TopicTerms<QuoteTick, Quote> {
  const maker = createQuoteMaker();
  let conId = known;
  return {
    key,
    ...(known === undefined && {
      async prepare() {
        conId = await find();
      },
    }),
    get names() {
      return [`smd+${conId}`];
    },
    rank: 'data',
    view: maker.quote,
    condense: maker.condense,
    subscribe: () => [`smd+${conId}+${JSON.stringify({ fields: ASKED_FIELDS })}`],
    unsubscribe: () => [`umd+${conId}+{}`],
    take(_, row, __, now) {
      const ticks = maker.take(row, now);
      if (maker.letters.startsWith('N') && WANTED.every((id) => row[id] === undefined)) hands.fail(noRights('smd'));
      return ticks;
    },
    renewAfter: RENEW_AFTER,
    quietAfter: QUIET_AFTER,
    answersWithin: ANSWERS_WITHIN,
  };
}

export function createMarket(parts: MarketParts): WebMarket {
  const { topics, timer } = parts;
  return {
    ...refusing('market'),
    quotes(contract, options = {}) {
      const known = contract.conId === 0 ? undefined : contract.conId;
      const key = `smd ${known ?? JSON.stringify(contract)}`;
      return topics.open((hands) => quoteTopic(key, known, () => parts.conIdOf(contract, options), hands), key, options);
    },
    async snapshot(contract, options = {}) {
      await parts.ready(options);
      const conId = await parts.conIdOf(contract, options);
      const maker = createQuoteMaker();
      const row = await warmed(parts, conId, options, (one) => maker.take(one, timer.now()).length);
      if (row === undefined) throw new TimeoutError('GET /iserver/marketdata/snapshot', options.timeout ?? SNAPSHOT_WITHIN);
      if (maker.letters.startsWith('N') && WANTED.every((id) => row[id] === undefined))
        throw noRights('GET /iserver/marketdata/snapshot');
      return maker.quote;
    },
  };
}
