// connectBus: the consumer's side, with the core's subscriptions and reading facades, and orders by the one way of the desk.

import { randomBytes } from 'node:crypto';
import type { NatsConnection } from '@nats-io/transport-node';
import { type Call, ClosedError, feedStream, type Ib, type Subscription } from 'ibwire';
import { NobodyLeadsError, questionsOver } from '../answers.js';
import type { Row } from '../frame/rows.js';
import { type NatsOptions, openNats } from '../nats.js';
import { type ReadFamily, type Reading, reads } from '../reads.js';
import type { ReplayPage } from '../serve/order-events.js';
import type { StreamAsk } from '../serve/streams.js';
import type { StreamName, Terms } from '../streams.js';
import { checkName, subjectsOf } from '../subjects.js';
import { fromText } from '../values.js';
import { subscribed } from './hearer.js';
import { ConsumedOrders } from './order-events.js';
import { type BusOrders, busOrders } from './orders.js';
import { Consumed, type ConsumedParts } from './stream.js';

export interface ConnectBusOptions extends NatsOptions {
  /** Name of the bus. Default `desk`. */
  readonly name?: string;
  /** Who this is: part of every subject it asks by, so that the server's permissions can hold it to its name. Default `reader`. */
  readonly who?: string;
  /** Milliseconds that an answer may take where a call does not say. Default 30,000. */
  readonly timeout?: number;
  /** Gets what listeners throw and what cannot be read; default: told by `process.emitWarning`. */
  readonly thrown?: (error: unknown) => void;
}

type Market = Ib['market'];
type Options<F extends (...args: never) => unknown, At extends number> = Omit<NonNullable<Parameters<F>[At]>, keyof Call>;

/** `ib.market` as far as it comes over a bus: streams as the core's, shared at the desk with all who ask the same. */
export interface BusMarket extends Reading<'market'> {
  quotes(
    contract: Parameters<Market['quotes']>[0],
    options?: Pick<Options<Market['quotes'], 1>, 'genericTicks'>,
  ): ReturnType<Market['quotes']>;
  depth(contract: Parameters<Market['depth']>[0], options?: Options<Market['depth'], 1>): ReturnType<Market['depth']>;
  bars5s(contract: Parameters<Market['bars5s']>[0], options?: Options<Market['bars5s'], 1>): ReturnType<Market['bars5s']>;
  tickByTick: Market['tickByTick'];
}

/** `ib.accounts` as far as it comes over a bus, of one account at a time. */
export interface BusAccounts {
  positions(account: string): ReturnType<Ib['accounts']['positions']>;
  numbers(account: string): ReturnType<Ib['accounts']['numbers']>;
}

/** What a desk tells of its session: the shapes are those of its stream `session`. `run` changes with the desk that leads. */
export interface SessionEvent {
  readonly run: number;
  readonly state: { readonly is: string } & Readonly<Record<string, unknown>>;
}

