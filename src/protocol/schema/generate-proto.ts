// Writes the text of the straight functions that decode and encode one protobuf message, nested ones included.

import { isText, wireOf } from './codecs.js';
import { safeName, saysSomething } from './generate-names.js';
import { elementsText, type HandedList, handedList, handText, ownerRow } from './hand.js';
import type { MessageTable } from './message.js';
import type { FieldRow, RecordTable, Row, Rows, Slot, Wrapper } from './rows.js';

/** Functions that read a message and the records in it, and the name of the one that reads the message: `(r, owners) => message`. */
export function protoDecoder(table: MessageTable): { readonly functions: string; readonly name: string } {
  const functions = new Map<RecordTable<Rows>, string>();
  readerOf(table, functions, table);
  return { functions: `${[...functions.values()].join('\n')}\n`, name: readName(table) };
}

function readName(record: RecordTable<Rows>): string {
  return `read_${safeName(record.name)}`;
}

interface SlotUse {
  readonly slot: Slot;
  readonly name: string;
  readonly row: FieldRow<unknown>;
  /** Where the value is kept: the row's own local, or one of the wrapper's. */
  readonly local: string;
}

/** Slots of a record by wrapper; `undefined` holds those that stand in the record itself. */
export function slotsByWrapper(rows: Rows): Map<Wrapper | undefined, SlotUse[]> {
  const groups = new Map<Wrapper | undefined, SlotUse[]>();
  for (const [name, row] of Object.entries(rows)) {
    if (row.row !== 'field') continue;
    for (const slot of row.slots) {
      const local = slot.in?.on === undefined ? `v_${safeName(name)}` : `w${slot.in.n}_${safeName(name)}`;
      const group = groups.get(slot.in) ?? [];
      group.push({ slot, name, row, local });
      groups.set(slot.in, group);
    }
  }
  return groups;
}

/** Field numbers that stand in a record itself, or in one of its wrappers. */
export function numbersOf(rows: Rows, wrapper: Wrapper | undefined): readonly number[] {
  const numbers = Object.values(rows).flatMap((row) => {
    if (row.row !== 'field') return wrapper === undefined ? [row.n] : [];
    return row.slots.flatMap((slot) => {
      if (slot.in === wrapper) return [slot.n];
      return wrapper === undefined && slot.in !== undefined ? [slot.in.n] : [];
    });
  });
  return [...new Set(numbers)].sort((a, b) => a - b);
}

const listOf = (numbers: readonly number[]): string => `[${numbers.map(Number).join(',')}]`;

/** `message`: the record is a message, which comes once and ends in `handText`. */
function readerOf(record: RecordTable<Rows>, functions: Map<RecordTable<Rows>, string>, message?: MessageTable): void {
  if (functions.has(record)) return;
  functions.set(record, '');
  const walk = walkOf(record, functions, message);
  const parts = Object.keys(record.rows).map((name) => `${name}: v_${name}`);
  if (message !== undefined) parts.unshift(`kind: '${safeName(message.kind)}'`);
  const object = `{ ${parts.join(', ')} }`;
  const end = message === undefined ? `return ${object};` : handText(message, (name) => `v_${name}`, object);
  const given = message === undefined ? 'prev' : 'owners';
  functions.set(record, `function ${readName(record)}(r, ${given}) {\n${walk}\n${end}\n}`);
}

/** A function that reads one element of a list and hands its rows to `l`. */
function giverText(record: RecordTable<Rows>, rows: readonly string[], functions: Map<RecordTable<Rows>, string>): string {
  const fields = rows.map((name) => `v_${safeName(name)}`).join(', ');
  return `function give_${safeName(record.name)}(r, l) {\nconst prev = undefined;\n${walkOf(record, functions, undefined, true)}\nl.add(${fields});\n}`;
}

