// Nothing a gateway writes makes the redactor slow: counted in bytes looked at, not in seconds.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Learnt } from '../../../src/capture/redact/learnt.js';
import { markupSecrets } from '../../../src/capture/redact/markup.js';
import { type Around, Search } from '../../../src/capture/redact/search.js';
import { incomingEncoder } from '../../../src/protocol/encode.js';
import { bytes, redacted } from './frames.js';

/** The bytes, and how many times one of them was looked at. */
function counted(text: string): { bytes: Uint8Array; reads: () => number } {
  let reads = 0;
  const target = Buffer.from(text);
  const proxy = new Proxy(target, {
    get(of, key) {
      if (typeof key === 'string' && /^\d+$/.test(key)) reads += 1;
      return Reflect.get(of, key, of) as unknown;
    },
  });
  return { bytes: proxy, reads: () => reads };
}

const numbers = (length: number): string => Array.from({ length: length / 10 }, (_, n) => `U${9_000_000 + n} ;`).join('');
const SHAPES: readonly (readonly [name: string, text: (length: number) => string])[] = [
  ['different accounts', numbers],
  ['one account over and over', (length) => 'DU9555111'.repeat(length / 9)],
  ['account letters', (length) => 'DUDUFI'.repeat(length / 6)],
  ['a letter and digits without end', (length) => `U${'9'.repeat(length)}`],
  ['four digits over and over', (length) => 'U9999'.repeat(length / 5)],
  ['openings', (length) => '<'.repeat(length)],
  ['names that are not closed', (length) => '<name'.repeat(length / 5)],
  ['elements that are not closed', (length) => '<name>'.repeat(length / 6)],
  ['one opening and blanks', (length) => `<name ${' '.repeat(length)}`],
  ['attributes that are not closed', (length) => '<a alias="'.repeat(length / 10)],
  ['equals signs', (length) => `<a ${'='.repeat(length)}`],
  ['CDATA that is not closed', (length) => '<![CDATA['.repeat(length / 9)],
  ['half ends of CDATA', (length) => `<![CDATA[${']]'.repeat(length / 2)}`],
  ['comments', (length) => '<!--->'.repeat(length / 6)],
  ['quotes', (length) => `<a alias=${'"\''.repeat(length / 2)}`],
  ['entities that are not closed', (length) => '&#1'.repeat(length / 3)],
  ['entity letters', (length) => '&amp'.repeat(length / 4)],
  ['escapes', (length) => '\\u00'.repeat(length / 5)],
  ['zero-width signs', (length) => `U9${'\u200b'.repeat(length / 3)}654321`],
  ['beginnings of a learnt name', (length) => 'aaaaaaab '.repeat(length / 9)],
];
const SMALL = 10_000;

describe.each(SHAPES)('%s', (_name, text) => {
  it.each(['text', 'bytes'] satisfies Around[])('are searched in time that goes with their length, as %s', (around) => {
    const reads = (length: number): number => {
      const learnt = new Learnt(['aaaaaaaa', 'aaaaaaa aaaaaaa', 'Growth Pot']);
      const search = new Search(learnt, new Set(['account', 'name']));
      const given = counted(text(length));
      search.walk(given.bytes, { from: 0, to: given.bytes.length, before: given.bytes.length }, around, () => undefined);
      return given.reads();
    };
    expect(reads(SMALL)).toBeGreaterThan(SMALL / 2);
    expect(reads(4 * SMALL)).toBeLessThan(4.2 * reads(SMALL));
    expect(reads(SMALL)).toBeLessThan(20 * SMALL);
  });

  it('are taken apart as markup in time that goes with their length', () => {
    const reads = (length: number): number => {
      const given = counted(text(length));
      markupSecrets(given.bytes, 0, given.bytes.length);
      return given.reads();
    };
    expect(reads(4 * SMALL)).toBeLessThan(4.2 * reads(SMALL));
    expect(reads(SMALL)).toBeLessThan(40 * SMALL);
  });

  it('300,000 signs of them in advisor data and in an error are redacted within the time of a test', () => {
    const encoder = incomingEncoder(225);
    const frames = [
      encoder.encode('receiveFA', { faDataType: 1, xml: text(300_000) }),
      encoder.encode('error', { reqId: 1, errorCode: 1, errorString: text(300_000) }),
    ];
    const found = redacted(
      225,
      frames.map((frame) => bytes('in', frame)),
    );
    expect(found.length).toBe(2);
  }, 60_000);
});

it('thousands of learnt names cost a search no more than one', () => {
  const reads = (names: number): number => {
    const learnt = new Learnt(Array.from({ length: names }, (_, n) => `Pot number ${n}`));
    const given = counted('Pot number x, Pot of U9654321. '.repeat(1000));
    new Search(learnt, new Set(['name'])).walk(
      given.bytes,
      { from: 0, to: given.bytes.length, before: 1e9 },
      'text',
      () => undefined,
    );
    return given.reads();
  };
  expect(reads(5000)).toBeLessThanOrEqual(reads(1) * 1.01);
});

it('the redactor matches no regular expression against what a gateway wrote', () => {
  for (const file of readdirSync('src/capture/redact')) {
    const code = readFileSync(`src/capture/redact/${file}`, 'utf8').replaceAll(/^\s*(\/\/|\*|\/\*).*$/gm, '');
    expect(code, file).not.toMatch(/RegExp|\.match|\.test\(|= \/|\(\//);
  }
});