export interface Bus {
  readonly market: BusMarket;
  readonly contracts: Reading<'contracts'>;
  readonly history: Reading<'history'>;
  readonly options: Reading<'options'>;
  readonly scanner: Reading<'scanner'>;
  readonly news: Reading<'news'>;
  readonly accounts: BusAccounts;
  readonly orders: BusOrders;
  /** How the desk's session stands: its states, notices, gaps, and who leads. */
  readonly session: Subscription<SessionEvent>;
  /** Whether a desk leads, as far as it was heard. */
  readonly state: 'leading' | 'alone';
  /** Ends all streams and the connection. Safe to call twice. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

const ALIVE_MS = 1_000;
const RETRY_MS = 250;

const wait = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

/**
 * Joins a bus as a consumer. @throws {NobodyLeadsError} when no desk leads within `timeout`; what connecting with the server throws;
 * {TypeError} for names that are none.
 */
export async function connectBus(options: ConnectBusOptions): Promise<Bus> {
  const { name = 'desk', timeout = 30_000, thrown = (error) => process.emitWarning(error as Error) } = options;
  const who = checkName('who', options.who ?? 'reader');
  const subjects = subjectsOf(name);
  const connection = await openNats(options, who);
  const id = randomBytes(9).toString('base64url');
  const questions = questionsOver(connection, `_INBOX_${who}.${id}`, (ms, work) => {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  });
  const streams = new Set<Consumed>();
  const orderStreams = new Set<ConsumedOrders>();
  let state: Bus['state'] = 'alone';
  let isOver = false;
  let stopAlive = (): void => {};

  const askStreams = (body: StreamAsk, within = timeout): Promise<unknown> =>
    questions.ask(subjects.streams(who), body, { timeout: within });
  /** As long as nobody leads a question is asked again: nothing has heard it. */
  const insist = async <T>(work: (left: number) => Promise<T>, within: number, signal?: AbortSignal): Promise<T> => {
    const until = performance.now() + within;
    for (;;) {
      try {
        return await work(Math.max(1, until - performance.now()));
      } catch (error) {
        if (!(error instanceof NobodyLeadsError) || isOver || performance.now() + RETRY_MS > until) throw error;
        await wait(RETRY_MS);
        signal?.throwIfAborted();
      }
    }
  };

  const alone = (): void => {
    state = 'alone';
    for (const one of streams) one.lost('disconnected');
    for (const one of orderStreams) one.lost();
  };
  const alive = async (): Promise<void> => {
    const open = [...streams].filter((one) => one.stream !== undefined);
    const consumers = open.map((one) => [ids.get(one) ?? '', one.stream ?? ''] as const);
    try {
      const told = (await askStreams(
        { ask: 'alive', consumers, accounts: [...orderStreams].map(({ account }) => account) },
        2_000,
      )) as {
        readonly run: number;
        readonly seqs: Readonly<Record<string, number>>;
        readonly events: Readonly<Record<string, number>>;
      };
      state = 'leading';
      for (const one of open) one.check(told.run, told.seqs[one.stream ?? '']);
      for (const one of orderStreams) one.check(told.run, told.events[one.account] ?? 0);
      for (const one of streams) if (one.stream === undefined) join(one);
    } catch {
      if (!isOver) alone();
    }
  };
  const beat = (): void => {
    void alive().then(() => {
      if (isOver) return;
      const timer = setTimeout(beat, state === 'leading' ? ALIVE_MS : RETRY_MS);
      stopAlive = () => clearTimeout(timer);
    });
  };

  const ids = new WeakMap<Consumed, string>();
  let count = 0;
  const join = (one: Consumed): void => {
    one.join().catch((error: unknown) => {
      // Nobody leads, or none answers: asked again with the next word of a desk.
      if (error instanceof NobodyLeadsError || isNoAnswer(error)) one.lost('disconnected');
      else one.finish(error as Error);
    });
  };
  const consume = (kind: StreamName, contract: object, terms: Terms, hearer: ConsumedParts['hearer']): Consumed => {
    if (isOver) throw new ClosedError('the bus is closed', { asked: kind });
    const consumer = `${id}-${++count}`;
    const one: Consumed = new Consumed({
      ...{ kind, contract, terms, consumer, connection, thrown, hearer },
      subjectOf: (stream) => subjects.frames(stream),
      ask: (body) => askStreams(body),
      now: () => Date.now(),
      over: () => streams.delete(one),
    });
    ids.set(one, consumer);
    streams.add(one);
    join(one);
    return one;
  };
  const open = (kind: StreamName, contract: object, terms: Terms): never => {
    let subscription: Subscription<Row, unknown> | undefined;
    consume(kind, contract, terms, (leave) => {
      const [made, hearer] = subscribed(kind, terms, leave, thrown);
      subscription = made;
      return hearer;
    });
    return subscription as never;
  };

  const call = (subject: string, args: readonly unknown[]): Promise<unknown> => {
    const last = args.at(-1);
    const { signal, timeout: within = timeout, ...how } = isCall(last) ? last : ({} as Call);
    const told = isCall(last) ? [...args.slice(0, -1), how] : args;
    return insist((left) => questions.ask(subject, { args: told }, { timeout: left, signal }), within, signal);
  };
  const facade = <F extends ReadFamily>(family: F): Reading<F> =>
    Object.fromEntries(
      reads[family].map((method) => [
        method,
        (...args: readonly unknown[]) => call(subjects.ask(who, undefined, `${family}.${method}`), args),
      ]),
    ) as unknown as Reading<F>;

  const accounts: BusAccounts = {
    positions: (account) => call(subjects.ask(who, account, 'accounts.positions'), []) as never,
    numbers: (account) => call(subjects.ask(who, account, 'accounts.numbers'), []) as never,
  };
  const events = (account: string): ConsumedOrders['subscription'] => {
    const one: ConsumedOrders = new ConsumedOrders({
      ...{ account, connection, thrown },
      subject: subjects.orders(account),
      ask: (from) => questions.ask(subjects.replay(who, account), from, { timeout }) as Promise<ReplayPage>,
      now: () => Date.now(),
      over: () => orderStreams.delete(one),
    });
    orderStreams.add(one);
    insist(() => one.catchUp(), timeout).catch((error: unknown) => one.finish(error as Error));
    return one.subscription;
  };

  const close = async (): Promise<void> => {
    if (isOver) return;
    isOver = true;
    stopAlive();
    for (const one of [...streams]) one.finish(undefined);
    for (const one of [...orderStreams]) one.finish(undefined);
    sessionSource.finish(undefined);
    await connection.flush().catch(() => {});
    questions.close(new ClosedError('the bus is closed'));
    await connection.close();
  };

  const [session, sessionSource] = feedStream<SessionEvent>({ close: () => {} }, thrown);
  connection.subscribe(subjects.session, {
    callback: (error, message) => {
      if (error === null) sessionSource.push(fromText(message.string()) as SessionEvent);
    },
  });

  void watch(connection, () => alone());
  try {
    await insist((left) => askStreams({ ask: 'alive', consumers: [], accounts: [] }, left), timeout);
  } catch (error) {
    await close();
    throw error;
  }
  state = 'leading';
  beat();

  const market: BusMarket = {
    ...facade('market'),
    quotes: (contract, terms = {}) => open('quotes', contract, terms),
    depth: (contract, terms = {}) => open('depth', contract, terms as Terms),
    bars5s: (contract, terms = {}) => open('bars5s', contract, terms as Terms),
    tickByTick: (contract, type, { signal: _, timeout: __, ...terms } = {}) => open('tickByTick', contract, { ...terms, type }),
  };
  return {
    market,
    contracts: facade('contracts'),
    history: facade('history'),
    options: facade('options'),
    scanner: facade('scanner'),
    news: facade('news'),
    accounts,
    orders: busOrders({ subjects, who, timeout, ask: questions.ask, insist, events }),
    session,
    get state() {
      return state;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

const isNoAnswer = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'NO_ANSWER';

/** Options of a call, of which the signal stays here. */
function isCall(value: unknown): value is Call {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && ('signal' in value || 'timeout' in value);
}

async function watch(connection: NatsConnection, lost: () => void): Promise<void> {
  for await (const { type } of connection.status()) if (type === 'disconnect') lost();
}
