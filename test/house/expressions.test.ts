// Nothing that reads text takes time with the square of its length: every regular expression of src is tried with texts that are made
// to be hard for it, and so are the functions that read long texts of a gateway.

import { describe, expect, it } from 'vitest';
import { articleText } from '../../src/cli/article-text.js';
import { terminalText } from '../../src/cli/terminal-text.js';
import { readAliases, readGroups } from '../../src/client/advisor/groups.js';
import { readHeadline } from '../../src/client/news/headline.js';
import { explain } from '../../src/client/notices/explain.js';
import { farmNotice } from '../../src/client/notices/farms.js';
import { namedPermId, namedState, newPort, reasonBehindColon } from '../../src/client/notices/texts.js';
import { withoutAccounts } from '../../src/client/notices/without-accounts.js';
import { readScannerOffer } from '../../src/client/scanner/offer.js';
import { insidesOf } from '../../src/client/wire/xml.js';
import { visibleText } from '../../src/protocol/visible-text.js';
import { again, expressionsOfSource, type Hard, halves, hardTexts, read } from '../helpers/expressions.js';

/** The hardest texts are found with the first two, and measured with the last two. */
const [SHORT, LOOK, MIDDLE, LONG] = [500, 4_000, 8_000, 32_000];
/** Four times the text takes four times the time; with the square of it, sixteen times. */
const MOST_TIMES = 8;
/** Below this the collector's work says more than the run: a line takes 3 ms for the long text, a square more than 100. */
const FLOOR_MS = 40;
/** What the look at a text costs where it may be a square; a line takes a tenth of it. */
const DOUBTFUL_MS = 2;

/** Expressions whose text is cut before they see it, with the most letters that they get. */
const CUT: ReadonlyMap<string, number> = new Map([
  // farms.ts: the end of the notice, of 64 letters
  ['/[:.\\uff1a\\u3002]\\s*([A-Za-z][\\w-]*(?:\\.[\\w-]+)*)\\s*$/', 64],
]);

/** Where expressions are made at run time, of parts of our own: the functions that use them are measured below. */
const MAKERS = ['capture/redact/accounts.ts', 'cli/terminal-text.ts', 'protocol/visible-text.ts'];

const { literals, made } = expressionsOfSource();

/** Milliseconds of this process's own time. */
function cost(act: () => void): number {
  const before = process.cpuUsage();
  act();
  return process.cpuUsage(before).user / 1_000;
}

function best(act: () => void): number {
  return Math.min(...Array.from({ length: 3 }, () => cost(act)));
}

/** Undefined where it grows as the text does; else what it took. */
function squareOf(use: (text: string) => unknown, hard: Hard): string | undefined {
  const [middle, long] = [hard(MIDDLE), hard(LONG)];
  const longMs = best(() => use(long));
  const middleMs = best(() => use(middle));
  if (longMs < FLOOR_MS || longMs < MOST_TIMES * middleMs) return undefined;
  return `${middleMs.toFixed(1)} → ${longMs.toFixed(1)} ms with ${JSON.stringify(long.slice(0, 12))}…${JSON.stringify(long.slice(-4))}`;
}

/** What the hardest of the texts show. */
function trouble(use: (text: string) => unknown, texts: readonly Hard[]): string | undefined {
  const seen: { readonly hard: Hard; readonly ms: number }[] = [];
  for (const hard of texts) {
    const short = hard(SHORT);
    const shortMs = cost(() => use(short));
    if (shortMs > 50 && best(() => use(short)) > 50)
      return `${shortMs.toFixed(1)} ms for 500 letters ${JSON.stringify(short.slice(0, 12))}…`;
    const text = hard(LOOK);
    const ms = cost(() => use(text));
    const square = ms > DOUBTFUL_MS ? squareOf(use, hard) : undefined;
    if (square !== undefined) return square;
    seen.push({ hard, ms });
  }
  const worst = seen.sort((a, b) => b.ms - a.ms).slice(0, 3);
  return worst.map(({ hard }) => squareOf(use, hard)).find((found) => found !== undefined);
}

function usedAsWritten(expression: RegExp): (text: string) => void {
  if (expression.global) return (text) => void text.replace(expression, '');
  return (text) => void expression.test(text);
}

describe('regular expressions', () => {
  it('are all found', () => {
    expect(literals.length).toBeGreaterThan(150);
  });

  it('are made at run time nowhere else', () => {
    expect(made.map(({ file }) => file).filter((file) => !MAKERS.includes(file))).toEqual([]);
  });

  const each = [...new Map(literals.map(({ file, written }) => [written, file]))].filter(([written]) => !CUT.has(written));
  it.each(each)('%s is no square of its text (%s)', (written) => {
    const expression = read(written);
    expect(trouble(usedAsWritten(expression), hardTexts(expression))).toBeUndefined();
  });

  it.each([...CUT])('%s gets at most %i letters, and takes no time for them', (written, most) => {
    expect(literals.some((one) => one.written === written)).toBe(true);
    const expression = read(written);
    for (const hard of hardTexts(expression)) {
      const text = hard(most).slice(0, most);
      expect(best(() => expression.test(text))).toBeLessThan(5);
    }
  });

  it.each([/0+$/, /<[^>]+>/g])('%s would be told to be one', (square) => {
    expect(trouble(usedAsWritten(square), hardTexts(square))).toMatch(/ms/);
  });
});

describe('what reads long texts', () => {
  it.each<[string, (text: string) => unknown, readonly Hard[]]>([
    ['visibleText', visibleText, [again('\n '), again(' ', '', '\n'), again('\u001b[')]],
    ['terminalText', terminalText, [again('\u001b['), again('\u001b[1;'), again('1', '\u001b[')]],
    ['withoutAccounts', withoutAccounts, [again('DU1'), again('DU'), again('1'), again('DU12345')]],
    ['articleText', articleText, [again('<a'), again('<'), again('<a>'), again('</p'), again('\n'), again('&amp;')]],
    ['readHeadline', readHeadline, [again('{'), again('{}'), again(' '), again('{A:800015')]],
    [
      'readScannerOffer',
      readScannerOffer,
      [
        again('<LocationTree'),
        again('<LocationTree>'),
        again('<ScanType>'),
        again('<displayName>'),
        again('<displayName></displayName>'),
      ],
    ],
    ['readGroups', readGroups, [again('<Group>'), again('<Group '), again('<Group><Account>'), again('<Group></Group>')]],
    ['readAliases', readAliases, [again('<AccountAlias>'), again('<AccountAlias><account>')]],
    [
      'insidesOf',
      (text) => [...insidesOf(text, 'a')],
      [again('<a>'), again('<a'), again('<a x'), again('</a>'), again('<a></a>')],
    ],
    ['farmNotice', (text) => farmNotice(2104, text), [again(':a'), again('a.'), again(':')]],
    ['namedPermId', namedPermId, [again('1'), halves('1', 'a', '1'), again('1a')]],
    ['newPort', newPort, [halves('1', 'a', '1')]],
    ['namedState', namedState, [halves('a', '-', '1'), again('a-')]],
    ['reasonBehindColon', reasonBehindColon, [again(' '), again(':')]],
    ['explain', (text) => explain(161, { text }), [again('read'), again('maximum'), again('a1')]],
  ])('%s is no square of its text', (_, use, texts) => {
    expect(texts.map((hard) => squareOf(use, hard)).find((found) => found !== undefined)).toBeUndefined();
  });
});
