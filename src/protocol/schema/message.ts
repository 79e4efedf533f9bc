// A message kind: its ids, who may receive it, since when it exists and speaks protobuf, and its rows.

import { entriesOf } from './entries.js';
import type {
  FieldRow,
  Gate,
  InputOf,
  ListRow,
  ObjectOf,
  RecordTable,
  Rows,
  Test,
  TextEntry,
  TextItem,
  ValueOf,
} from './rows.js';

/** Which way a message goes: `incoming` from the gateway, `outgoing` to it. */
export type Direction = 'incoming' | 'outgoing';
/** Who may receive a message: the request with that id, the order, the execution's owner, or whoever asked for that kind. */
export type Key = 'reqId' | 'orderId' | 'execId' | 'kind';

/** Something the server cannot do although the layout could carry it: refused by name. */
export interface Refusal {
  readonly field: string;
  /** First server version that can. */
  readonly needs: number;
  /** From the first of these server versions on it cannot any more, before the second. */
  readonly gone?: readonly [from: number, before: number];
  readonly when: Test | 'isSet' | 'hasFraction';
}

/** True when a server of that version cannot do it. */
export function isBeyond({ needs, gone }: Refusal, serverVersion: number): boolean {
  return serverVersion < needs || (gone !== undefined && serverVersion >= gone[0] && serverVersion < gone[1]);
}

/** The table of a kind: its rows say order, fields, codecs and gates on both wires. */
export interface MessageTable<K extends string = string, R extends Rows = Rows, H extends readonly string[] = readonly string[]>
  extends RecordTable<R> {
  readonly kind: K;
  readonly id: number;
  readonly direction: Direction;
  readonly key: Key;
  /** First server version that knows the kind; undefined: all from 100 on. */
  readonly since: number | undefined;
  /** Name of the protobuf message, and the first server version at which it is spoken; undefined: text only. */
  readonly protobuf: { readonly message: string; readonly since: number } | undefined;
  /** False for kinds that exist only as protobuf. */
  readonly hasText: boolean;
  readonly refuses: readonly Refusal[];
  /**
   * Rows of a kind that comes by the million, in the order in which a sink gets them; none: it gets all rows in their order. Where
   * they are rows of a list (`bars.open`) the sink gets its elements, one by one.
   */
  readonly hot: H;
  readonly rows: R;
}

export interface MessageSpec<K extends string, R extends Rows, H extends readonly string[]> {
  readonly kind: K;
  readonly id: number;
  readonly key: Key;
  readonly since?: number;
  readonly protobuf?: readonly [message: string, since: number];
  readonly rows: R;
  /** The version field of an old message, when the rows follow it in their order. */
  readonly version?: TextItem;
  /** Order on the text wire, when it is not that of the rows. */
  readonly text?: readonly TextEntry[];
  readonly hasText?: false;
  readonly refuses?: readonly Refusal[];
  readonly hot?: H;
}

function message<K extends string, R extends Rows, H extends readonly string[]>(
  direction: Direction,
  spec: MessageSpec<K, R, H>,
): MessageTable<K, R, H> {
  return {
    kind: spec.kind,
    id: spec.id,
    direction,
    key: spec.key,
    since: spec.since,
    protobuf: spec.protobuf === undefined ? undefined : { message: spec.protobuf[0], since: spec.protobuf[1] },
    hasText: spec.hasText !== false,
    refuses: spec.refuses ?? [],
    hot: spec.hot ?? ([] as readonly string[] as H), // what is not given is inferred as the empty list
    name: spec.protobuf?.[0] ?? spec.kind,
    rows: spec.rows,
    text:
      spec.text ??
      (spec.version === undefined ? undefined : [spec.version, ...entriesOf({ name: '', rows: spec.rows, text: undefined })]),
  };
}

/** Rows of the lists of a table: `bars.open`. */
type ElementPath<R extends Rows> = {
  [L in keyof R & string]: R[L] extends ListRow<infer S> ? `${L}.${keyof S & string}` : never;
}[keyof R & string];

/** A kind that the gateway sends. */
export function incoming<
  const K extends string,
  const R extends Rows,
  const H extends readonly ((keyof R & string) | ElementPath<R>)[] = readonly [],
>(spec: MessageSpec<K, R, H>): MessageTable<K, R, H> {
  return message('incoming', spec);
}

/** A kind that the client sends. */
export function outgoing<const K extends string, const R extends Rows>(
  spec: MessageSpec<K, R, readonly []>,
): MessageTable<K, R, readonly []> {
  return message('outgoing', spec);
}

/** What a table decodes to: `interface OrderStatus extends Of<typeof orderStatus> {}`. */
export type Of<M> =
  M extends MessageTable<infer K, infer R>
    ? { readonly kind: K } & ObjectOf<R>
    : M extends RecordTable<infer R>
      ? ObjectOf<R>
      : never;
/** What may be given to encode it. */
export type Input<M> = M extends MessageTable<string, infer R> ? InputOf<R> : M extends RecordTable<infer R> ? InputOf<R> : never;

/** What a sink gets of a hot kind, or of each element of its list, by position. */
export type HandedOf<M> = M extends MessageTable<string, infer R, infer H> ? { [I in keyof H]: ValueAt<R, H[I]> } : never;
type ValueAt<R extends Rows, Path> = Path extends keyof R
  ? ValueOf<R[Path]>
  : Path extends `${infer L}.${infer Name}`
    ? R[L] extends ListRow<infer S>
      ? HandedValue<S[Name]>
      : never
    : never;
type HandedValue<R> = R extends FieldRow<unknown, infer H> ? H | undefined : ValueOf<R>;

/** True when the gate is open. `messageVersion` is infinite where the version field is gone. */
export function isOpen(gate: Gate, serverVersion: number, messageVersion: number): boolean {
  return (
    (gate.since === undefined || serverVersion >= gate.since) &&
    (gate.before === undefined || serverVersion < gate.before) &&
    (gate.sinceMessage === undefined || messageVersion >= gate.sinceMessage)
  );
}
