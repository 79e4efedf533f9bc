// Every text of the library and of its command line that tells people to call or to set something.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import * as ibwire from '../../src/index.js';
import { incomingKinds, outgoingKinds } from '../../src/protocol/registry.js';
import type { Rows } from '../../src/protocol/schema/rows.js';

export interface Remedy {
  readonly file: string;
  /** What stands between the parts that are put in is `…`. */
  readonly text: string;
}

const src = resolve(import.meta.dirname, '../../src');
/** A name of ours: `code`, --option, family.call, call(), an option of a session in words. */
const NAMES =
  /`[^`]+`|(^|\s)--[a-z][a-z-]+|\b(accounts|advisor|contracts|history|market|options|orders|limits)\.[a-z]\w+|\b[a-z]\w*\((?=[^)]*\))|read-only option/;
/** Where the command line describes itself. */
const DESCRIPTIONS = new Set(['option', 'description', 'argument', 'addHelpText', 'createOption', 'requiredOption']);
/** An option as it is declared. */
const FLAG = /^--[a-z-]+ <[a-z]+>$/;
const ELSEWHERE = /^cli\/(examples\.ts|completion\/|program\.ts|demo\/)/;

function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('');
}

function isDescription(node: ts.Node): boolean {
  const { parent } = node;
  if (!ts.isCallExpression(parent)) return false;
  const called = parent.expression;
  const name = ts.isPropertyAccessExpression(called) ? called.name.text : called.getText();
  return DESCRIPTIONS.has(name) || /^(add|with)\w*Options?$/.test(name);
}

export function remediesIn(room: string): readonly Remedy[] {
  return readdirSync(join(src, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !ELSEWHERE.test(`${room}/${name}`))
    .flatMap((name) => {
      const file = `${room}/${name}`;
      const found: Remedy[] = [];
      const walk = (node: ts.Node): void => {
        if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
        const text = textOf(node);
        if (text?.includes(' ') && NAMES.test(text) && !FLAG.test(text) && !isDescription(node)) found.push({ file, text });
        ts.forEachChild(node, walk);
      };
      walk(ts.createSourceFile(name, readFileSync(join(src, file), 'utf8'), ts.ScriptTarget.Latest, true));
      return found;
    });
}

/** Requests, messages, their fields, and what the package exports: all that a remedy may name without a mark. */
export function knownNames(): ReadonlySet<string> {
  const names = new Set<string>(Object.keys(ibwire));
  const take = (rows: Rows): void => {
    for (const [name, row] of Object.entries(rows)) {
      names.add(name);
      if (row.row === 'record' || row.row === 'list') take(row.record.rows);
    }
  };
  for (const table of [...incomingKinds, ...outgoingKinds]) {
    names.add(table.kind);
    take(table.rows);
  }
  return names;
}
