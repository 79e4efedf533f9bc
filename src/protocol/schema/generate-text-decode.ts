// Writes the text of the straight function that decodes one kind on the text wire at one server version.

import type { Codec } from './codecs.js';
import { safeName, testText } from './generate-names.js';
import { byCursor, FIELD_LOCALS, readField, skipField } from './generate-text-fields.js';
import { elementsText, handedList, handText, ownerRow } from './hand.js';
import type { MessageTable } from './message.js';
import type { Op, Plan } from './plan.js';
import type { RecordTable, Rows } from './rows.js';

/** Fields up to which digits are read in place: ticks, bars, status messages. */
const HOT = 24;

/** Body of `(r, owners) => message`; undefined where a sink has taken its fields. */
export function textDecoder(table: MessageTable, plan: Plan): string {
  const code: string[] = [];
  const known = new Map<string, string>();
  const locals: string[] = handedList(table) === undefined ? [] : ['l'];
  readOps(plan.ops, { scope: '', code, known, locals, depth: 0, isHot: plan.ops.length <= HOT, isHanded: false, plan, table });
  const message = objectText(table.rows, '', '', known, `kind: '${safeName(table.kind)}'`);
  const end = handText(table, (name) => valueText(table.rows, name, '', '', known), message);
  return `${FIELD_LOCALS}\n${declared(locals)}${code.join('\n')}\nr.at = p;\n${end}`;
}

interface Reading {
  readonly scope: string;
  readonly code: string[];
  /** Path → local that holds it. */
  readonly known: Map<string, string>;
  /** Locals with what they are until their field is met. */
  readonly locals: string[];
  readonly depth: number;
  readonly isHot: boolean;
  /** Inside of the list whose elements a sink can get. */
  readonly isHanded: boolean;
  readonly plan: Plan;
  readonly table: MessageTable;
}

function declared(locals: readonly string[]): string {
  return locals.length > 0 ? `let ${locals.join(', ')};\n` : '';
}

/** The local of a path; `none` is what it holds when its block is passed over. */
function localFor(path: string, to: Reading, none = 'undefined'): string {
  const found = to.known.get(path);
  if (found !== undefined) return found;
  const local = `${to.scope}f_${safeName(path.replaceAll('.', '_'))}`;
  to.known.set(path, local);
  to.locals.push(none === 'undefined' ? local : `${local} = ${none}`);
  return local;
}

function readOps(ops: readonly Op[], to: Reading): void {
  for (const op of ops) readOp(op, to);
}

function readOp(op: Op, to: Reading): void {
  const { code } = to;
  switch (op.op) {
    case 'version':
    case 'constant':
      code.push(skipField());
      return;
    case 'field': {
      const isNew = !to.known.has(op.path);
      const { read, handing } = op.codec;
      const local = localFor(op.path, to);
      if (handing === undefined || !to.isHanded) code.push(readField(local, read, to.isHot, isNew));
      else code.push(byCursor(`${local} = l === undefined ? r.${read}() : r.${handing.read}();`));
      return;
    }
    case 'tagString':
      code.push(byCursor(`${localFor(op.path, to, 'NONE')} = r.tagString();`));
      return;
    case 'pairs':
      readLoop(op.path, `{ tag: r.text() ?? '', value: r.text() ?? '' }`, to);
      return;
    case 'scalars':
      readLoop(op.path, `r.${op.codec.read}()`, to);
      return;
    case 'list':
      readList(op.path, op.record, op.ops, to);
      return;
    case 'alongside':
      readAlongside(op.path, op.name, op.codec, to);
      return;
    case 'when':
      code.push(`if (${testText(op.test, (path) => to.known.get(path) ?? 'undefined', to.plan)}) {`);
      readOps(op.ops, to);
      code.push('}');
      return;
    case 'present': {
      const flag = `h${code.length}`;
      code.push(`let ${flag}; ${readField(flag, 'bool', false)} if (${flag} === true) {`);
      readOps(op.ops, to);
      code.push(`${localFor(op.path, to)} = ${objectText(op.record.rows, to.scope, `${op.path}.`, to.known)};`, '}');
      return;
    }
    case 'choose': {
      const value = to.known.get(op.path) ?? 'undefined';
      code.push(`switch (${value}) {`);
      for (const [key, ops] of op.cases) {
        code.push(`case ${key}:`);
        readOps(ops, to);
        code.push('break;');
      }
      code.push(`default: r.fail('${safeName(op.path)} ' + ${value} + ' is not known', p);\n}`);
    }
  }
}

