// Walks a table's rows over a protobuf body, slowly and plainly; the counterpart of the generated functions.

import type { ProtoReader } from '../proto/reader.js';
import type { ProtoWriter } from '../proto/writer.js';
import { type Codec, isText, saysNothing, wireOf } from './codecs.js';
import { numbersOf, slotsByWrapper } from './generate-proto.js';
import { complete, type Draft, type Place, type Refuse, type Watch } from './interpret-text.js';
import type { MessageTable } from './message.js';
import type { FieldRow, RecordTable, Row, Rows, Wrapper } from './rows.js';

export function interpretProto(table: MessageTable, r: ProtoReader, place: Place = { path: '' }, watch?: Watch): Draft {
  return { kind: table.kind, ...readRecord(table, r, {}, '', place, watch) };
}

/** What a tag leads to in a record. */
type Target =
  | { readonly at: 'field'; readonly name: string; readonly row: FieldRow<unknown>; readonly wrapper: Wrapper | undefined }
  | { readonly at: 'nested'; readonly name: string; readonly row: Exclude<Row, FieldRow<unknown>> }
  | { readonly at: 'packed'; readonly name: string; readonly row: Exclude<Row, FieldRow<unknown>> }
  | { readonly at: 'wrapper'; readonly wrapper: Wrapper };

function targetOf(rows: Rows, wrapper: Wrapper | undefined, tag: number): Target | undefined {
  for (const [name, row] of Object.entries(rows)) {
    if (row.row === 'field') {
      for (const slot of row.slots) {
        if (slot.in === wrapper && slot.n * 8 + wireOf(row.codec) === tag) return { at: 'field', name, row, wrapper };
        if (wrapper === undefined && slot.in !== undefined && slot.in.n * 8 + 2 === tag)
          return { at: 'wrapper', wrapper: slot.in };
      }
    } else if (wrapper === undefined) {
      if (row.row === 'scalars' && wireOf(row.codec) !== 2) {
        if (row.n * 8 + wireOf(row.codec) === tag) return { at: 'nested', name, row };
        if (row.n * 8 + 2 === tag) return { at: 'packed', name, row };
      } else if (row.n * 8 + 2 === tag) return { at: 'nested', name, row };
    }
  }
  return undefined;
}

function readRecord(
  record: RecordTable<Rows>,
  r: ProtoReader,
  previous: Draft,
  path: string,
  place: Place,
  watch: Watch | undefined,
): Draft {
  const draft: Draft = { ...absentIn(record.rows), ...previous };
  place.draft ??= draft;
  const members = new Map<Wrapper, Draft>();
  readBody(record.rows, undefined, draft);
  for (const [wrapper, member] of members) {
    if (wrapper.on === undefined || wrapper.on.values.includes(draft[wrapper.on.row] as number)) Object.assign(draft, member);
  }
  return complete(record.rows, draft);

  function readBody(rows: Rows, wrapper: Wrapper | undefined, into: Draft): void {
    while (r.at < r.end) {
      const start = r.at;
      const tag = r.tag();
      const target = targetOf(rows, wrapper, tag);
      if (target === undefined) {
        place.path = '';
        r.pass(tag, numbersOf(rows, wrapper));
        watch?.({
          path: `${path}#${tag >>> 3}`,
          type: `unknown, wire type ${tag & 7}`,
          gate: {},
          start,
          end: r.at,
          value: undefined,
        });
        continue;
      }
      readTarget(target, start, into);
    }
  }

  function readTarget(target: Target, start: number, into: Draft): void {
    if (target.at === 'wrapper') {
      const outer = r.enter();
      const member = members.get(target.wrapper) ?? {};
      members.set(target.wrapper, member);
      readBody(record.rows, target.wrapper, member);
      r.leave(outer);
      return;
    }
    const { name, row } = target;
    place.path = path + name;
    const value = target.at === 'field' ? readWith(target.row.codec, r) : readNested(target, into);
    into[name] = value;
    if (row.row === 'field' || row.row === 'scalars' || row.row === 'tags') {
      const type = row.row === 'tags' ? 'map' : row.codec.proto;
      watch?.({ path: path + name, type, gate: row.gate, start, end: r.at, value });
    }
  }

  function readNested(target: Extract<Target, { at: 'nested' | 'packed' }>, into: Draft): unknown {
    const { name, row } = target;
    const held = (into[name] ?? []) as readonly unknown[];
    const inside = `${path}${name}${row.row === 'list' ? `[${held.length}]` : ''}.`;
    switch (row.row) {
      case 'record': {
        const outer = r.enter();
        const value = readRecord(row.record, r, (into[name] ?? {}) as Draft, inside, place, watch);
        r.leave(outer);
        return value;
      }
      case 'list': {
        const outer = r.enter();
        const value = readRecord(row.record, r, {}, inside, place, watch);
        r.leave(outer);
        return [...held, value];
      }
      case 'tags':
        return [...held, r.entry()];
      default: {
        if (target.at === 'nested') return [...held, readWith(row.codec, r)];
        const outer = r.enter();
        const values = [...held];
        while (r.at < r.end) values.push(readWith(row.codec, r));
        r.leave(outer);
        return values;
      }
    }
  }
}

