// A table at one server version: gates decided, paths looked up. Compiler, interpreter and dumps walk the same plan.

import { MAX_INT } from '../text/numbers.js';
import type { Codec } from './codecs.js';
import { entriesOf } from './entries.js';
import { isOpen, type MessageTable } from './message.js';
import type { Gate, RecordTable, Row, Rows, Test, TextEntry, TextItem } from './rows.js';

/** Something that the layout has no place for: refused when a client sets it. */
export interface Missing {
  readonly path: string;
  readonly needs: number | undefined;
  /** Values that say nothing. */
  readonly nothing: readonly unknown[];
  readonly isList: boolean;
  readonly why: string | undefined;
}

export type Op =
  | { readonly op: 'field'; readonly path: string; readonly codec: Codec<unknown>; readonly gate: Gate }
  | { readonly op: 'version'; readonly version: number; readonly gate: Gate }
  | { readonly op: 'constant'; readonly name: string; readonly text: string; readonly codec: Codec<unknown>; readonly gate: Gate }
  | {
      readonly op: 'list';
      readonly path: string;
      readonly record: RecordTable<Rows>;
      readonly ops: readonly Op[];
      readonly gate: Gate;
    }
  | { readonly op: 'scalars'; readonly path: string; readonly codec: Codec<unknown>; readonly gate: Gate }
  | { readonly op: 'pairs' | 'tagString'; readonly path: string; readonly gate: Gate }
  | {
      readonly op: 'alongside';
      readonly path: string;
      readonly name: string;
      readonly codec: Codec<unknown>;
      readonly gate: Gate;
    }
  | {
      readonly op: 'when';
      readonly test: Test;
      readonly ops: readonly Op[];
      readonly missing: readonly Missing[];
      readonly gate: Gate;
    }
  | {
      readonly op: 'present';
      readonly path: string;
      readonly record: RecordTable<Rows>;
      readonly ops: readonly Op[];
      readonly gate: Gate;
    }
  | { readonly op: 'choose'; readonly path: string; readonly cases: ReadonlyMap<number, readonly Op[]> };

export interface Plan {
  readonly ops: readonly Op[];
  readonly missing: readonly Missing[];
  /** Version field of the message itself; infinite where there is none. */
  readonly messageVersion: number;
}

/** The row at a path of a table; throws for a path that is none: tables are checked by a test. */
export function rowAt(rows: Rows, path: string): Row {
  const dot = path.indexOf('.');
  const name = dot < 0 ? path : path.slice(0, dot);
  const row = rows[name];
  if (row === undefined) throw new Error(`no row '${path}'`);
  if (dot < 0) return row;
  if (row.row !== 'record') throw new Error(`'${name}' of '${path}' is not a record`);
  return rowAt(row.record.rows, path.slice(dot + 1));
}

interface Scope {
  readonly rows: Rows;
  readonly serverVersion: number;
  readonly messageVersion: number;
}

/** Version that the message's own version field has at that server version, infinite when it has none. */
export function messageVersionAt(table: MessageTable, serverVersion: number): number {
  for (const entry of entriesOf(table)) {
    if (typeof entry !== 'string' && entry.item === 'version' && isOpen(entry.gate, serverVersion, MAX_INT)) return entry.version;
  }
  return Infinity;
}

/** The text layout of a message at a server version; `messageVersion` when the frame carries another than usual. */
export function planText(
  table: MessageTable,
  serverVersion: number,
  messageVersion = messageVersionAt(table, serverVersion),
): Plan {
  const scope: Scope = { rows: table.rows, serverVersion, messageVersion };
  const ops = planEntries(entriesOf(table), scope);
  const carried = new Set(pathsOf(ops));
  const missing = table.direction === 'outgoing' ? missingOf(table, carried, serverVersion) : [];
  return { ops, missing, messageVersion };
}

function planEntries(entries: readonly TextEntry[], scope: Scope): Op[] {
  const ops: Op[] = [];
  for (const entry of entries) {
    const op = typeof entry === 'string' ? planRow(entry, undefined, {}, scope) : planItem(entry, scope);
    if (op !== undefined) ops.push(op);
  }
  return ops;
}

function planRow(path: string, codec: Codec<unknown> | undefined, outer: Gate, scope: Scope): Op | undefined {
  const row = rowAt(scope.rows, path);
  const gate = { ...row.gate, ...outer };
  if (!isOpen(gate, scope.serverVersion, scope.messageVersion)) return undefined;
  switch (row.row) {
    case 'field':
      return { op: 'field', path, codec: codec ?? row.codec, gate };
    case 'scalars':
      return { op: 'scalars', path, codec: codec ?? row.codec, gate };
    case 'tags':
      return { op: row.form === 'pairs' ? 'pairs' : 'tagString', path, gate };
    case 'list':
      return planList(path, undefined, gate, scope);
    default:
      throw new Error(`'${path}' is a record: its rows are named one by one`);
  }
}

function planList(path: string, items: readonly TextEntry[] | undefined, gate: Gate, scope: Scope): Op {
  const row = rowAt(scope.rows, path);
  if (row.row !== 'list') throw new Error(`'${path}' is not a list`);
  const ops = planEntries(items ?? entriesOf(row.record), { ...scope, rows: row.record.rows });
  return { op: 'list', path, record: row.record, ops, gate };
}

