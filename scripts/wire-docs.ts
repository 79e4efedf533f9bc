// Writes docs/wire.md from the registry; with --check it only says whether the page is current.

import { readFileSync, writeFileSync } from 'node:fs';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { incomingKinds, outgoingKinds } from '../src/protocol/registry.js';
import { entriesOf } from '../src/protocol/schema/entries.js';
import { gateText } from '../src/protocol/schema/explain.js';
import type { MessageTable } from '../src/protocol/schema/message.js';
import type { Gate, RecordTable, Row, Rows, Test, TextEntry } from '../src/protocol/schema/rows.js';

const page = fileURLToPath(new URL('../docs/wire.md', import.meta.url));

/** The whole page. */
export function wirePage(): string {
  const tables: readonly MessageTable[] = [...incomingKinds, ...outgoingKinds];
  const records = new Map<RecordTable<Rows>, string>();
  for (const table of tables) collect(table.rows, records);
  return [
    '# The wire\n',
    'Written by `npx tsx scripts/wire-docs.ts` from `src/protocol/registry.ts`; do not edit.\n',
    `${incomingKinds.length} kinds come from the gateway, ${outgoingKinds.length} go to it. Below server version 201 the id is the first text field, from 201 on it is`,
    'four bytes; a protobuf body has 200 added to its id. *Text* is the order of the fields between NULs, *n* the protobuf field',
    'number. A row without a text place or without a number is carried by one wire only. Gates name server versions.\n',
    '## Kinds\n',
    kindList('From the gateway', incomingKinds),
    kindList('To the gateway', outgoingKinds),
    '## From the gateway\n',
    ...incomingKinds.map(kind),
    '## To the gateway\n',
    ...outgoingKinds.map(kind),
    '## Records\n',
    ...[...records].sort((a, b) => a[1].localeCompare(b[1], 'en')).map(([table]) => record(table)),
  ].join('\n');
}

function collect(rows: Rows, into: Map<RecordTable<Rows>, string>): void {
  for (const row of Object.values(rows)) {
    if (row.row !== 'record' && row.row !== 'list') continue;
    if (into.has(row.record)) continue;
    into.set(row.record, row.record.name);
    collect(row.record.rows, into);
  }
}

const anchor = (name: string): string => name.toLowerCase();
const cell = (text: string): string => text.replaceAll('|', '\\|');

function forms(table: MessageTable): string {
  const text = table.hasText ? 'text' : '';
  const protobuf = table.protobuf === undefined ? '' : `protobuf \`${table.protobuf.message}\` from ${table.protobuf.since}`;
  return [text, protobuf].filter((form) => form !== '').join(', ');
}

function kindList(title: string, tables: readonly MessageTable[]): string {
  const rows = tables.map(
    (table) =>
      `| [${table.kind}](#${anchor(table.kind)}) | ${table.id} | ${table.since ?? 100} | ${forms(table)} | ${table.key} |`,
  );
  return `### ${title}: the list\n\n| kind | id | since | forms | key |\n|---|---|---|---|---|\n${rows.join('\n')}\n`;
}

function kind(table: MessageTable): string {
  const refuses = table.refuses.map(
    ({ field, needs, gone, when }) =>
      `Refused ${gone === undefined ? `below ${needs}` : `from ${gone[0]} to ${gone[1] - 1}`}: \`${field}\`${when === 'isSet' ? '' : when === 'hasFraction' ? ' with a fraction' : ` when ${test(when)}`}.`,
  );
  return [
    `### ${table.kind}\n`,
    `id ${table.id}, since ${table.since ?? 100}, ${forms(table)}, key ${table.key}.${refuses.map((line) => ` ${line}`).join('')}\n`,
    rowTable(table),
    table.text === undefined ? '' : textList(table),
  ].join('\n');
}

function record(table: RecordTable<Rows>): string {
  return [`### ${table.name}\n`, rowTable(table), table.text === undefined ? '' : textList(table)].join('\n');
}

