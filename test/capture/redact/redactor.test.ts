import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldsOf, leafOf } from '../../../src/capture/fields.js';
import type { CaptureHeader, CaptureRecord, Direction, Redaction } from '../../../src/capture/format.js';
import { framesOf } from '../../../src/capture/frames.js';
import { Pseudonyms } from '../../../src/capture/redact/pseudonyms.js';
import { Redactor } from '../../../src/capture/redact/redactor.js';
import { secretOf } from '../../../src/capture/redact/secrets.js';
import { incomingDecoder, outgoingDecoder } from '../../../src/protocol/decode.js';
import { incomingEncoder, outgoingEncoder } from '../../../src/protocol/encode.js';
import { anyCuts, pieces } from '../arbitraries.js';
import { capture, captureNames, certainMessages } from '../captures.js';

const header = (serverVersion: number | undefined): CaptureHeader => ({
  serverVersion,
  serverVersionBounds: undefined,
  start: undefined,
  redactions: [],
  source: undefined,
});
const bytes = (direction: Direction, content: Uint8Array, micros = 0): CaptureRecord => ({
  what: 'bytes',
  micros,
  direction,
  bytes: content,
});
const raw = (content: string): Uint8Array => Buffer.from(content, 'latin1');

function redacted(
  version: number | undefined,
  records: readonly CaptureRecord[],
  wanted?: readonly Redaction[],
): CaptureRecord[] {
  const redactor = new Redactor(header(version), wanted);
  return [...records.flatMap((record) => redactor.push(record)), ...redactor.end()];
}
const texts = (records: readonly CaptureRecord[]): string[] =>
  records.map((record) => (record.what === 'bytes' ? Buffer.from(record.bytes).toString('latin1') : record.what));

/** The message in the first record of a redacted capture. */
const incoming = (version: number, frames: readonly Uint8Array[]) => {
  const records = redacted(
    version,
    frames.map((frame) => bytes('in', frame)),
  );
  return records.map((record) => {
    if (record.what !== 'bytes') throw new Error('not bytes');
    return incomingDecoder(version).decode(record.bytes, 4, record.bytes.length);
  });
};

