// What one wire at one server version carries of a message: the model against which encode and decode are held.

import { MAX_VERSION } from '../../src/protocol/handshake.js';
import type { Codec } from '../../src/protocol/schema/codecs.js';
import { isBeyond, type MessageTable } from '../../src/protocol/schema/message.js';
import { type Op, type Plan, planText } from '../../src/protocol/schema/plan.js';
import type { FieldRow, Gate, RecordTable, Row, Rows, Slot, Test } from '../../src/protocol/schema/rows.js';
import type { TagValue } from '../../src/protocol/text/reader.js';
import { TextReader } from '../../src/protocol/text/reader.js';
import type { Plain } from './messages.js';

export interface Carried {
  /** What can be sent: whatever the wire has no place for is left out. */
  readonly given: Plain;
  /** What the other side then reads. */
  readonly read: Plain;
}

type Draft = { [name: string]: unknown };

/** The text form. A client's unset fields are read as what a client writes for them. */
export function carriedByText(table: MessageTable, serverVersion: number, message: Plain, messageVersion?: number): Carried {
  const plan = planText(table, serverVersion, messageVersion);
  const isClient = table.direction === 'outgoing';
  const given: Draft = { kind: table.kind };
  const read: Draft = { kind: table.kind };
  const source = accepted(table, serverVersion, message);
  walk(plan.ops, { source, given, read, plan, isClient });
  return { given: whole(table.rows, given, table.kind), read: whole(table.rows, read, table.kind) };
}

interface Walk {
  readonly source: unknown;
  readonly given: Draft;
  readonly read: Draft;
  readonly plan: Plan;
  readonly isClient: boolean;
}

function walk(ops: readonly Op[], to: Walk): void {
  for (const op of ops) step(op, to);
}

function step(op: Op, to: Walk): void {
  const { source, given, read } = to;
  switch (op.op) {
    case 'field': {
      const value = sendable(at(source, op.path), op.codec, to.isClient);
      set(given, op.path, value);
      set(read, op.path, value === undefined && to.isClient ? readUnset(op.codec) : value);
      return;
    }
    case 'scalars':
      setBoth(
        op.path,
        many(source, op.path).map((value) => sendable(value, op.codec, to.isClient)),
        to,
      );
      return;
    case 'tagString':
    case 'pairs':
      setBoth(
        op.path,
        (many(source, op.path) as TagValue[]).map(({ tag, value }) => ({
          tag: ascii(tag, to.isClient),
          value: ascii(value, to.isClient),
        })),
        to,
      );
      return;
    case 'list': {
      const parts = many(source, op.path).map((element) => {
        const part = { source: element, given: {}, read: {}, plan: to.plan, isClient: to.isClient };
        walk(op.ops, part);
        return part;
      });
      set(
        given,
        op.path,
        parts.map((part) => whole(op.record.rows, part.given)),
      );
      set(
        read,
        op.path,
        parts.map((part) => whole(op.record.rows, part.read)),
      );
      return;
    }
    case 'alongside':
      for (const [i, element] of (many(given, op.path) as Draft[]).entries()) {
        const value = (many(source, op.path)[i] as Draft)[op.name];
        element[op.name] = value;
        (many(read, op.path)[i] as Draft)[op.name] = value;
      }
      return;
    case 'when':
      if (isMet(op.test, (path) => at(given, path), to.plan)) walk(op.ops, to);
      return;
    case 'present':
      if (at(source, op.path) === undefined) return;
      set(given, op.path, {});
      set(read, op.path, {});
      walk(op.ops, to);
      return;
    case 'choose': {
      let value = at(source, op.path) as number;
      if (!op.cases.has(value)) {
        value = [...op.cases.keys()][0]!;
        setBoth(op.path, value, to);
      }
      walk(op.cases.get(value)!, to);
    }
  }
}

function setBoth(path: string, value: unknown, to: Walk): void {
  set(to.given, path, value);
  set(to.read, path, value);
}

/** The protobuf form: gates hold for clients only, a client leaves out false and the empty text. */
export function carriedByProtobuf(table: MessageTable, serverVersion: number, message: Plain): Carried {
  const isClient = table.direction === 'outgoing';
  const source = accepted(table, serverVersion, message);
  const given = protoRecord(table, source, serverVersion, isClient, false);
  return {
    given: { kind: table.kind, ...given },
    read: { kind: table.kind, ...protoRecord(table, source, serverVersion, isClient, true) },
  };
}

function protoRecord(record: RecordTable<Rows>, source: Plain, version: number, isClient: boolean, isRead: boolean): Draft {
  const into: Draft = {};
  for (const [name, row] of Object.entries(record.rows)) {
    const value = isClient && (row.gate.since ?? 0) > version ? undefined : source[name];
    into[name] = protoRow(row, value, source);
  }
  return into;

  function protoRow(row: Row, value: unknown, outer: Plain): unknown {
    switch (row.row) {
      case 'field': {
        const { absent } = row.codec;
        if (value === undefined || !row.slots.some((slot) => isLive(slot, outer)) || (isClient && row.never)) return absent;
        return isRead && isClient && isLeftOut(row, value) ? absent : value;
      }
      case 'record':
        return value === undefined ? undefined : protoRecord(row.record, value as Plain, version, isClient, isRead);
      case 'list':
        return ((value ?? []) as Plain[]).map((element) => protoRecord(row.record, element, version, isClient, isRead));
      default:
        return value ?? [];
    }
  }
}

