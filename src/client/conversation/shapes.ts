// The three shapes of a conversation, declared by naming messages; the code that runs them knows shapes, not kinds.

import type { Incoming, IncomingKind, MessageOf, OutgoingKind, RequestInput } from '../../protocol/registry.js';
import type { Sink } from '../../protocol/sinks.js';
import type { RecoveryRank } from '../core.js';

interface Spoken<O extends OutgoingKind, K extends IncomingKind> {
  /** The request that begins it. */
  readonly open: O;
  /** The request that ends it early, with the same id. */
  readonly cancel?: OutgoingKind;
  /** Messages that belong to it. */
  readonly items: readonly K[];
  /** The request stays open when it was answered: the cancel ends it. */
  readonly cancelAfter?: true;
  /** Milliseconds that an answer may take. */
  readonly within: number;
}

/** One answer. */
export interface One<O extends OutgoingKind = OutgoingKind, K extends IncomingKind = IncomingKind> extends Spoken<O, K> {
  readonly shape: 'one';
  /** True for an answer that is a part, with more of it to come. */
  goesOn?(answer: MessageOf<K>): boolean;
  /** Whether an answer without an id is the answer to this request, where the answer repeats what was asked. */
  matches?(asked: RequestInput<O>, answer: MessageOf<K>): boolean;
}

/** Answers up to an end marker. */
export interface List<O extends OutgoingKind = OutgoingKind, K extends IncomingKind = IncomingKind> extends Spoken<O, K> {
  readonly shape: 'list';
  readonly end: IncomingKind;
}

/** Answers whose rows are gathered while they are read: no message is made of them. */
export interface Gathering<P> {
  /** The kind whose rows are gathered. */
  readonly kind: IncomingKind;
  /** For one request: each answer goes to `taken` when it is whole, with the bytes of its frame. */
  sink(taken: (part: P, frameBytes: number) => void): Sink;
  /** The same of an answer that comes as a message, because somebody listens raw; undefined for other kinds. */
  partOf(message: Incoming): P | undefined;
}

/** Answers until it is closed. */
export interface Stream<O extends OutgoingKind = OutgoingKind, K extends IncomingKind = IncomingKind> extends Spoken<O, K> {
  readonly shape: 'stream';
  /** Marks that the first picture is complete, or that a snapshot is over. */
  readonly end?: IncomingKind;
  /** The end marker comes for snapshots alone. */
  readonly endsSnapshots?: true;
  readonly rank: RecoveryRank;
  /** Milliseconds of silence after a recovery that make a stream suspect; undefined when silence is normal. */
  readonly moves?: number;
  /** Nothing need come for a long time, not even at the start. */
  readonly isQuiet?: true;
  /** Kinds among the items that only accompany the request: they do not show that the stream moves. */
  readonly silent?: readonly IncomingKind[];
}

/** Whether a kind is among those that a conversation is about. */
export function isItem({ items }: { readonly items: readonly string[] }, kind: string): boolean {
  return items.includes(kind);
}

export function one<O extends OutgoingKind, const K extends IncomingKind>(spec: Omit<One<O, K>, 'shape'>): One<O, K> {
  return { shape: 'one', ...spec };
}

export function list<O extends OutgoingKind, const K extends IncomingKind>(spec: Omit<List<O, K>, 'shape'>): List<O, K> {
  return { shape: 'list', ...spec };
}

export function stream<O extends OutgoingKind, const K extends IncomingKind>(spec: Omit<Stream<O, K>, 'shape'>): Stream<O, K> {
  return { shape: 'stream', ...spec };
}

/** The messages that belong to a conversation. */
export type ItemsOf<S> = S extends Spoken<OutgoingKind, infer K> ? MessageOf<K> : never;
