// The words a table is written in: rows (what a record holds) and items (where that stands on the text wire).

import type { TagValue } from '../text/reader.js';
import type { Codec } from './codecs.js';

/** Server versions (and, for old messages, message versions) at which something is on the wire. */
export interface Gate {
  readonly since?: number;
  /** First server version at which it is gone again. */
  readonly before?: number;
  readonly sinceMessage?: number;
}

type FieldOptions = { readonly as?: string; readonly text?: false; readonly told?: true; readonly never?: true };

/** One for all the rows without a gate, and one for those without options: there are two thousand. */
const ALWAYS: Gate = {};
const PLAIN: FieldOptions = {};

export function since(version: number): Gate {
  return { since: version };
}

/** Excludes: a table's "until 130" is `before(131)`. */
export function before(version: number): Gate {
  return { before: version };
}

export function between(from: number, until: number): Gate {
  return { since: from, before: until };
}

/** For the old messages whose first field is a version of their own. */
export function sinceMessage(version: number): Gate {
  return { sinceMessage: version };
}

export function both(...gates: readonly Gate[]): Gate {
  return Object.assign({}, ...gates) as Gate;
}

/** A nested protobuf message whose fields are rows of the outer record: the text wire knows no such nesting. */
export interface Wrapper {
  readonly n: number;
  readonly as: string;
  /** The member counts only when that row has one of these values (a oneof chosen by another field). */
  readonly on?: { readonly row: string; readonly values: readonly number[] };
}

/** One place of a row in protobuf. */
export interface Slot {
  readonly n: number;
  readonly as?: string;
  readonly in?: Wrapper;
  readonly flags?: readonly string[];
}

export interface FieldRow<T, H = T> {
  readonly row: 'field';
  readonly codec: Codec<T, H>;
  /** Empty: no protobuf form. */
  readonly slots: readonly Slot[];
  readonly gate: Gate;
  readonly text: boolean;
  /** The server tells it: a client that holds it does not send it on the text wire, and is not refused for having it. */
  readonly told: boolean;
  /** No client sends it on either wire. */
  readonly never: boolean;
}

export interface RecordRow<R extends Rows> {
  readonly row: 'record';
  readonly record: RecordTable<R>;
  readonly n: number;
  readonly as: string | undefined;
  readonly gate: Gate;
}

export interface ListRow<R extends Rows> {
  readonly row: 'list';
  readonly record: RecordTable<R>;
  readonly n: number;
  readonly as: string | undefined;
  readonly gate: Gate;
}

export interface ScalarsRow<T> {
  readonly row: 'scalars';
  readonly codec: Codec<T>;
  readonly n: number;
  readonly as: string | undefined;
  readonly gate: Gate;
}

export interface TagsRow {
  readonly row: 'tags';
  readonly n: number;
  readonly as: string | undefined;
  readonly gate: Gate;
  /** One `tag=value;` field in text, or a count and pairs. */
  readonly form: 'string' | 'pairs';
}

// Rows are covariant in what they hold, so `unknown` is the top of them all.
export type Row = FieldRow<unknown> | RecordRow<Rows> | ListRow<Rows> | ScalarsRow<unknown> | TagsRow;
export type Rows = { readonly [name: string]: Row };

export interface RecordTable<R extends Rows> {
  /** Name of the protobuf message. */
  readonly name: string;
  readonly rows: R;
  /** Order on the text wire, when it is not the order of the rows. */
  readonly text: readonly TextEntry[] | undefined;
}

/** `field(3, decimal, since(V.X))`: protobuf number (or several slots), codec, gate; `as` when protobuf has another name. */
export function field<T, H = T>(
  at: number | Slot | readonly Slot[],
  codec: Codec<T, H>,
  gate: Gate = ALWAYS,
  options: FieldOptions = PLAIN,
): FieldRow<T, H> {
  const slots =
    typeof at === 'number'
      ? [options.as === undefined ? { n: at } : { n: at, as: options.as }]
      : Array.isArray(at)
        ? (at as readonly Slot[])
        : [at as Slot];
  return {
    row: 'field',
    codec,
    slots,
    gate,
    text: options.text !== false,
    told: options.told === true || options.never === true,
    never: options.never === true,
  };
}

