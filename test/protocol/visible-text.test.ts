// Texts of others as people may read them: nothing is obeyed, nothing hides, and JSON stays the same JSON.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConnectError, GatewayError, UnusableError } from '../../src/client/wire/errors.js';
import { DecodeError } from '../../src/protocol/errors.js';
import { visibleText } from '../../src/protocol/visible-text.js';

describe('visibleText', () => {
  it.each([
    ['colours', '\u001b[31mred', '\\u001b[31mred'],
    ['the title of a window', '\u001b]0;x\u0007', '\\u001b]0;x\\u0007'],
    ['one-letter controls', '\u009b2J\u0085', '\\u009b2J\\u0085'],
    ['the sign for rub out', 'a\u007f', 'a\\u007f'],
    ['a turn of direction', 'a\u202eb\u2066c\u200f\u061c', 'a\\u202eb\\u2066c\\u200f\\u061c'],
    ['zero-width signs', 'DU9\u200b0\u2060\ufeff\u00ad\u034f', 'DU9\\u200b0\\u2060\\ufeff\\u00ad\\u034f'],
    ['signs beyond 16 bits', '\u{e0041}', '\\udb40\\udc41'],
    ['half a letter', 'a\ud800b', 'a\\ud800b'],
    ['other line ends', 'a\u2028b\u2029', 'a\\u2028b\\u2029'],
    ['a backspace', 'ab\b', 'ab\\u0008'],
  ])('shows %s', (_, text, shown) => expect(visibleText(text)).toBe(shown));

  it('makes one line of several, without the blanks around the ends', () => {
    expect(visibleText('Order Message:\n  BUY 100 AAPL \r\n\tWarning')).toBe('Order Message: BUY 100 AAPL Warning');
  });

  it.each(['', 'plain text', 'Zürich  漢字 😀 – …', 'a  b'])('leaves %j as it is', (text) =>
    expect(visibleText(text)).toBe(text),
  );

  it('leaves nothing that is obeyed or hides, says the same twice, and changes no JSON', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = visibleText(text);
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
        expect(visibleText(shown)).toBe(shown);
        expect(JSON.parse(visibleText(JSON.stringify([text])))).toEqual([text]);
      }),
      { seed: 11, numRuns: 2_000 },
    );
  });
});

describe('messages of errors', () => {
  const text = 'no\u001b[2J\u202e\nway';
  it.each([
    ['GatewayError', new GatewayError({ errorCode: 200, text, id: 1, asked: 'reqContractDetails' })],
    ['ConnectError', new ConnectError('handshake', `The gateway says: ${text}`)],
    ['UnusableError', new UnusableError('nextValidId', new Error(text))],
    ['DecodeError', new DecodeError(text, { kind: 'tickPrice', serverVersion: 176, row: 'price', offset: 3 })],
  ])('of %s are for people', (_, error) => {
    expect(error.message).toContain('no\\u001b[2J\\u202e way');
    expect(error.stack?.split('\n')[0]).toContain('no\\u001b[2J\\u202e way');
  });

  it('have the exact text beside them where a program may want it', () => {
    expect(new GatewayError({ errorCode: 200, text, id: 1, asked: undefined }).text).toBe(text);
  });
});
