import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CursorError } from '../../../src/protocol/errors.js';
import { plainText } from '../../../src/protocol/text/numbers.js';
import { TextReader } from '../../../src/protocol/text/reader.js';
import { randomFrom } from '../../helpers/random.js';

type Method =
  | 'int'
  | 'intMax'
  | 'long'
  | 'double'
  | 'size'
  | 'decimal'
  | 'amount'
  | 'bool'
  | 'boolThreeState'
  | 'conjunction'
  | 'text'
  | 'escaped'
  | 'count'
  | 'tagString';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function over(bytes: Uint8Array): TextReader {
  const reader = new TextReader();
  reader.reset(bytes, 0, 0, bytes.length);
  return reader;
}

/** Reads one field and checks that the cursor stands behind its NUL. */
function read(method: Method, text: string): unknown {
  const bytes = utf8(`${text}\0`);
  const reader = over(bytes);
  const value = reader[method]();
  if (reader.at !== bytes.length) expect(reader.at, `${method} of '${text}'`).toBe(bytes.length);
  return value;
}

function error(act: () => unknown): CursorError {
  try {
    act();
  } catch (caught) {
    if (caught instanceof CursorError) return caught;
    throw caught;
  }
  throw new Error('nothing was thrown');
}

describe('int', () => {
  it.each([
    ['0', 0],
    ['-1', -1],
    ['2147483647', 2147483647],
    ['999999999999999', 999999999999999],
    ['9007199254740991', 9007199254740991],
    ['1,234', 1234],
    ['5.0', 5],
    ['+7', 7],
    ['1E3', 1000],
    ['', undefined],
  ])('reads %j', (text, value) => expect(read('int', text)).toBe(value));

  it.each(['x', '1.5', '--1', '-', '1 ', ' 1', '9007199254740993', '0x10', '?', '1e400'])('refuses %j', (text) => {
    expect(error(() => read('int', text)).message).toBe(`'${text}' is not an integer`);
  });

  it('knows its unset form', () => {
    expect(read('intMax', '2147483647')).toBeUndefined();
    expect(read('intMax', '2147483646')).toBe(2147483646);
    expect(read('intMax', '')).toBeUndefined();
  });
});

describe('double', () => {
  it.each([
    ['0', 0],
    ['187.5', 187.5],
    ['-1', -1],
    ['.5', 0.5],
    ['5.', 5],
    ['1.0E-4', 1e-4],
    ['1e+21', 1e21],
    ['0.1', 0.1],
    ['123456789012.345', 123456789012.345],
    ['0.30000000000000004', 0.30000000000000004],
    ['12345678901234567890', 12345678901234567000],
    ['1,234,567.25', 1234567.25],
    ['Infinity', Infinity],
    ['Infinite', Infinity],
    ['-Infinity', -Infinity],
    ['', undefined],
    ['?', undefined],
    ['None', undefined],
    ['1.7976931348623157E308', undefined],
    ['1.7976931348623157e+308', undefined],
  ])('reads %j', (text, value) => expect(read('double', text)).toBe(value));

  it('reads the largest double written out as unset', () => {
    expect(read('double', plainText(Number.MAX_VALUE))).toBeUndefined();
  });

  it('reads NaN as what it is', () => expect(read('double', 'NaN')).toBeNaN());

  it.each(['x', '1.2.3', '1,5', '1,23', '-', '.', '1e', '0x1p3', '1 000', 'infinity'])('refuses %j', (text) => {
    expect(error(() => read('double', text)).message).toBe(`'${text}' is not a number`);
  });

  it('equals Number() for every text of a finite number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        if (value === Number.MAX_VALUE) return;
        expect(read('double', String(value))).toBe(Number(String(value)));
      }),
      { numRuns: 1000, seed: 1 },
    );
  });

  it('equals Number() for every run of digits with a point in it', () => {
    const digits = fc.stringMatching(/^-?[0-9]{0,18}\.?[0-9]{0,18}$/).filter((text) => /[0-9]/.test(text));
    fc.assert(
      fc.property(digits, (text) => {
        expect(read('double', text)).toBe(Number(text));
      }),
      { numRuns: 2000, seed: 2 },
    );
  });
});

describe('double is exact', () => {
  it('for up to nineteen digits, a point anywhere and any exponent', () => {
    const random = randomFrom(11);
    for (let i = 0; i < 60_000; i++) {
      const digits = Array.from({ length: 1 + (random() % 19) }, () => random() % 10).join('');
      const point = random() % (digits.length + 1);
      const exponent = random() % 3 === 0 ? `E${(random() % 50) - 25}` : '';
      const text = `${random() % 4 === 0 ? '-' : ''}${digits.slice(0, point)}${point === digits.length ? '' : '.'}${digits.slice(point)}${exponent}`;
      if (Math.abs(Number(text)) === Number.MAX_VALUE) continue;
      if (!Object.is(read('double', text), Number(text))) expect(read('double', text), text).toBe(Number(text));
    }
  });

  it('for the doubles that option models print', () => {
    const random = randomFrom(12);
    for (let i = 0; i < 60_000; i++) {
      const value = (random() / 0x100000000) * 10 ** -(random() % 12);
      const text = i % 2 === 0 ? String(value) : value.toExponential().replace('e', 'E');
      if (read('double', text) !== value) expect(read('double', text), text).toBe(value);
    }
  });
});

describe('size', () => {
  it.each([
    ['300', 300],
    ['0', 0],
    ['0.00000001', 1e-8],
    ['3000000000', 3000000000],
    ['2147483647', undefined],
    ['9223372036854775807', undefined],
    ['-9223372036854775808', undefined],
    ['1.7976931348623157E308', undefined],
    ['', undefined],
  ])('reads %j', (text, value) => expect(read('size', text)).toBe(value));
});

