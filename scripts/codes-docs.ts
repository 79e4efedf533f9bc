// Writes docs/codes.md from the table of codes; with --check it only says whether the page is current.

import { readFileSync, writeFileSync } from 'node:fs';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import type { CodeRow, TextRule } from '../src/client/notices/row.js';
import { codeFamilies } from '../src/client/notices/table.js';

const page = fileURLToPath(new URL('../docs/codes.md', import.meta.url));

const classes: readonly (readonly [string, string])[] = [
  ['information', 'all is well'],
  ['warning', 'nothing ends'],
  ['advisory', 'the request goes on, with less than was asked'],
  ['request', 'ends the request'],
  ['subscription', 'a stream was reset, stopped, or has to be asked again'],
  ['order', 'the order is rejected, unless it was working already'],
  ['orderState', 'depends on the state of the order; a working one stays live'],
  ['cancel', 'a verdict about a cancel, not about the order'],
  ['connectivity', 'the link between TWS and IBKR'],
  ['session', 'the connection to TWS, or the program on it'],
  ['local', 'made by client libraries, never sent by a gateway'],
];

/** The whole page. */
export function codesPage(): string {
  const families = codeFamilies.map(
    ({ title, rows }) =>
      `## ${title}\n\n| code | class | meaning | remedy |\n|---|---|---|---|\n${[...rows].sort(byCode).map(line).join('\n')}\n`,
  );
  const texts = codeFamilies.flatMap(({ rows }) => rows.filter(isReadInside)).sort(byCode);
  return [
    '# Codes of the gateway\n',
    'Written by `npx tsx scripts/codes-docs.ts` from `src/client/notices/codes`; do not edit.\n',
    'The number says nothing about how bad a code is. A code that is not listed ends the request it answers; on an order it is',
    'a reason to ask for open orders and executions, never a death. In a program,',
    '`explain(code)` and the `meaning`, `remedy` and `help` of a `GatewayError` say the same.\n',
    `| class | what it means |\n|---|---|\n${classes.map(([name, means]) => `| ${name} | ${means} |`).join('\n')}\n`,
    ...families,
    '## What is read inside the texts\n',
    'Texts come in the language of the TWS. What is assumed when no English pattern fits never loses a request or an order.\n',
    `| code | patterns | otherwise |\n|---|---|---|\n${texts.map(textLine).join('\n')}\n`,
  ].join('\n');
}

const byCode = (a: CodeRow, b: CodeRow): number => a.code - b.code;
const cell = (text: string): string => text.replaceAll('|', '\\|');
const codes = ({ code, to }: CodeRow): string => (to === undefined ? `${code}` : `${code}–${to}`);
/** One for each code of the row, so that `help` of an error leads to it. */
const anchors = ({ code, to = code }: CodeRow): string =>
  Array.from({ length: to - code + 1 }, (_, at) => `<a id="${code + at}"></a>`).join('');
const isReadInside = ({ texts, otherwise }: CodeRow): boolean => texts !== undefined || otherwise !== undefined;
const line = (row: CodeRow): string =>
  `| ${anchors(row)}${codes(row)} | ${[row.class, ...(row.also ?? [])].join(', ')} | ${cell(row.meaning)} | ${cell(row.remedy)} |`;
const rule = ({ pattern, reads }: TextRule): string => `\`${pattern.source}\` → ${reads}`;
const textLine = (row: CodeRow): string =>
  `| ${codes(row)} | ${cell((row.texts ?? []).map(rule).join('; '))} | ${cell(row.otherwise ?? 'as the table says')} |`;

if (argv[1] === fileURLToPath(import.meta.url)) {
  if (!argv.includes('--check')) writeFileSync(page, codesPage());
  else if (readFileSync(page, 'utf8') !== codesPage()) {
    process.stderr.write('docs/codes.md is out of date: run npx tsx scripts/codes-docs.ts\n');
    process.exitCode = 1;
  }
}
