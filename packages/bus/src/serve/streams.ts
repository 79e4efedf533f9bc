// Streams that consumers want: opened once, shared, given back when the last one has left or has fallen silent.

import type { Ib } from 'ibwire';
import { checkTerms, isStreamName, type StreamName, streamKinds, type Terms } from '../streams.js';
import { Published } from './published.js';

/** A consumer that has not said for so long that it is there has left. */
export const SILENT_MS = 15_000;
/** Between the first row of a frame and its leaving. */
export const LINGER_MS = 2;
const LOOK_MS = 250;

/** What a consumer asks of streams. */
export type StreamAsk =
  | { readonly ask: 'join'; readonly consumer: string; readonly kind: string; readonly contract: object; readonly terms: Terms }
  | { readonly ask: 'picture'; readonly consumer: string; readonly stream: string }
  | { readonly ask: 'leave'; readonly consumer: string; readonly stream: string }
  /** Consumers that are still there, each with its stream. */
  | {
      readonly ask: 'alive';
      readonly consumers: readonly (readonly [consumer: string, stream: string])[];
      /** Accounts whose order events are followed. */
      readonly accounts: readonly string[];
    };

/** How often each stream is wanted. */
export interface LineUse {
  readonly stream: string;
  readonly consumers: number;
}

export interface StreamsParts {
  readonly run: number;
  ib(): Ib;
  publish(stream: string, frame: Buffer): void;
  after(ms: number, work: () => void): () => void;
  now(): number;
  /** How many order events of an account were told. */
  events(account: string): number;
}

export interface ServedStreams {
  /** @throws what opening the stream throws, {TypeError} for what is no ask. */
  take(asked: StreamAsk): Promise<object | Buffer>;
  readonly lines: readonly LineUse[];
  /** Ends all of them: the session of the desk is over. */
  close(): void;
}

/** The same terms, the same text. */
function termsText(terms: Terms): string {
  const given = Object.entries(terms).filter(([, value]) => value !== undefined);
  return given.length === 0 ? '' : JSON.stringify(given.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function suffixOf(terms: Terms): string {
  const text = termsText(terms);
  return text === '' ? '' : `.${Buffer.from(text).toString('base64url')}`;
}

export function serveStreams({ run, ib, publish, after, now, events }: StreamsParts): ServedStreams {
  const open = new Map<string, Published>();
  /** When each consumer was last heard, and what it wants. */
  const heard = new Map<string, number>();
  const dirty: Published[] = [];
  let stopLinger: (() => void) | undefined;
  let stopLook: (() => void) | undefined;

  const flush = (): void => {
    stopLinger = undefined;
    for (const one of dirty.splice(0)) one.flush();
  };
  const soon = (one: Published): void => {
    dirty.push(one);
    stopLinger ??= after(LINGER_MS, flush);
  };
  const end = (name: string): void => {
    const one = open.get(name);
    open.delete(name);
    one?.close();
  };
  const leave = (name: string, consumer: string): void => {
    const one = open.get(name);
    one?.consumers.delete(consumer);
    if (one?.consumers.size === 0) end(name);
  };
  const look = (): void => {
    stopLook = undefined;
    const since = now() - SILENT_MS;
    for (const [consumer, at] of heard) {
      if (at > since) continue;
      heard.delete(consumer);
      for (const name of [...open.keys()]) leave(name, consumer);
    }
    for (const one of open.values()) one.look();
    if (open.size > 0) stopLook = after(LOOK_MS, look);
  };

  const join = async (kind: StreamName, contract: object, terms: Terms, consumer: string): Promise<object> => {
    checkTerms(kind, terms);
    const session = ib();
    const known = await session.contracts.qualify(contract as Parameters<Ib['contracts']['qualify']>[0]);
    const name = `${kind}.${known.conId}${suffixOf(terms)}`;
    let one = open.get(name);
    if (one === undefined) {
      const row = streamKinds[kind];
      const stream = row.open(session, known, terms);
      const made: Published = new Published({
        ...{ kind: row, stream, run, soon },
        publish: (frame) => publish(name, frame),
        ended: () => {
          if (open.get(name) === made) open.delete(name);
        },
      });
      one = made;
      open.set(name, one);
      stopLook ??= after(LOOK_MS, look);
    }
    one.consumers.add(consumer);
    return { stream: name, run, contract: known };
  };

  return {
    async take(asked) {
      if (asked.ask !== 'alive') heard.set(asked.consumer, now());
      switch (asked.ask) {
        case 'join':
          if (!isStreamName(asked.kind))
            throw new TypeError(`no stream ${JSON.stringify(asked.kind)}: ${Object.keys(streamKinds).join(', ')}`);
          return join(asked.kind, asked.contract, asked.terms, asked.consumer);
        case 'picture': {
          const one = open.get(asked.stream);
          if (one === undefined) throw new TypeError(`${asked.stream} is not open: join it again`);
          one.consumers.add(asked.consumer);
          return one.picture();
        }
        case 'leave':
          leave(asked.stream, asked.consumer);
          return { run };
        case 'alive': {
          const seqs: Record<string, number> = {};
          for (const [consumer, name] of asked.consumers) {
            heard.set(consumer, now());
            const one = open.get(name);
            if (one === undefined) continue;
            one.consumers.add(consumer);
            one.flush();
            seqs[name] = one.seq;
          }
          return { run, seqs, events: Object.fromEntries(asked.accounts.map((account) => [account, events(account)])) };
        }
        default:
          throw new TypeError(`no such ask of streams: ${JSON.stringify(asked)}`);
      }
    },
    get lines() {
      return [...open].map(([stream, { consumers }]) => ({ stream, consumers: consumers.size }));
    },
    close() {
      stopLinger?.();
      stopLook?.();
      stopLook = undefined;
      stopLinger = undefined;
      for (const name of [...open.keys()]) end(name);
      heard.clear();
    },
  };
}