/** Statements that read the fields of a record into locals; `isGiven`: as a sink gets them. */
function walkOf(
  record: RecordTable<Rows>,
  functions: Map<RecordTable<Rows>, string>,
  message?: MessageTable,
  isGiven = false,
): string {
  const cases: string[] = [];
  const handed = message === undefined ? undefined : handedList(message);
  const locals: string[] = handed === undefined ? [] : ['l'];
  const groups = slotsByWrapper(record.rows);
  for (const [name, row] of Object.entries(record.rows)) {
    const local = `v_${safeName(name)}`;
    const none = noneOf(row);
    // A message comes once; a nested record that comes again goes on from what it was.
    locals.push(message === undefined ? `${local} = prev === undefined ? ${none} : prev.${name}` : `${local} = ${none}`);
    if (message !== undefined && handed?.name === name) cases.push(handedCase(message, handed, functions));
    else if (row.row !== 'field') cases.push(nestedCase(row, local, functions, message === undefined));
  }
  for (const use of groups.get(undefined) ?? []) cases.push(fieldCase(use, isGiven));
  const choices: string[] = [];
  for (const [wrapper, uses] of groups) {
    if (wrapper === undefined) continue;
    if (wrapper.on !== undefined) {
      locals.push(...uses.map((use) => use.local));
      const test = wrapper.on.values.map((value) => `v_${safeName(wrapper.on!.row)} === ${value}`).join(' || ');
      choices.push(`if (${test}) { ${uses.map((use) => `v_${use.name} = ${use.local};`).join(' ')} }`);
    }
    cases.push(
      `case ${wrapper.n * 8 + 2}: { const o = r.enter(); while (r.at < r.end) { const t = r.tag(); switch (t) {\n` +
        `${uses.map((use) => fieldCase(use, isGiven)).join('\n')}\ndefault: r.pass(t, ${listOf(numbersOf(record.rows, wrapper))}); } } r.leave(o); break; }`,
    );
  }
  return (
    `${locals.length > 0 ? `let ${locals.join(', ')};\n` : ''}` +
    `while (r.at < r.end) { const tag = r.tag(); switch (tag) {\n${cases.join('\n')}\ndefault: r.pass(tag, ${listOf(numbersOf(record.rows, undefined))}); } }\n` +
    choices.join('\n')
  );
}

/** What a row is before anything of it was read. */
function noneOf(row: Row): string {
  if (row.row === 'field') return literal(row.codec.absent);
  return row.row === 'record' ? 'undefined' : 'NONE';
}

function literal(value: unknown): string {
  return value === undefined ? 'undefined' : JSON.stringify(value);
}

/** Elements go to whoever takes them where the id that says who stands before the first; else they are objects. */
function handedCase(
  message: MessageTable,
  { name, n, record, rows }: HandedList,
  functions: Map<RecordTable<Rows>, string>,
): string {
  readerOf(record, functions);
  functions.set(record, `${functions.get(record)}\n${giverText(record, rows, functions)}`);
  const list = `v_${safeName(name)}`;
  // As if all were as long as the first, whose length stands here.
  const about = '(r.end - r.at) / (r.bytes[r.at] + 2)';
  return (
    `case ${n * 8 + 2}: { if (l === undefined && ${list} === NONE) ${elementsText(message, `v_${ownerRow(message)}`, about)}\n` +
    `const o = r.enter(); if (l !== undefined) give_${safeName(record.name)}(r, l); ` +
    `else { if (${list} === NONE) ${list} = []; ${list}.push(${readName(record)}(r, undefined)); } r.leave(o); break; }`
  );
}

function fieldCase({ slot, row: { codec }, local }: SlotUse, isGiven: boolean): string {
  const { protoRead } = (isGiven ? codec.handing : undefined) ?? codec;
  return `case ${slot.n * 8 + wireOf(codec)}: ${local} = r.${protoRead}(); break;`;
}

function nestedCase(
  row: Exclude<Row, FieldRow<unknown>>,
  local: string,
  functions: Map<RecordTable<Rows>, string>,
  goesOn: boolean,
): string {
  const grow = goesOn
    ? `if (${local} === NONE) ${local} = []; else if (prev !== undefined && ${local} === prev.${local.slice(2)}) ${local} = ${local}.slice();`
    : `if (${local} === NONE) ${local} = [];`;
  const tag = row.n * 8 + 2;
  switch (row.row) {
    case 'record':
      readerOf(row.record, functions);
      return `case ${tag}: { const o = r.enter(); ${local} = ${readName(row.record)}(r, ${local}); r.leave(o); break; }`;
    case 'list':
      readerOf(row.record, functions);
      return `case ${tag}: { const o = r.enter(); ${grow} ${local}.push(${readName(row.record)}(r, undefined)); r.leave(o); break; }`;
    case 'tags':
      return `case ${tag}: ${grow} ${local}.push(r.entry()); break;`;
    default: {
      const wire = wireOf(row.codec);
      const one = `case ${row.n * 8 + wire}: ${grow} ${local}.push(r.${row.codec.protoRead}()); break;`;
      if (wire === 2) return one;
      return `${one}\ncase ${tag}: { const o = r.enter(); ${grow} while (r.at < r.end) ${local}.push(r.${row.codec.protoRead}()); r.leave(o); break; }`;
    }
  }
}

// --- encode ---

/** Body of `(w, m, refuse) => void` at a server version. A client leaves out empty texts and flags that are false. */
export function protoEncoder(table: MessageTable, serverVersion: number): string {
  const functions = new Map<RecordTable<Rows>, string>();
  writerOf(table, '', functions, table.direction === 'outgoing', serverVersion);
  return `${[...functions.values()].join('\n')}\nwrite_${safeName(table.name)}(w, m);`;
}

