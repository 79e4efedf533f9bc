// The name that was meant: by letters, or as a part of another; nothing where two could be meant.
import { describe, expect, it } from 'vitest';
import { hintOrNames } from '../../src/input/checks.js';
import { nearest } from '../../src/input/nearest.js';

const bars = ['duration', 'size', 'show', 'end', 'useRTH', 'keepUpToDate'];

describe('nearest', () => {
  it.each([
    ['by one letter', 'sise', bars, 'size'],
    ['whatever the case', 'useRth', bars, 'useRTH'],
    ['as the end of what was written', 'barSize', bars, 'size'],
    ['as the beginning of what there is', 'stop', ['takeProfit', 'stopLoss'], 'stopLoss'],
    ['by five letters at the beginning', 'expiry', ['expiries', 'rights'], 'expiries'],
    ['one nearer by letters before one that is a part', 'sizes', ['size', 'sizesOf'], 'size'],
    ['nothing, where two are a part', 'stop', ['stopLoss', 'stopPrice'], undefined],
    ['nothing, where three letters are the part', 'weekend', ['end'], undefined],
    ['nothing like it', 'zzz', bars, undefined],
  ])('finds it %s', (_, name, known, meant) => {
    expect(nearest(name, known)).toBe(meant);
  });
});

describe('what is said of a name that nobody knows', () => {
  it('is the one that was meant, or else all that there are, when they are few', () => {
    expect(hintOrNames('barSize', bars)).toBe(', did you mean size?');
    expect(hintOrNames('colour', bars)).toBe('; there is duration, size, show, end, useRTH, keepUpToDate');
    expect(hintOrNames('colour', [])).toBe('');
    expect(
      hintOrNames(
        'colour',
        Array.from({ length: 40 }, (_, at) => `name${at}`),
      ),
    ).toBe('');
  });
});