/** A field without protobuf form. */
export function textOnly<T>(codec: Codec<T>, gate: Gate = ALWAYS, options: { readonly told?: true } = PLAIN): FieldRow<T> {
  return { row: 'field', codec, slots: [], gate, text: true, told: options.told === true, never: false };
}

/** A field without text form. */
export function protoOnly<T>(
  n: number,
  codec: Codec<T>,
  gate: Gate = ALWAYS,
  options: Omit<FieldOptions, 'text'> = PLAIN,
): FieldRow<T> {
  return field(n, codec, gate, { ...options, text: false });
}

export function record<R extends Rows>(n: number, table: RecordTable<R>, as?: string, gate: Gate = ALWAYS): RecordRow<R> {
  return { row: 'record', record: table, n, as, gate };
}

/** A list of records: a count and that many in text, a repeated field in protobuf. */
export function repeated<R extends Rows>(n: number, table: RecordTable<R>, as?: string, gate: Gate = ALWAYS): ListRow<R> {
  return { row: 'list', record: table, n, as, gate };
}

export function scalars<T>(n: number, codec: Codec<T>, as?: string, gate: Gate = ALWAYS): ScalarsRow<T> {
  return { row: 'scalars', codec, n, as, gate };
}

/** Tags and values: one `a=1;b=2;` field in text, a map in protobuf. */
export function tagString(n: number, as?: string, gate: Gate = ALWAYS): TagsRow {
  return { row: 'tags', n, as, gate, form: 'string' };
}

/** Tags and values: a count and pairs in text, a map in protobuf. */
export function tagPairs(n: number, as?: string, gate: Gate = ALWAYS): TagsRow {
  return { row: 'tags', n, as, gate, form: 'pairs' };
}

export function recordTable<const R extends Rows>(name: string, rows: R, text?: readonly TextEntry[]): RecordTable<R> {
  return { name, rows, text };
}

/** A nested protobuf message whose fields stand flat in the record. */
export function wrapper(
  n: number,
  as: string,
  on?: Wrapper['on'],
): { readonly at: (n: number, as?: string, flags?: readonly string[]) => Slot } {
  const self: Wrapper = on === undefined ? { n, as } : { n, as, on };
  return {
    at: (inner, name, flags) => ({
      n: inner,
      in: self,
      ...(name === undefined ? {} : { as: name }),
      ...(flags === undefined ? {} : { flags }),
    }),
  };
}

// --- the text wire ---

export type Test =
  | { readonly op: 'isSet' | 'positive' | 'infinite'; readonly path: string }
  | { readonly op: 'in'; readonly path: string; readonly values: readonly (string | number)[] }
  | { readonly op: 'notEmpty'; readonly path: string }
  | { readonly op: 'any' | 'all'; readonly tests: readonly Test[] }
  | { readonly op: 'messageSince'; readonly version: number };

export type TextItem =
  | { readonly item: 'field'; readonly path: string; readonly codec: Codec<unknown> | undefined; readonly gate: Gate }
  | { readonly item: 'version'; readonly version: number; readonly gate: Gate }
  | {
      readonly item: 'constant';
      readonly name: string;
      readonly text: string;
      readonly codec: Codec<unknown>;
      readonly gate: Gate;
    }
  | { readonly item: 'list'; readonly path: string; readonly of: readonly TextEntry[] | undefined; readonly gate: Gate }
  | { readonly item: 'alongside'; readonly path: string; readonly name: string; readonly gate: Gate }
  | { readonly item: 'when'; readonly test: Test; readonly of: readonly TextEntry[]; readonly gate: Gate }
  | { readonly item: 'present'; readonly path: string; readonly of: readonly TextEntry[]; readonly gate: Gate }
  | { readonly item: 'choose'; readonly path: string; readonly cases: { readonly [value: number]: readonly TextEntry[] } };