function planItem(item: TextItem, scope: Scope): Op | undefined {
  if (item.item !== 'choose' && item.item !== 'field' && !isOpen(item.gate, scope.serverVersion, scope.messageVersion))
    return undefined;
  switch (item.item) {
    case 'field':
      return planRow(item.path, item.codec, item.gate, scope);
    case 'version':
      return {
        op: 'version',
        version: item.version,
        gate: item.gate,
      };
    case 'constant':
      return { op: 'constant', name: item.name, text: item.text, codec: item.codec, gate: item.gate };
    case 'list':
      return planList(item.path, item.of, item.gate, scope);
    case 'alongside': {
      const row = rowAt(scope.rows, item.path);
      if (row.row !== 'list') throw new Error(`'${item.path}' is not a list`);
      const inner = row.record.rows[item.name];
      if (inner?.row !== 'field') throw new Error(`'${item.path}' has no field '${item.name}'`);
      return { op: 'alongside', path: item.path, name: item.name, codec: inner.codec, gate: item.gate };
    }
    case 'when': {
      const ops = planEntries(item.of, scope);
      const missing = pathsOf(ops).map((path) => missingRow(path, scope.rows, undefined, `is sent only ${say(item.test)}`));
      return { op: 'when', test: item.test, ops, missing, gate: item.gate };
    }
    case 'present': {
      const row = rowAt(scope.rows, item.path);
      if (row.row !== 'record') throw new Error(`'${item.path}' is not a record`);
      return { op: 'present', path: item.path, record: row.record, ops: planEntries(item.of, scope), gate: item.gate };
    }
    case 'choose': {
      const cases = Object.entries(item.cases).map(([value, entries]): [number, readonly Op[]] => [
        Number(value),
        planEntries(entries, scope),
      ]);
      return { op: 'choose', path: item.path, cases: new Map(cases) };
    }
  }
}

function say(test: Test): string {
  switch (test.op) {
    case 'in':
      return `when ${test.path} is ${test.values.join(' or ')}`;
    case 'any':
      return test.tests.map(say).join(' or ');
    case 'all':
      return test.tests.map(say).join(' and ');
    case 'messageSince':
      return `from message version ${test.version} on`;
    case 'positive':
      return `when ${test.path} is above 0`;
    case 'infinite':
      return `when ${test.path} is infinite`;
    default:
      return `when ${test.path} is set`;
  }
}

/** Paths that the operations carry; those inside list elements belong to the list. */
export function pathsOf(ops: readonly Op[]): string[] {
  return ops.flatMap((op): string[] => {
    switch (op.op) {
      case 'version':
      case 'constant':
      case 'alongside': // belongs to the elements of a list that is named itself
        return [];
      case 'when':
      case 'present':
        return pathsOf(op.ops);
      case 'choose':
        return [...op.cases.values()].flatMap(pathsOf);
      default:
        return [op.path];
    }
  });
}

function missingRow(path: string, rows: Rows, needs: number | undefined, why?: string): Missing {
  const row = rowAt(rows, path);
  return { path, needs, why, nothing: row.row === 'field' ? row.codec.nothing : [], isList: row.row !== 'field' };
}

function missingOf(table: MessageTable, carried: ReadonlySet<string>, serverVersion: number): Missing[] {
  return leaves(table.rows)
    .filter(({ path, row }) => !carried.has(path) && !(row.row === 'field' && row.told))
    .map(({ path }) => missingRow(path, table.rows, firstCarrying(table, path, serverVersion)));
}

/** All fields and lists of a table by path, without the insides of list elements. */
export function leaves(rows: Rows, prefix = ''): { path: string; row: Row }[] {
  return Object.entries(rows).flatMap(([name, row]) =>
    row.row === 'record' ? leaves(row.record.rows, `${prefix}${name}.`) : [{ path: prefix + name, row }],
  );
}

/** First server version above this one at which the message has a place for the path. */
function firstCarrying(table: MessageTable, path: string, serverVersion: number): number | undefined {
  const own = rowAt(table.rows, path);
  const protoSince = hasProto(own) ? Math.max(own.gate.since ?? 0, table.protobuf?.since ?? Infinity) : Infinity;
  const textSince = textGate(entriesOf(table), path, own.gate);
  const first = Math.min(...[protoSince, textSince].filter((version) => version > serverVersion));
  return Number.isFinite(first) ? first : undefined;
}

export function hasProto(row: Row): boolean {
  return row.row !== 'field' || row.slots.length > 0;
}

function textGate(entries: readonly TextEntry[], path: string, own: Gate): number {
  for (const entry of entries) {
    if (entry === path) return own.since ?? 0;
    if (typeof entry === 'string') continue;
    if ((entry.item === 'field' || entry.item === 'list') && entry.path === path)
      return Math.max(entry.gate.since ?? 0, own.since ?? 0);
    if (entry.item === 'when' || entry.item === 'present') {
      const inner = textGate(entry.of, path, own);
      if (Number.isFinite(inner)) return Math.max(inner, entry.gate.since ?? 0);
    }
  }
  return Infinity;
}