describe('decimal', () => {
  it.each([
    ['100', '100'],
    ['100.00', '100.00'],
    ['1E-8', '1E-8'],
    ['12345678901234567890.123456789', '12345678901234567890.123456789'],
    ['1,000.5', '1000.5'],
    ['2147483647', undefined],
    ['9223372036854775807', undefined],
    ['', undefined],
  ])('reads %j exactly', (text, value) => expect(read('decimal', text)).toBe(value));

  it.each(['?', 'x', '1.2.3', 'NaN'])('refuses %j: a quantity is never guessed', (text) => {
    expect(error(() => read('decimal', text)).message).toBe(`'${text}' is not a decimal`);
  });
});

describe('long and amount', () => {
  it('keep 64 bits as text', () => {
    expect(read('long', '9223372036854775807')).toBe('9223372036854775807');
    expect(read('long', '')).toBeUndefined();
    expect(error(() => read('long', '1.5')).message).toBe(`'1.5' is not an integer`);
  });

  it('keep an amount as it was sent', () => {
    expect(read('amount', '1234.50')).toBe('1234.50');
    expect(read('amount', '1.7976931348623157E308')).toBeUndefined();
    expect(read('amount', 'n/a')).toBe('n/a');
  });
});

describe('flags', () => {
  it.each([
    ['1', true],
    ['0', false],
    ['', undefined],
    ['2', true],
    ['-1', true],
    ['true', true],
    ['false', false],
  ])('bool reads %j', (text, value) => expect(read('bool', text)).toBe(value));

  it('bool refuses a word and a fraction', () => {
    expect(error(() => read('bool', 'yes')).message).toBe(`'yes' is neither 0 nor 1`);
    expect(error(() => read('bool', '0.5')).message).toBe(`'0.5' is neither 0 nor 1`);
  });

  it('three-state reads 1, 0 and anything else as the default', () => {
    expect(['1', '0', '', '2147483647'].map((text) => read('boolThreeState', text))).toEqual([true, false, undefined, undefined]);
  });

  it('a condition is joined by a or o', () => {
    expect(['a', 'o', ''].map((text) => read('conjunction', text))).toEqual([true, false, undefined]);
    expect(error(() => read('conjunction', 'x')).message).toContain('neither');
  });
});

describe('text', () => {
  it('is undefined when empty', () => expect(read('text', '')).toBeUndefined());

  it('is UTF-8, whatever its length', () => {
    for (const text of ['AAPL', 'Zürich', '中国', '😀', 'x'.repeat(5000), `${'x'.repeat(5000)}ü`])
      expect(read('text', text)).toBe(text);
  });

  it('gives back what was escaped, ASCII escapes excepted', () => {
    expect(read('escaped', 'tama\\u00f1o no v\\u00e1lido')).toBe('tamaño no válido');
    expect(read('escaped', '\\u4e2d\\u56fd')).toBe('中国');
    expect(read('escaped', '\\ud83d\\ude00')).toBe('😀');
    expect(read('escaped', 'C:\\u0041 \\uXYZ1 \\u00')).toBe('C:\\u0041 \\uXYZ1 \\u00');
    expect(read('text', 'tama\\u00f1o')).toBe('tama\\u00f1o');
  });

  it('of another field is never handed out by the intern table', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ minLength: 1, maxLength: 30, unit: 'binary-ascii' }).filter((text) => !text.includes('\0')),
          { minLength: 1, maxLength: 50 },
        ),
        (texts) => {
          const reader = over(utf8(`${texts.join('\0')}\0`));
          expect(texts.map(() => reader.text())).toEqual(texts);
        },
      ),
      { numRuns: 200, seed: 3 },
    );
  });

  it('met again costs no memory: the same field gives the same text', () => {
    const reader = over(utf8('SMART\0SMART\0'));
    expect([reader.text(), reader.text()]).toEqual(['SMART', 'SMART']);
  });
});

describe('counts and options', () => {
  it('a count is what follows; empty and negative are none', () => {
    expect(read('count', '')).toBe(0);
    expect(read('count', '-1')).toBe(0);
    expect(error(() => read('count', '5')).message).toBe('5 elements are announced, more than the frame holds');
    expect(over(utf8('2\0a\0b\0')).count()).toBe(2);
  });

  it('tags and values stand in one field', () => {
    expect(read('tagString', '')).toEqual([]);
    expect(read('tagString', 'a=1;b=x=y;c;')).toEqual([
      { tag: 'a', value: '1' },
      { tag: 'b', value: 'x=y' },
      { tag: 'c', value: '' },
    ]);
  });
});

describe('the cursor', () => {
  it('wants a NUL at the end of a body that is not empty', () => {
    expect(error(() => over(utf8('12'))).message).toBe('the body does not end in NUL');
    expect(() => over(utf8(''))).not.toThrow();
  });

  it('says which offset of the payload a missing field would have', () => {
    const reader = new TextReader();
    const bytes = utf8('xx7\0');
    reader.reset(bytes, 1, 2, 4);
    expect(reader.int()).toBe(7);
    for (const method of ['int', 'double', 'text', 'bool', 'long', 'decimal', 'size', 'skip', 'count', 'tagString'] as const) {
      expect(
        error(() => reader[method]()),
        method,
      ).toMatchObject({ message: 'a field is missing', offset: 3 });
    }
  });

  it('stays inside its part of the buffer', () => {
    const bytes = utf8('1\x002\x003\0');
    const reader = new TextReader();
    reader.reset(bytes, 2, 2, 4);
    expect([reader.peekRaw(), reader.remaining(), reader.bool(), reader.remaining()]).toEqual(['2', 1, true, 0]);
    expect(() => reader.int()).toThrow(CursorError);
  });
});