function isLive(slot: Slot, outer: Plain): boolean {
  const on = slot.in?.on;
  return on === undefined || on.values.includes(outer[on.row] as number);
}

/** A client does not send flags that are off, nor empty texts. */
export function isLeftOut({ codec }: FieldRow<unknown>, value: unknown): boolean {
  if (codec.protoRead === 'boolAsInt') return value === 0;
  return (value === false && codec.protoRead === 'bool' && !codec.kept) || (value === '' && codec.protoRead === 'string');
}

/** Without what the table refuses at this version although the layout could carry it. */
function accepted(table: MessageTable, serverVersion: number, message: Plain): Plain {
  if (table.direction === 'incoming') return message;
  const copy = structuredClone(message) as Draft;
  for (const refusal of table.refuses) {
    const { field, when } = refusal;
    const value = at(copy, field);
    if (!isBeyond(refusal, serverVersion) || value === undefined) continue;
    if (when === 'hasFraction') set(copy, field, '100');
    else if (when === 'isSet' || (when.op === 'in' && when.values.includes(value as string))) set(copy, field, undefined);
  }
  return copy;
}

function sendable(value: unknown, codec: Codec<unknown>, isClient: boolean): unknown {
  return typeof value === 'string' && (codec.write === 'text' || codec.write === 'escaped') ? ascii(value, isClient) : value;
}

/** Clients may only send ASCII on the text wire. */
function ascii(text: string, isClient: boolean): string {
  return isClient ? text.replaceAll(/[^\t\n\r\x20-\x7e]/g, '~') : text;
}

function readUnset(codec: Codec<unknown>): unknown {
  const bytes = new TextEncoder().encode(`${codec.unset}\0`);
  const reader = new TextReader();
  reader.reset(bytes, 0, 0, bytes.length);
  return (reader[codec.read] as () => unknown).call(reader);
}

/** Every row of the table is there; a record is there when anything of it was met. */
function whole(rows: Rows, draft: Draft, kind?: string): Plain {
  const all: Draft = kind === undefined ? {} : { kind };
  for (const [name, row] of Object.entries(rows)) {
    const value = draft[name];
    if (row.row === 'record') all[name] = value === undefined ? undefined : whole(row.record.rows, value as Draft);
    else all[name] = value === undefined && row.row !== 'field' ? [] : value;
  }
  return all;
}

function isMet(test: Test, value: (path: string) => unknown, plan: Plan): boolean {
  switch (test.op) {
    case 'isSet':
      return value(test.path) !== undefined;
    case 'notEmpty': {
      const held = value(test.path);
      return Array.isArray(held) ? held.length > 0 : held !== undefined && held !== '';
    }
    case 'positive':
      return Number(value(test.path) ?? 0) > 0;
    case 'infinite':
      return value(test.path) === Infinity;
    case 'in':
      return test.values.some((option) => option === value(test.path));
    case 'messageSince':
      return plan.messageVersion >= test.version;
    case 'any':
      return test.tests.some((part) => isMet(part, value, plan));
    default:
      return test.tests.every((part) => isMet(part, value, plan));
  }
}

export function at(from: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => (value as Draft | undefined)?.[name], from);
}

export function set(draft: Draft, path: string, value: unknown): void {
  const names = path.split('.');
  let inner = draft;
  for (const name of names.slice(0, -1)) {
    inner[name] ??= {};
    inner = inner[name] as Draft;
  }
  inner[names.at(-1)!] = value;
}

function many(from: unknown, path: string): readonly unknown[] {
  return (at(from, path) ?? []) as readonly unknown[];
}

/** Server versions on both sides of every gate of a table, the ends, and where the id and the form change. */
export function telltaleVersions(table: MessageTable): readonly number[] {
  const gates = new Set<number>([100, 200, 201, MAX_VERSION, table.since ?? 100, table.protobuf?.since ?? MAX_VERSION]);
  const add = (gate: Gate): void => {
    for (const edge of [gate.since, gate.before]) if (edge !== undefined) gates.add(edge).add(edge - 1);
  };
  const seen = new Set<unknown>();
  const search = (node: unknown): void => {
    if (typeof node !== 'object' || node === null || seen.has(node)) return;
    seen.add(node);
    if ('since' in node || 'before' in node) add(node as Gate);
    for (const inner of Object.values(node)) search(inner);
  };
  search([table.rows, table.text]);
  return [...gates].filter((version) => version >= (table.since ?? 100) && version <= MAX_VERSION).sort((a, b) => a - b);
}