describe.each([176, 225])('a redacted capture at server version %i', (version) => {
  const message = incomingEncoder(version);

  it('has every account replaced by one and the same stand-in, as long as it was', () => {
    const found = incoming(version, [
      message.encode('managedAccounts', { accountsList: 'DU9555111,DU9555222,U9555' }),
      message.encode('accountSummary', { reqId: 1, account: 'DU9555222', tag: 'AccountType', value: 'LLC', currency: '' }),
      message.encode('accountSummary', { reqId: 1, account: 'U9555', tag: 'x', value: 'DU9555111', currency: '' }),
    ]);
    expect(found).toMatchObject([
      { accountsList: 'DU9000001,DU9000002,DU901' },
      { account: 'DU9000002', value: 'LLC' },
      { account: 'DU901', value: 'DU9000001' },
    ]);
  });

  it('has names and order refs replaced, and leaves words of the gateway and empty fields alone', () => {
    const order = { account: '', orderRef: 'my strategy 7', faGroup: 'Family', action: 'BUY', tif: 'DAY' };
    const requests = outgoingEncoder(version);
    const records = redacted(version, [
      bytes('out', requests.encode('placeOrder', { orderId: 1, contract: { symbol: 'AAPL' }, order })),
      bytes(
        'out',
        requests.encode('placeOrder', { orderId: 2, contract: { symbol: 'AAPL' }, order: { ...order, faGroup: 'All' } }),
      ),
    ]);
    const decoded = records.map((record) => {
      if (record.what !== 'bytes') throw new Error('not bytes');
      return outgoingDecoder(version).decode(record.bytes, 4, record.bytes.length);
    });
    const told = { contract: { symbol: 'AAPL' }, order: { orderRef: 'ref0000000001', action: 'BUY', tif: 'DAY' } };
    expect(decoded).toMatchObject([
      { ...told, order: { ...told.order, faGroup: 'name01' } },
      { ...told, order: { ...told.order, faGroup: 'All' } },
    ]);
  });

  it('has accounts replaced inside the text of errors, known or only looking like one', () => {
    const texts = ['No trading for DU9555111.', 'AccountDU9555111 EUR/U95551112X', 'advisor F955512'];
    const found = incoming(
      version,
      texts.map((errorString) => message.encode('error', { reqId: 1, errorCode: 201, errorString })),
    );
    expect(found).toMatchObject([
      { errorString: 'No trading for DU9000001.' },
      { errorString: 'AccountDU9000001 EUR/DU9000002X' },
      { errorString: 'advisor DU90001' },
    ]);
  });

  it('has the accounts and names in advisor data replaced, and its shares kept', () => {
    const xml =
      '<Group><name>Mum</name><ListOfAccts><String>DU9555111</String><String>DU9555222</String></ListOfAccts><amount>7</amount></Group>';
    const [found] = incoming(version, [message.encode('receiveFA', { faDataType: 1, xml })]);
    expect(found).toMatchObject({
      xml: '<Group><name>101</name><ListOfAccts><String>DU9000001</String><String>DU9000002</String></ListOfAccts><amount>7</amount></Group>',
    });
  });

  it('finds a known account in a kind that no table knows', () => {
    const known = message.encode('managedAccounts', { accountsList: 'DU9555111' });
    const body = version === 176 ? raw('999\0DU9555111\0') : raw('\0\0\x03\x84\x0a\x09DU95551112\x01x');
    const unknown = Buffer.concat([Uint8Array.of(0, 0, 0, body.length), body]);
    const records = redacted(version, [bytes('in', known), bytes('in', unknown)]);
    expect(texts(records)[1]).toBe(Buffer.from(unknown).toString('latin1').replace('DU9555111', 'DU9000001'));
  });

  it('finds what looks like an account in a kind that no table knows', () => {
    const body = version === 176 ? raw('999\0DU9555111\0') : raw('\0\0\x03\x84\x0a\x09DU95551112\x01x');
    const unknown = Buffer.concat([Uint8Array.of(0, 0, 0, body.length), body]);
    expect(texts(redacted(version, [bytes('in', unknown)]))[0]).toBe(
      Buffer.from(unknown).toString('latin1').replace('DU9555111', 'DU9000001'),
    );
  });

  it('leaves everything as it was when nothing is to be redacted', () => {
    const frame = message.encode('managedAccounts', { accountsList: 'DU9555111' });
    expect(redacted(version, [bytes('in', frame)], [])).toStrictEqual([bytes('in', new Uint8Array(frame))]);
  });

  it('replaces only what was asked for', () => {
    const order = { account: 'DU9555111', orderRef: 'mine', action: 'BUY', tif: 'DAY' };
    const frame = outgoingEncoder(version).encode('placeOrder', { orderId: 1, contract: { symbol: 'AAPL' }, order });
    const [text] = texts(redacted(version, [bytes('out', frame)], ['orderRef']));
    expect(text).toBe(Buffer.from(frame).toString('latin1').replace('mine', 'ref1'));
  });
});