function rowTable(table: RecordTable<Rows>): string {
  const rows = Object.entries(table.rows);
  if (rows.length === 0) return 'No fields.\n';
  const onText = table.text === undefined ? (row: Row): boolean => row.row !== 'field' || row.text : undefined;
  const lines = rows.map(([name, row], i) => {
    const text =
      onText === undefined ? '' : onText(row) ? ` ${1 + rows.slice(0, i).filter(([, one]) => onText(one)).length} |` : ' |';
    return `| ${name} | ${type(row)} | ${numbers(row)} |${onText === undefined ? '' : text} ${cell(gateText(row.gate))} |`;
  });
  const head =
    onText === undefined
      ? '| row | type | n | gate |\n|---|---|---|---|'
      : '| row | type | n | text | gate |\n|---|---|---|---|---|';
  return `${head}\n${lines.join('\n')}\n`;
}

function type(row: Row): string {
  switch (row.row) {
    case 'field':
      return row.codec.name;
    case 'record':
      return `[${row.record.name}](#${anchor(row.record.name)})`;
    case 'list':
      return `list of [${row.record.name}](#${anchor(row.record.name)})`;
    case 'scalars':
      return `list of ${row.codec.name}`;
    default:
      return row.form === 'string' ? 'tags and values, one text' : 'tags and values, pairs';
  }
}

function numbers(row: Row): string {
  if (row.row !== 'field') return `${row.n}${row.as === undefined ? '' : ` ${row.as}`}`;
  return row.slots
    .map((slot) => `${slot.in === undefined ? '' : `${slot.in.n}.`}${slot.n}${slot.as === undefined ? '' : ` ${slot.as}`}`)
    .join(', ');
}

/** The order on the text wire, where it is not that of the rows. */
function textList(table: RecordTable<Rows>): string {
  return `Text: ${entriesOf(table).map(entry).join(' · ')}\n`;
}

function entry(one: TextEntry): string {
  if (typeof one === 'string') return one;
  const inside = (entries: readonly TextEntry[]): string => `(${entries.map(entry).join(' · ')})`;
  switch (one.item) {
    case 'version':
      return `version ${one.version}${gate(one.gate)}`;
    case 'field':
      return `${one.path}${one.codec === undefined ? '' : ` as ${one.codec.name}`}${gate(one.gate)}`;
    case 'constant':
      return `*${one.name}*${gate(one.gate)}`;
    case 'list':
      return `${one.path}${one.of === undefined ? '' : ` of ${inside(one.of)}`}${gate(one.gate)}`;
    case 'alongside':
      return `list of ${one.path}.${one.name}${gate(one.gate)}`;
    case 'when':
      return `if ${test(one.test)} ${inside(one.of)}${gate(one.gate)}`;
    case 'present':
      return `flag: ${one.path} follows ${inside(one.of)}${gate(one.gate)}`;
    default:
      return Object.entries(one.cases)
        .map(([value, entries]) => `if ${one.path} is ${value} ${inside(entries)}`)
        .join(' · ');
  }
}

function gate(one: Gate): string {
  const text = gateText(one);
  return text === '' ? '' : ` {${text}}`;
}

function test(one: Test): string {
  switch (one.op) {
    case 'in':
      return `${one.path} is ${one.values.join(' or ')}`;
    case 'any':
      return one.tests.map(test).join(' or ');
    case 'all':
      return one.tests.map(test).join(' and ');
    case 'messageSince':
      return `version ≥ ${one.version}`;
    case 'positive':
      return `${one.path} > 0`;
    case 'infinite':
      return `${one.path} is infinite`;
    default:
      return `${one.path} is set`;
  }
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  if (!argv.includes('--check')) writeFileSync(page, wirePage());
  else if (readFileSync(page, 'utf8') !== wirePage()) {
    process.stderr.write('docs/wire.md is out of date: run npx tsx scripts/wire-docs.ts\n');
    process.exitCode = 1;
  }
}
