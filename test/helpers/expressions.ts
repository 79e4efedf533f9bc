// Every regular expression of src as it is written, and texts that are hard for it.

import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';

const src = resolve(import.meta.dirname, '../../src');

export interface Expression {
  /** Below src. */
  readonly file: string;
  /** As it is written: a literal, or the arguments of `new RegExp`. */
  readonly written: string;
}

/** All literals, and all that are made at run time. */
export function expressionsOfSource(): { readonly literals: readonly Expression[]; readonly made: readonly Expression[] } {
  const literals: Expression[] = [];
  const made: Expression[] = [];
  for (const file of readdirSync(src, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!file.endsWith('.ts')) continue;
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) literals.push({ file, written: node.text });
      if ((ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText() === 'RegExp')
        made.push({ file, written: node.arguments?.map((argument) => argument.getText()).join(', ') ?? '' });
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(file, readFileSync(join(src, file), 'utf8'), ts.ScriptTarget.Latest, true));
  }
  return { literals, made };
}

export function read(written: string): RegExp {
  const end = written.lastIndexOf('/');
  return new RegExp(written.slice(1, end), written.slice(end + 1));
}

/** A text of a given length that is hard to read. */
export type Hard = (length: number) => string;

/** A piece again and again, with something before and something behind. */
export function again(piece: string, before = '', behind = ''): Hard {
  return (length) => before + piece.repeat(Math.max(1, Math.ceil((length - before.length) / piece.length))) + behind;
}

/** Half of the one, half of the other. */
export function halves(one: string, other: string, behind = ''): Hard {
  return (length) => one.repeat(length / 2) + other.repeat(length / 2) + behind;
}

const USUAL = [
  ' ',
  '\n',
  '0',
  '9',
  'a',
  'Z',
  '.',
  ':',
  '<',
  '-',
  '<a ',
  '<a>',
  'a.',
  'a-',
  'a ',
  '1,',
  '1.',
  ' \n',
  '=',
  ';',
  '\u202e',
];
const SIGNS = ['0', 'a', ' ', '-', '.', '<'];
/** What may follow where the expression wants an end or something else. */
const BEHIND = ['', '\u0001', '1'];

/** Its own signs and words, and what texts are usually made of: repeated, behind its words, and one half after the other. */
export function hardTexts({ source }: RegExp): readonly Hard[] {
  const bare = source.replaceAll(/\\[a-zA-Z]/g, ' ').replaceAll('\\', '');
  const words = [...new Set(bare.match(/[\w<>/ .:-]{2,}/g))].slice(0, 4);
  const pieces = [...new Set([...bare.slice(0, 60), ...words, ...USUAL])];
  return BEHIND.flatMap((behind) => [
    ...pieces.map((piece) => again(piece, '', behind)),
    ...words.flatMap((word) => pieces.map((piece) => again(piece, word, behind))),
    ...SIGNS.flatMap((one) => SIGNS.map((other) => halves(one, other, behind))),
  ]);
}