/** A bare path is a field (or list) in the form its row gives. */
export type TextEntry = string | TextItem;

/** The version field of old messages: written as it was last sent, checked against nothing, held for `sinceMessage`. */
export function messageVersion(version: number, gate: Gate = ALWAYS): TextItem {
  return { item: 'version', version, gate };
}

/** A row that stands elsewhere, under a gate, or in another form than its row says. */
export function at(path: string, ...how: readonly (Gate | Codec<unknown>)[]): TextItem {
  const codec = how.find((x): x is Codec<unknown> => 'read' in x);
  return { item: 'field', path, codec, gate: both(...how.filter((x): x is Gate => !('read' in x))) };
}

/** `...of('contract', 'conId', 'symbol')` */
export function of(prefix: string, ...names: readonly string[]): readonly string[] {
  return names.map((name) => `${prefix}.${name}`);
}

/** A field that always reads the same and means nothing any more: written so, passed over when read. */
export function constant(name: string, text: string, codec: Codec<unknown>, gate: Gate = ALWAYS): TextItem {
  return { item: 'constant', name, text, codec, gate };
}

/** A count, then that many; `items` when they hold less or other than the record says. */
export function list(path: string, items?: readonly TextEntry[], gate: Gate = ALWAYS): TextItem {
  return { item: 'list', path, of: items, gate };
}

/**
 * A second list beside one already read, with one row of its elements: combo leg prices. None when no element has it set, else up to
 * the last element that has the property at all.
 */
export function alongside(path: string, name: string, gate: Gate = ALWAYS): TextItem {
  return { item: 'alongside', path, name, gate };
}

export function when(test: Test, items: readonly TextEntry[], gate: Gate = ALWAYS): TextItem {
  return { item: 'when', test, of: items, gate };
}

/** A flag that says whether a nested record follows. */
export function present(path: string, items: readonly TextEntry[], gate: Gate = ALWAYS): TextItem {
  return { item: 'present', path, of: items, gate };
}

/** The record chooses its rows by the value of another. */
export function choose(path: string, cases: { readonly [value: number]: readonly TextEntry[] }): TextItem {
  return { item: 'choose', path, cases };
}

export const notEmpty = (path: string): Test => ({ op: 'notEmpty', path });
export const positive = (path: string): Test => ({ op: 'positive', path });
export const infinite = (path: string): Test => ({ op: 'infinite', path });
export const isOneOf = (path: string, ...values: readonly (string | number)[]): Test => ({ op: 'in', path, values });
export const any = (...tests: readonly Test[]): Test => ({ op: 'any', tests });
export const all = (...tests: readonly Test[]): Test => ({ op: 'all', tests });
export const messageSince = (version: number): Test => ({ op: 'messageSince', version });

// --- types out of tables ---

type Flat<T> = { [K in keyof T]: T[K] };
export type ValueOf<R> =
  R extends FieldRow<infer T>
    ? T | undefined
    : R extends RecordRow<infer S>
      ? ObjectOf<S> | undefined
      : R extends ListRow<infer S>
        ? readonly ObjectOf<S>[]
        : R extends ScalarsRow<infer T>
          ? readonly T[]
          : R extends TagsRow
            ? readonly TagValue[]
            : never;
/** What decode gives: every property is there, unset is undefined. */
export type ObjectOf<R extends Rows> = { readonly [K in keyof R]: ValueOf<R[K]> };

type Loose<T> = T extends DecimalLike ? T | number : T;
type DecimalLike = string & { readonly [key: symbol]: unknown };
export type InputValue<R> =
  R extends FieldRow<infer T>
    ? Loose<T>
    : R extends RecordRow<infer S>
      ? InputOf<S>
      : R extends ListRow<infer S>
        ? readonly InputOf<S>[]
        : R extends ScalarsRow<infer T>
          ? readonly T[]
          : R extends TagsRow
            ? readonly TagValue[]
            : never;
/** What encode takes: whatever is not given is not set. */
export type InputOf<R extends Rows> = Flat<{ readonly [K in keyof R]?: InputValue<R[K]> | undefined }>;
