// Secrets that stand where no field says they are any.
import { describe, expect, it } from 'vitest';
import type { CaptureRecord } from '../../../src/capture/format.js';
import { incomingEncoder, outgoingEncoder } from '../../../src/protocol/encode.js';
import type { IncomingKind, OutgoingKind, RequestInput } from '../../../src/protocol/registry.js';
import { bytes, framed, redacted, texts } from './frames.js';

type Fields = Record<string, unknown>;
const came = (version: number, kind: IncomingKind, fields: Fields): CaptureRecord =>
  bytes('in', incomingEncoder(version).encode(kind, fields as never));
const went = <K extends OutgoingKind>(version: number, kind: K, fields: RequestInput<K>): CaptureRecord =>
  bytes('out', outgoingEncoder(version).encode(kind, fields));
const error = (version: number, errorString: string): CaptureRecord =>
  came(version, 'error', { reqId: 1, errorCode: 321, errorString });

/** What a text becomes as the text of an error, once these records were seen. */
const shown = (version: number, before: readonly CaptureRecord[], text: string): string => {
  const plain = redacted(version, [...before, error(version, '#')]).at(-1);
  if (plain?.what !== 'bytes') throw new Error('no bytes');
  const around = Buffer.from(plain.bytes).toString().split('#');
  const found = texts(redacted(version, [...before, error(version, text)])).at(-1) ?? '';
  // The text wire has letters beyond ASCII as escapes.
  const read = found.replaceAll(/\\u([0-9a-f]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return read.slice(around[0]?.length, read.length - (around[1]?.length ?? 0));
};

describe.each([176, 225])('an account number at server version %i', (version) => {
  it.each([
    ['beside letters', 'acctU9654321', 'acctDU900001'],
    ['between letters', 'xU9654321x', 'xDU900001x'],
    ['between underscores', '_DU9555111_', '_DU9000001_'],
    ['in small letters', 'account du9555111', 'account DU9000001'],
    ['in mixed letters', 'dU9555111', 'DU9000001'],
    ['behind another letter of that kind', 'UU9654321', 'UDU900001'],
    ['twice, in different letters', 'U9654321 u9654321', 'DU900001 DU900001'],
    ['with an advisor letter', 'F9654321 DF9654321 I9654321', 'DU900001 DU9000001 DU900002'],
    ['with a zero-width space', 'DU95\u200b55111', 'DU90\u200b00001'],
    [
      'with a joiner between each two',
      'U\u200d9\u200d6\u200d5\u200d4\u200d3\u200d2\u200d1',
      'D\u200dU\u200d9\u200d0\u200d0\u200d0\u200d0\u200d1',
    ],
    ['with a word joiner, a soft hyphen and a byte order mark', 'U96\u206054\u00ad32\ufeff1', 'DU9\u206000\u00ad00\ufeff1'],
    ['with marks of direction', '\u202eU965\u200f4321\u202c', '\u202eDU90\u200f0001\u202c'],
    ['with entities', 'U96&#8203;54&#x200B;321', 'DU9&#8203;00&#x200B;001'],
  ])('%s is replaced', (_how, text, expected) => {
    expect(shown(version, [], text)).toBe(expected);
  });

  it('in full-width letters is replaced by as many bytes', () => {
    expect(shown(version, [], 'Ｕ９６５４３２１')).toMatch(/^DU90+1$/);
  });

  it.each(['U1234', 'U12345678901', 'XU', '123456', 'EUR 100000', 'UNIT 12345'])('%s is none', (text) => {
    expect(shown(version, [], text)).toBe(text);
  });

  it.each([
    ['tickString', { reqId: 1, tickType: 45, value: 'for U9654321' }],
    ['newsArticle', { requestId: 1, reqId: 1, articleType: 0, articleText: 'for U9654321' }],
    ['tickNews', { reqId: 1, timestamp: 1, providerCode: 'X', articleId: 'X$1', headline: 'for U9654321', extraData: '' }],
    ['historicalNews', { reqId: 1, time: '', providerCode: 'X', articleId: 'X$1', headline: 'for U9654321' }],
    ['updateNewsBulletin', { newsMsgId: 1, newsMsgType: 1, newsMessage: 'for U9654321', originExch: '' }],
    ['accountSummary', { reqId: 1, account: 'All', tag: 'Note', value: 'for U9654321', currency: '' }],
    ['symbolSamples', { reqId: 1, contractDescriptions: [{ contract: { symbol: 'A', description: 'for U9654321' } }] }],
    ['contractDetails', { reqId: 1, contract: { symbol: 'A' }, contractDetails: { longName: 'for U9654321' } }],
  ] satisfies [IncomingKind, Fields][])('inside %s is replaced', (kind, fields) => {
    expect(texts([came(version, kind, fields)])[0]).toContain('for U9654321');
    expect(texts(redacted(version, [came(version, kind, fields)]))[0]).toContain('for DU900001');
  });

  it('inside a protobuf field that no table knows, and in one of another length, is replaced', () => {
    const known = incomingEncoder(225).encode('tickString', { reqId: 1, tickType: 45, value: 'x' }).subarray(4);
    const extra = Buffer.concat([
      known,
      Buffer.from([0xfa, 0x06, 8]),
      Buffer.from('U9654321'),
      Buffer.from([0xfa, 0x06, 9]),
      Buffer.from('DU9654321'),
    ]);
    const [text] = texts(redacted(225, [bytes('in', framed(extra))]));
    expect(text).toContain('DU900001');
    expect(text).toContain('DU9000001');
    expect(text).not.toContain('9654321');
  });
});

describe.each([176, 225])('a name at server version %i', (version) => {
  const xml = (text: string): CaptureRecord => came(version, 'receiveFA', { faDataType: 3, xml: text });
  const order = (fields: Fields): CaptureRecord =>
    went(version, 'placeOrder', { orderId: 1, contract: { symbol: 'AAPL' }, order: { action: 'BUY', tif: 'DAY', ...fields } });

  it.each([
    ['an attribute', [xml('<AccountAlias account="DU9555111" alias="Growth Pot"/>')]],
    ['an attribute in single quotes, with blanks', [xml("<x:Alias ALIAS = ' Growth Pot ' />")]],
    ['an element', [xml('<alias>\n  Growth Pot\n</alias>')]],
    ['an element inside the element', [xml('<name lang="en"><b>Growth Pot</b></name>')]],
    ['CDATA', [xml('<name><![CDATA[Growth Pot]]></name>')]],
    ['an element that breaks off', [xml('<Group><name>Growth Pot')]],
    ['an attribute that breaks off', [xml('<Group name="Growth Pot')]],
    ['advisor data that goes out', [went(version, 'replaceFA', { reqId: 1, faDataType: 1, cxml: '<name>Growth Pot</name>' })]],
    [
      'AccountAlias of a summary',
      [
        came(version, 'accountSummary', {
          reqId: 1,
          account: 'DU9555111',
          tag: 'AccountAlias',
          value: 'Growth Pot',
          currency: '',
        }),
      ],
    ],
    [
      'AccountAlias of the values',
      [
        came(version, 'accountUpdateMulti', {
          reqId: 1,
          account: 'DU9555111',
          modelCode: '',
          key: 'AccountAlias',
          value: 'Growth Pot',
          currency: '',
        }),
      ],
    ],
    [
      'AccountOrGroup of the values',
      [
        came(version, 'updateAccountValue', {
          key: 'AccountOrGroup',
          value: 'Growth Pot',
          currency: '',
          accountName: 'DU9555111',
        }),
      ],
    ],
    ['the group of a request', [went(version, 'reqAccountSummary', { reqId: 1, group: 'Growth Pot', tags: 'NetLiquidation' })]],
    ['the group of an order', [order({ faGroup: 'Growth Pot' })]],
    [
      'the holder of the shares of an order',
      [
        came(version, 'completedOrder', {
          ...{ contract: { symbol: 'AAPL' }, orderState: {} },
          order: { action: 'BUY', tif: 'DAY', shareholder: 'Growth Pot' },
        }),
      ],
    ],
    ['a model', [went(version, 'reqPositionsMulti', { reqId: 1, account: 'DU9555111', modelCode: 'Growth Pot' })]],
  ])('learnt from %s is replaced in the text of an error', (_from, before) => {
    expect(shown(version, before, 'Group Growth Pot, "GROWTH POT" or growth\u200b pot')).toBe(
      'Group name000001, "name000001" or name00\u200b0001',
    );
    expect(texts(redacted(version, before)).join()).not.toMatch(/growth pot/i);
  });

  it('that is an order ref is replaced in the text of an error', () => {
    expect(shown(version, [order({ orderRef: 'pair-7' })], 'order pair-7 twice')).toBe('order ref001 twice');
  });

  it('is replaced in what goes out when it was learnt from what came in', () => {
    const records = [
      xml('<name>Growth Pot</name>'),
      went(version, 'reqMktData', { reqId: 1, contract: { description: 'Growth Pot' }, genericTickList: 'Growth Pot' }),
    ];
    expect(texts(redacted(version, records)).at(-1)).not.toContain('Growth');
  });

  it('is replaced in front of the field that gives it away, in the same frame', () => {
    const text = '<note>for Growth Pot</note><name>Growth Pot</name>';
    expect(texts(redacted(version, [xml(text)]))[0]).toContain('<note>for name000001</note><name>name000001</name>');
  });

  it('is replaced with its entities read, and with letters beyond ASCII', () => {
    expect(shown(version, [xml('<name>Mum &amp; Dad</name>')], 'no Mum & Dad')).toBe('no name00001');
    expect(shown(version, [xml('<name>Müller</name>')], 'for Müller, not Müllers')).toMatch(/^for name\d+, not Müllers$/);
  });

  it('stays where it is a word of the market, a part of a longer word, or too short to be told', () => {
    const before = [xml('<name>USD</name><alias>AAPL</alias><name>Mo</name><name>123</name>')];
    const summary = { reqId: 1, account: 'All', tag: 'X', value: '1', currency: 'USD' };
    expect(texts(redacted(version, [...before, came(version, 'accountSummary', summary)])).at(-1)).toContain('USD');
    expect(shown(version, before, 'USDT 123 Mo')).toBe('USDT 123 Mo');
    expect(shown(version, before, 'in USD')).toBe('in 101'); // free text: nobody can tell
  });

  it('is the account where the alias is the number itself', () => {
    const [text] = texts(redacted(version, [xml('<alias>DU9555111</alias><account>du9555111</account>')]));
    expect(text).toContain('<alias>DU9000001</alias><account>DU9000001</account>');
  });

  it('is replaced in remarks of the capture', () => {
    const note: CaptureRecord = { what: 'note', micros: 0, text: 'Growth Pot of acctU9654321' };
    expect(redacted(version, [xml('<name>Growth Pot</name>'), note]).at(-1)).toMatchObject({
      text: 'name000001 of acctDU900001',
    });
  });

  it('is left alone when only accounts are wanted, and accounts inside it are not', () => {
    const [text] = texts(redacted(version, [order({ faGroup: 'Growth Pot', orderRef: 'U9654321 hedge' })], ['account']));
    expect(text).toContain('Growth Pot');
    expect(text).toContain('DU900001 hedge');
  });
});