describe('Redactor', () => {
  const frame = incomingEncoder(176).encode('managedAccounts', { accountsList: 'DU9555111' });

  it('holds a chunk back until its last frame is whole, while whole frames of the other side overtake it', () => {
    const redactor = new Redactor(header(176));
    expect(redactor.push(bytes('in', frame.subarray(0, 10), 1))).toStrictEqual([]);
    expect(redactor.push(bytes('out', raw('\0\0\0\x028\0'), 2))).toStrictEqual([
      bytes('out', new Uint8Array(raw('\0\0\0\x028\0')), 2),
    ]);
    const free = redactor.push(bytes('in', frame.subarray(10), 3));
    expect(texts(free)).toStrictEqual(['\0\0\0\x0f15\x001\0D', 'U9000001\0']);
    expect(free.map(({ micros }) => micros)).toStrictEqual([2, 3]);
  });

  it('learns the server version from the greeting and leaves the handshake alone', () => {
    const records = redacted(undefined, [
      { what: 'connected', micros: 0, serverVersion: undefined },
      bytes('out', raw('API\0\0\0\0\x09v100..176')),
      bytes('in', raw('\0\0\0\x08176\0now\0')),
      bytes('in', frame),
    ]);
    expect(texts(records)).toStrictEqual([
      'connected',
      'API\0\0\0\0\x09v100..176',
      '\0\0\0\x08176\0now\0',
      '\0\0\0\x0f15\x001\0DU9000001\0',
    ]);
  });

  it.each([
    ['the capture ends', []],
    ['the connection ends', [{ what: 'disconnected', micros: 0 }]],
    ['the side ends', [{ what: 'eof', micros: 0, direction: 'in' }]],
    ['the side fails', [{ what: 'failed', micros: 0, direction: 'in', text: 'ECONNRESET' }]],
    ['the next connection comes', [{ what: 'connected', micros: 0, serverVersion: 176 }]],
    ['the stream is cut', [{ what: 'cut', micros: 0 }]],
  ] satisfies [string, CaptureRecord[]][])('searches an unfinished frame for accounts when %s', (_when, after) => {
    const records = redacted(176, [bytes('in', frame), bytes('in', raw('\0\0\0\x7f63\0DU9555111\0DU95')), ...after]);
    expect(texts(records)[1]).toBe('\0\0\0\x7f63\0DU9000001\0DU95');
  });

  it('searches a stream that makes no sense', () => {
    const records = redacted(176, [bytes('in', raw('\xff\xff\xff\xff DU9555111 ')), bytes('in', raw(' DU9555222'))]);
    expect(texts(records)).toStrictEqual(['\xff\xff\xff\xff DU9000001 ', ' DU9000002']);
  });

  it('does not change the chunk it was given', () => {
    const given = new Uint8Array(frame);
    redacted(176, [bytes('in', given)]);
    expect(given).toStrictEqual(new Uint8Array(frame));
  });

  it('leaves no account of a captured message in place, and changes nothing but what is secret', () => {
    // Accounts in the fixtures are invented; here they are taken for real ones.
    const account = /(?<![A-Za-z0-9])D?[UF]\d{5,9}(?![A-Za-z0-9])/g;
    let found = 0;
    for (const { direction, serverVersion, payload, name } of certainMessages()) {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(payload.length);
      const [record] = redacted(serverVersion, [bytes(direction, Buffer.concat([length, payload]))]);
      if (record?.what !== 'bytes') throw new Error('not bytes');
      const before = fieldsOf(direction, serverVersion, payload).fields;
      const after = fieldsOf(direction, serverVersion, record.bytes.subarray(4)).fields;
      const shown = (field: (typeof before)[number], stand: string): unknown => {
        if (secretOf(leafOf(field.path)) !== undefined) return { ...field, value: stand };
        return typeof field.value === 'string' ? { ...field, value: field.value.replaceAll(account, stand) } : field;
      };
      found += before.filter(({ value }) => String(value).match(account)).length;
      expect(
        after.map((field) => shown(field, '?')),
        name,
      ).toStrictEqual(before.map((field) => shown(field, '?')));
      const left = after.flatMap(({ value }) => String(value).match(account) ?? []);
      expect(
        left.every((text) => /^DU9?0+\d$/.test(text)),
        `${name} ${left}`,
      ).toBe(true);
    }
    expect(found).toBeGreaterThan(200);
  });

  describe('properties', () => {
    it('keeps order, times, lengths and marks of every capture, and reads the same however it is split', () =>
      fc.assert(
        fc.property(fc.constantFrom(...captureNames), anyCuts, (name, cuts) => {
          const { header, records } = capture(name);
          const split = records.flatMap((record): CaptureRecord[] => {
            if (record.what !== 'bytes') return [record];
            return [...pieces(record.bytes, cuts)].map((part) => ({ ...record, bytes: part }));
          });
          const run = (given: readonly CaptureRecord[]) => {
            const redactor = new Redactor(header);
            return [...given.flatMap((record) => redactor.push(record)), ...redactor.end()];
          };
          const shape = (record: CaptureRecord) => (record.what === 'bytes' ? { ...record, bytes: record.bytes.length } : record);
          expect(run(split).map(shape)).toStrictEqual(split.map(shape));
          const certain = records.every((record) => record.what !== 'about');
          const payloads = (given: readonly CaptureRecord[]) =>
            [...framesOf(header, given)].map((item) => (item.what === 'frame' ? item.payload : item.what));
          if (certain) expect(payloads(run(split))).toStrictEqual(payloads(run(records)));
        }),
        { seed: 41, numRuns: 60 },
      ));
  });
});

describe('Pseudonyms', () => {
  it('gives different texts different stand-ins of their length, the same one every time', () => {
    const names = new Pseudonyms();
    expect(names.of('account', 'DU9555111')).toBe('DU9000001');
    expect(names.of('account', 'U9555111')).toBe('DU900001');
    expect(names.of('account', 'DU9555222')).toBe('DU9000002');
    expect(names.of('account', 'DU9555111')).toBe('DU9000001');
    expect(names.of('orderRef', 'DU9555111')).toBe('ref000001');
    expect(names.of('name', 'Mum')).toBe('101');
    expect(names.of('name', 'a')).toBe('2');
  });

  it('keeps the length and stays one to one as long as the length allows', () =>
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 3, maxLength: 12 }), { maxLength: 60 }), (originals) => {
        const names = new Pseudonyms();
        const stands = originals.map((text) => names.of('account', text));
        expect(stands.map(({ length }) => length)).toStrictEqual(originals.map(({ length }) => length));
        expect(new Set(stands).size).toBe(originals.length);
      }),
      { seed: 42, numRuns: 100 },
    ));
});
