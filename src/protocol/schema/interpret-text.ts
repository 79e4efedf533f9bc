// Walks a table's rows over a text message, slowly and plainly: the meaning, the fallback, the reporter and the dump.

import { CursorError } from '../errors.js';
import type { TextReader } from '../text/reader.js';
import type { TextWriter } from '../text/writer.js';
import type { Codec } from './codecs.js';
import type { MessageTable } from './message.js';
import type { Missing, Op, Plan } from './plan.js';
import type { Gate, Rows, Test } from './rows.js';

/** An object under construction; rows come in by path. */
export type Draft = { [name: string]: unknown };

/** One field as it was met, for dumps and error places. */
export interface Seen {
  readonly path: string;
  readonly type: string;
  readonly gate: Gate;
  /** Offsets in the buffer. */
  readonly start: number;
  readonly end: number;
  readonly value: unknown;
}

export type Watch = (seen: Seen) => void;

/** Where a walk stands: names the row when a cursor throws. */
export interface Place {
  path: string;
  /** What of the message was read so far. */
  draft?: Draft;
}

export function interpretText(table: MessageTable, plan: Plan, r: TextReader, place: Place = { path: '' }, watch?: Watch): Draft {
  const draft: Draft = {};
  place.draft = draft;
  walkRead(plan.ops, { draft, prefix: '', r, place, watch, plan });
  return { kind: table.kind, ...complete(table.rows, draft) };
}

interface Reading {
  readonly draft: Draft;
  /** Where the draft stands in the whole message, for names. */
  readonly prefix: string;
  readonly r: TextReader;
  readonly place: Place;
  readonly watch: Watch | undefined;
  readonly plan: Plan;
}

function take(path: string, type: string, gate: Gate, read: () => unknown, to: Reading): unknown {
  to.place.path = to.prefix + path;
  const start = to.r.at;
  const value = read();
  to.watch?.({ path: to.prefix + path, type, gate, start, end: to.r.at, value });
  return value;
}

function walkRead(ops: readonly Op[], to: Reading): void {
  for (const op of ops) readOne(op, to);
}

function readOne(op: Op, to: Reading): void {
  const { r, draft } = to;
  switch (op.op) {
    case 'version':
      take('version', 'int', op.gate, () => void r.skip(), to);
      return;
    case 'constant':
      take(op.name, op.codec.name, op.gate, () => void r.skip(), to);
      return;
    case 'field':
      put(
        draft,
        op.path,
        take(op.path, op.codec.name, op.gate, () => readWith(op.codec, r), to),
      );
      return;
    case 'tagString':
      put(
        draft,
        op.path,
        take(op.path, 'tagValueString', op.gate, () => r.tagString(), to),
      );
      return;
    case 'pairs':
      put(
        draft,
        op.path,
        readMany(op.path, op.gate, to, (at) => ({
          tag: take(`${at}.tag`, 'string', op.gate, () => r.text() ?? '', to),
          value: take(`${at}.value`, 'string', op.gate, () => r.text() ?? '', to),
        })),
      );
      return;
    case 'scalars':
      put(
        draft,
        op.path,
        readMany(op.path, op.gate, to, (at) => take(at, op.codec.name, op.gate, () => readWith(op.codec, r), to)),
      );
      return;
    case 'list':
      put(
        draft,
        op.path,
        readMany(op.path, op.gate, to, (at) => {
          const element: Draft = {};
          walkRead(op.ops, { ...to, draft: element, prefix: `${to.prefix}${at}.` });
          return complete(op.record.rows, element);
        }),
      );
      return;
    case 'alongside': {
      const elements = (get(draft, op.path) ?? []) as Draft[];
      const count = take(`${op.path}.count`, 'int', op.gate, () => r.count(), to) as number;
      if (count > elements.length) throw new CursorError('more prices than legs', r.at - r.base);
      for (let i = 0; i < count; i++) {
        elements[i]![op.name] = take(`${op.path}[${i}].${op.name}`, op.codec.name, op.gate, () => readWith(op.codec, r), to);
      }
      return;
    }
    case 'when':
      if (holds(op.test, (path) => get(draft, path), to.plan)) walkRead(op.ops, to);
      return;
    case 'present':
      if (take(`${op.path}.present`, 'bool', op.gate, () => r.bool(), to) === true) {
        put(draft, op.path, complete(op.record.rows, (get(draft, op.path) ?? {}) as Draft));
        walkRead(op.ops, to);
      }
      return;
    case 'choose': {
      const chosen = op.cases.get(get(draft, op.path) as number);
      if (chosen === undefined) throw new CursorError(`${op.path} ${String(get(draft, op.path))} is not known`, r.at - r.base);
      walkRead(chosen, to);
    }
  }
}

function readMany(path: string, gate: Gate, to: Reading, read: (at: string) => unknown): unknown[] {
  const count = take(`${path}.count`, 'int', gate, () => to.r.count(), to) as number;
  const elements: unknown[] = [];
  for (let i = 0; i < count; i++) elements.push(read(`${path}[${i}]`));
  return elements;
}

function readWith(codec: Codec<unknown>, r: TextReader): unknown {
  const read = r[codec.read];
  return typeof read === 'function' ? (read as () => unknown).call(r) : undefined;
}

export function get(draft: unknown, path: string): unknown {
  let value = draft;
  for (const step of path.split('.')) {
    if (value === undefined || value === null) return undefined;
    value = (value as Draft)[step];
  }
  return value;
}