function readLoop(path: string, element: string, to: Reading): void {
  const list = localFor(path, to, 'NONE');
  to.code.push(byCursor(`k = r.count(); ${list} = []; for (let i = 0; i < k; i++) ${list}.push(${element});`));
}

function readList(path: string, record: RecordTable<Rows>, ops: readonly Op[], to: Reading): void {
  const list = localFor(path, to, 'NONE');
  const id = `${to.depth}_${to.code.length}`;
  const isHot = ops.length <= HOT;
  const found = to.depth === 0 ? handedList(to.table) : undefined;
  const handed = found?.name === path ? found : undefined;
  const isHanded = handed !== undefined;
  const inner: Reading = {
    ...to,
    scope: `e${id}_`,
    code: [],
    known: new Map(),
    locals: [],
    depth: to.depth + 1,
    isHot,
    isHanded,
  };
  readOps(ops, inner);
  const push = `${list}.push(${objectText(record.rows, inner.scope, '', inner.known)});`;
  to.code.push(
    byCursor(`const n${id} = r.count();`),
    ...(isHanded ? [elementsText(to.table, ownerLocal(to), `n${id}`)] : []),
    `${list} = [];`,
    `for (let i${to.depth} = 0; i${to.depth} < n${id}; i${to.depth}++) {`,
    `${declared(inner.locals)}${inner.code.join('\n')}`,
    handed === undefined
      ? push
      : `if (l === undefined) ${push} else l.add(${handed.rows.map((name) => valueText(record.rows, name, inner.scope, '', inner.known)).join(', ')});`,
    '}',
  );
}

/** Lists that are handed over stand behind the id that says to whom. */
function ownerLocal({ table, known }: Reading): string {
  const local = known.get(ownerRow(table) ?? '');
  if (local === undefined) throw new Error(`${table.kind} has its list before its owner`);
  return local;
}

function readAlongside(path: string, name: string, codec: Codec<unknown>, to: Reading): void {
  const list = to.known.get(path) ?? 'undefined';
  to.code.push(
    byCursor('k = r.count();'),
    `if (k > (${list} === undefined ? 0 : ${list}.length)) r.fail('more prices than legs', p);`,
    byCursor(`for (let i = 0; i < k; i++) ${list}[i].${safeName(name)} = r.${codec.read}();`),
  );
}

/** Object literal with every row, so that all objects of a kind share one shape. */
function objectText(rows: Rows, scope: string, prefix: string, known: ReadonlyMap<string, string>, first?: string): string {
  const parts = first === undefined ? [] : [first];
  for (const name of Object.keys(rows)) parts.push(`${safeName(name)}: ${valueText(rows, name, scope, prefix, known)}`);
  return `{ ${parts.join(', ')} }`;
}

/** Expression of what a row holds when all is read. */
function valueText(rows: Rows, name: string, scope: string, prefix: string, known: ReadonlyMap<string, string>): string {
  const path = prefix + name;
  const local = known.get(path);
  if (local !== undefined) return local;
  const row = rows[name];
  if (row?.row === 'record') {
    const inside = [...known.keys()].some((other) => other.startsWith(`${path}.`));
    return inside ? objectText(row.record.rows, scope, `${path}.`, known) : 'undefined';
  }
  return row?.row === 'field' ? 'undefined' : 'NONE';
}