/** Fields that read as something when they are not there. */
function absentIn(rows: Rows): Draft {
  const draft: Draft = {};
  for (const [name, row] of Object.entries(rows))
    if (row.row === 'field' && row.codec.absent !== undefined) draft[name] = row.codec.absent;
  return draft;
}

function readWith(codec: Codec<unknown>, r: ProtoReader): unknown {
  const read = r[codec.protoRead];
  return typeof read === 'function' ? (read as () => unknown).call(r) : undefined;
}

// --- encode ---

export function interpretProtoWrite(
  table: MessageTable,
  serverVersion: number,
  w: ProtoWriter,
  message: unknown,
  refuse: Refuse,
  place: Place = { path: '' },
): void {
  writeRecord(table, message as Draft, '', { w, refuse, place, serverVersion, isClient: table.direction === 'outgoing' });
}

interface Writing {
  readonly w: ProtoWriter;
  readonly refuse: Refuse;
  readonly place: Place;
  readonly serverVersion: number;
  readonly isClient: boolean;
}

function writeRecord(record: RecordTable<Rows>, message: Draft, path: string, to: Writing): void {
  const parts: { n: number; write: () => void }[] = [];
  for (const [name, row] of Object.entries(record.rows)) {
    if (to.isClient && isRefused(row, message[name], path + name, to)) continue;
    if (row.row !== 'field') parts.push({ n: row.n, write: () => writeNested(row, message[name], path + name, to) });
  }
  for (const [wrapper, uses] of slotsByWrapper(record.rows)) {
    const live = uses.filter(({ row }) => !(to.isClient && (row.never || isShut(row, to.serverVersion))));
    const fields = [...live]
      .sort((a, b) => a.slot.n - b.slot.n)
      .map((use) => ({
        n: use.slot.n,
        write: () => writeField(use.slot.n, use.row.codec, message[use.name], path + use.name, to),
      }));
    if (wrapper === undefined) {
      parts.push(...fields);
    } else if (wrapper.on === undefined || wrapper.on.values.includes(message[wrapper.on.row] as number)) {
      parts.push({ n: wrapper.n, write: () => nested(wrapper.n, to.w, () => fields.forEach((part) => void part.write())) });
    }
  }
  parts.sort((a, b) => a.n - b.n);
  for (const part of parts) part.write();
}

function isShut(row: Row, serverVersion: number): boolean {
  return row.gate.since !== undefined && row.gate.since > serverVersion;
}

function isRefused(row: Row, value: unknown, path: string, to: Writing): boolean {
  const shut = isShut(row, to.serverVersion);
  const none = row.row === 'field' && row.slots.length === 0 && !row.told;
  if (!shut && !none) return false;
  const isNothing =
    row.row === 'field'
      ? saysNothing(row.codec, value)
      : value === undefined || (row.row !== 'record' && (value as readonly unknown[]).length === 0);
  if (!isNothing) to.refuse(path, shut ? row.gate.since : undefined, undefined);
  return true;
}

function nested(n: number, w: ProtoWriter, write: () => void): void {
  w.varint(n * 8 + 2);
  const start = w.open();
  write();
  w.close(start);
}

function writeWith(codec: Codec<unknown>, value: unknown, w: ProtoWriter): void {
  const write = w[codec.protoWrite];
  if (typeof write === 'function') (write as (value: unknown) => void).call(w, value);
}

function writeField(n: number, codec: Codec<unknown>, value: unknown, path: string, to: Writing): void {
  if (value === undefined) return;
  if (to.isClient && codec.protoRead === 'bool' && !codec.kept && value !== true) return;
  if (to.isClient && codec.protoRead === 'boolAsInt' && value === 0) return;
  if (to.isClient && isText(codec) && value === '') return;
  if (!to.isClient && value === codec.absent) return;
  to.place.path = path;
  to.w.varint(n * 8 + wireOf(codec));
  writeWith(codec, value, to.w);
}

function writeNested(row: Exclude<Row, FieldRow<unknown>>, value: unknown, path: string, to: Writing): void {
  const { w } = to;
  to.place.path = path;
  switch (row.row) {
    case 'record':
      if (value !== undefined) nested(row.n, w, () => writeRecord(row.record, value as Draft, `${path}.`, to));
      return;
    case 'list':
      for (const [i, element] of ((value ?? []) as readonly Draft[]).entries()) {
        nested(row.n, w, () => writeRecord(row.record, element, `${path}[${i}].`, to));
      }
      return;
    case 'tags':
      for (const entry of (value ?? []) as readonly never[]) {
        w.varint(row.n * 8 + 2);
        w.entry(entry);
      }
      return;
    default: {
      const values = (value ?? []) as readonly unknown[];
      if (values.length === 0) return;
      if (wireOf(row.codec) === 2) {
        for (const one of values) {
          w.varint(row.n * 8 + 2);
          writeWith(row.codec, one, w);
        }
      } else {
        nested(row.n, w, () => values.forEach((one) => void writeWith(row.codec, one, w)));
      }
    }
  }
}