export function put(draft: Draft, path: string, value: unknown): void {
  const steps = path.split('.');
  let at = draft;
  for (const step of steps.slice(0, -1)) {
    at[step] ??= {};
    at = at[step] as Draft;
  }
  at[steps.at(-1)!] = value;
}

/** Every row in the order of the table: what was not met is undefined, a list without elements is empty. */
export function complete(rows: Rows, draft: Draft): Draft {
  const whole: Draft = {};
  for (const [name, row] of Object.entries(rows)) {
    const value = draft[name];
    if (row.row === 'record') whole[name] = value === undefined ? undefined : complete(row.record.rows, value as Draft);
    else whole[name] = value === undefined && row.row !== 'field' ? [] : value;
  }
  return whole;
}

export function holds(test: Test, value: (path: string) => unknown, plan: Plan): boolean {
  switch (test.op) {
    case 'isSet':
      return value(test.path) !== undefined;
    case 'notEmpty': {
      const held = value(test.path);
      return held !== undefined && held !== '' && (held as { length?: number }).length !== 0;
    }
    case 'positive':
      return (value(test.path) as number) > 0;
    case 'infinite':
      return value(test.path) === Infinity;
    case 'in':
      return test.values.includes(value(test.path) as string | number);
    case 'messageSince':
      return plan.messageVersion >= test.version;
    case 'any':
      return test.tests.some((part) => holds(part, value, plan));
    default:
      return test.tests.every((part) => holds(part, value, plan));
  }
}

// --- encode ---

export type Refuse = (path: string, needs: number | undefined, why: string | undefined) => never;

export function interpretTextWrite(
  table: MessageTable,
  plan: Plan,
  w: TextWriter,
  message: unknown,
  refuse: Refuse,
  place: Place = { path: '' },
): void {
  const to: Writing = { message, w, refuse, place, isClient: table.direction === 'outgoing', plan, prefix: '' };
  for (const missing of plan.missing) refuseIfSet(missing, message, refuse);
  walkWrite(plan.ops, to);
}

interface Writing {
  readonly message: unknown;
  readonly w: TextWriter;
  readonly refuse: Refuse;
  readonly place: Place;
  readonly isClient: boolean;
  readonly plan: Plan;
  readonly prefix: string;
}

/** Refuses a value that says something and has no place on the wire. */
export function refuseIfSet(missing: Missing, message: unknown, refuse: Refuse): void {
  const value = get(message, missing.path);
  if (value === undefined || missing.nothing.includes(value)) return;
  if (missing.isList && (value as { length: number }).length === 0) return;
  refuse(missing.path, missing.needs, missing.why);
}

function walkWrite(ops: readonly Op[], to: Writing): void {
  for (const op of ops) writeOne(op, to);
}

function writeWith(codec: Codec<unknown>, value: unknown, w: TextWriter, isClient: boolean): void {
  if (value === undefined && isClient && codec.unset !== '') {
    w.raw(codec.unset);
    return;
  }
  const write = w[codec.write];
  if (typeof write === 'function') (write as (value: unknown) => void).call(w, value);
}

function writeOne(op: Op, to: Writing): void {
  const { w, message } = to;
  if ('path' in op) to.place.path = to.prefix + op.path;
  switch (op.op) {
    case 'version':
      w.raw(String(to.plan.messageVersion));
      return;
    case 'constant':
      w.raw(op.text);
      return;
    case 'field':
      writeWith(op.codec, get(message, op.path), w, to.isClient);
      return;
    case 'tagString':
      w.tagString(get(message, op.path) as never);
      return;
    case 'pairs':
      for (const pair of counted(op.path, to)) {
        w.text(get(pair, 'tag') as string);
        w.text(get(pair, 'value') as string);
      }
      return;
    case 'scalars':
      for (const value of counted(op.path, to)) writeWith(op.codec, value, w, false);
      return;
    case 'list': {
      let i = 0;
      for (const element of counted(op.path, to))
        walkWrite(op.ops, { ...to, message: element, prefix: `${to.prefix}${op.path}[${i++}].` });
      return;
    }
    case 'alongside': {
      const elements = (get(message, op.path) ?? []) as Draft[];
      const any = elements.some((element) => element[op.name] !== undefined);
      const count = any ? elements.findLastIndex((element) => op.name in element) + 1 : 0;
      w.raw(String(count));
      for (const element of elements.slice(0, count)) writeWith(op.codec, element[op.name], w, false);
      return;
    }
    case 'when':
      if (holds(op.test, (path) => get(message, path), to.plan)) walkWrite(op.ops, to);
      else if (to.isClient) for (const missing of op.missing) refuseIfSet(missing, message, to.refuse);
      return;
    case 'present': {
      const isThere = get(message, op.path) !== undefined;
      w.raw(isThere ? '1' : '0');
      if (isThere) walkWrite(op.ops, to);
      return;
    }
    case 'choose': {
      const chosen = op.cases.get(get(message, op.path) as number);
      if (chosen === undefined) to.refuse(op.path, undefined, 'is not a kind that the text wire knows');
      walkWrite(chosen ?? [], to);
    }
  }
}

function counted(path: string, to: Writing): readonly unknown[] {
  const elements = (get(to.message, path) ?? []) as readonly unknown[];
  to.w.raw(String(elements.length));
  return elements;
}