function writerOf(
  record: RecordTable<Rows>,
  path: string,
  functions: Map<RecordTable<Rows>, string>,
  isClient: boolean,
  serverVersion: number,
): void {
  if (functions.has(record)) return;
  functions.set(record, '');
  const parts: { n: number; code: string }[] = [];
  const refusals: string[] = [];
  for (const [name, row] of Object.entries(record.rows)) {
    const value = `m.${safeName(name)}`;
    if (isClient) {
      const refusal = refusalOf(path + name, row, value, serverVersion);
      if (refusal !== undefined) {
        refusals.push(refusal);
        continue;
      }
    }
    if (row.row !== 'field')
      parts.push({ n: row.n, code: writeNested(row, value, `${path}${name}.`, functions, isClient, serverVersion) });
  }
  for (const [wrapper, uses] of slotsByWrapper(record.rows)) {
    const live = uses.filter((use) => !(isClient && (use.row.never || isShut(use.row, serverVersion))));
    if (wrapper === undefined) {
      for (const use of live) parts.push({ n: use.slot.n, code: writeField(use, isClient) });
      continue;
    }
    const inner = [...live].sort((a, b) => a.slot.n - b.slot.n).map((use) => writeField(use, isClient));
    const body = `w.varint(${wrapper.n * 8 + 2}); const s = w.open(); ${inner.join(' ')} w.close(s);`;
    const on = wrapper.on;
    const test = on === undefined ? '' : `if (${on.values.map((value) => `m.${safeName(on.row)} === ${value}`).join(' || ')}) `;
    parts.push({ n: wrapper.n, code: `${test}{ ${body} }` });
  }
  parts.sort((a, b) => a.n - b.n);
  functions.set(
    record,
    `function write_${safeName(record.name)}(w, m) {\nlet v;\n${[...refusals, ...parts.map((part) => part.code)].join('\n')}\n}`,
  );
}

function isShut(row: Row, serverVersion: number): boolean {
  return row.gate.since !== undefined && row.gate.since > serverVersion;
}

/** Refusal of a set value that protobuf has no field for, at this version or at all. */
function refusalOf(path: string, row: Row, value: string, serverVersion: number): string | undefined {
  const shut = isShut(row, serverVersion);
  const none = row.row === 'field' && row.slots.length === 0 && !row.told;
  if (!shut && !none) return undefined;
  const length = row.row === 'field' || row.row === 'record' ? '' : ` && ${value}.length !== 0`;
  const isSet = `${saysSomething(value, row.row === 'field' ? row.codec.nothing : [])}${length}`;
  return `if (${isSet}) refuse(${JSON.stringify(path)}, ${shut ? row.gate.since : 'undefined'});`;
}

function writeField({ slot, name, row }: SlotUse, isClient: boolean): string {
  const { codec } = row;
  const test = !isClient
    ? `v !== ${literal(codec.absent)}${codec.absent === undefined ? '' : ' && v !== undefined'}`
    : codec.proto === 'bool' && !codec.kept && codec.protoRead !== 'boolAsText'
      ? codec.protoRead === 'bool'
        ? 'v === true'
        : 'v !== undefined && v !== 0'
      : isText(codec)
        ? "v !== undefined && v !== ''"
        : 'v !== undefined';
  return `v = m.${name}; if (${test}) { w.varint(${slot.n * 8 + wireOf(codec)}); w.${codec.protoWrite}(v); }`;
}

function writeNested(
  row: Exclude<Row, FieldRow<unknown>>,
  value: string,
  path: string,
  functions: Map<RecordTable<Rows>, string>,
  isClient: boolean,
  serverVersion: number,
): string {
  const tag = row.n * 8 + 2;
  switch (row.row) {
    case 'record':
      writerOf(row.record, path, functions, isClient, serverVersion);
      return `v = ${value}; if (v !== undefined) { w.varint(${tag}); const s = w.open(); write_${row.record.name}(w, v); w.close(s); }`;
    case 'list':
      writerOf(row.record, path, functions, isClient, serverVersion);
      return `for (const x of ${value} ?? NONE) { w.varint(${tag}); const s = w.open(); write_${row.record.name}(w, x); w.close(s); }`;
    case 'tags':
      return `for (const x of ${value} ?? NONE) { w.varint(${tag}); w.entry(x); }`;
    default:
      return wireOf(row.codec) === 2
        ? `for (const x of ${value} ?? NONE) { w.varint(${tag}); w.${row.codec.protoWrite}(x); }`
        : `v = ${value}; if (v !== undefined && v.length !== 0) { w.varint(${tag}); const s = w.open(); for (const x of v) w.${row.codec.protoWrite}(x); w.close(s); }`;
  }
}
