// Frames that end with the socket, streams that are none, and the two sides of a connection beside each other.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaptureRecord, Direction } from '../../../src/capture/format.js';
import { Redactor } from '../../../src/capture/redact/redactor.js';
import { incomingEncoder, outgoingEncoder } from '../../../src/protocol/encode.js';
import { anyCuts, pieces } from '../arbitraries.js';
import { bytes, framed, headerAt, redacted, texts } from './frames.js';

const order = {
  orderId: 7,
  contract: { symbol: 'AAPL', secType: 'STK' },
  order: { action: 'BUY', tif: 'DAY', account: 'U9654321', faGroup: 'Growth Pot', orderRef: 'pair-hedge', modelCode: 'Momentum' },
};
const execution = {
  reqId: 1,
  contract: { symbol: 'AAPL' },
  execution: { execId: '0001.01', acctNumber: 'U9654321', orderRef: 'pair-hedge', modelCode: 'Momentum' },
};
const xml = '<Group><name>Growth Pot</name><String>U9654321</String><AccountAlias alias="Momentum"/></Group>';
const SECRETS = ['U9654321', 'Growth Pot', 'pair-hedge', 'Momentum'];

const whole: readonly (readonly [name: string, direction: Direction, frame: (version: number) => Uint8Array])[] = [
  ['placeOrder', 'out', (version) => outgoingEncoder(version).encode('placeOrder', order)],
  ['execDetails', 'in', (version) => incomingEncoder(version).encode('execDetails', execution as never)],
  ['receiveFA', 'in', (version) => incomingEncoder(version).encode('receiveFA', { faDataType: 1, xml })],
  [
    'managedAccounts',
    'in',
    (version) => incomingEncoder(version).encode('managedAccounts', { accountsList: 'U9111111,U9654321' }),
  ],
  [
    'error',
    'in',
    (version) =>
      incomingEncoder(version).encode('error', { reqId: 1, errorCode: 1, errorString: 'for xU9654321 as said before' }),
  ],
];

describe.each([176, 225])('a frame that is cut off at server version %i', (version) => {
  it.each(whole)('%s keeps no secret wherever it is cut', (_name, direction, frame) => {
    const all = Buffer.from(frame(version));
    const places = SECRETS.flatMap((secret) => {
      const found: { secret: string; at: number }[] = [];
      for (let at = all.indexOf(secret); at >= 0; at = all.indexOf(secret, at + 1)) found.push({ secret, at });
      return found;
    });
    expect(places.length).toBeGreaterThan(0);
    for (let cut = 1; cut < all.length; cut++) {
      const [record] = redacted(version, [bytes(direction, all.subarray(0, cut))]);
      if (record?.what !== 'bytes') throw new Error('no bytes');
      expect(record.bytes.length).toBe(cut);
      const left = Buffer.from(record.bytes);
      for (const { secret, at } of places) {
        const there = Math.min(cut - at, secret.length);
        // Free text shows an account by its looks, from five digits on; a field of its own shows it from its first letter on.
        if (there < (_name === 'error' ? 6 : 2)) continue;
        expect(left.subarray(at, at + there).toString(), `cut at ${cut}`).not.toBe(secret.slice(0, there));
      }
    }
  });

  it('keeps the lengths and every other byte as they were', () => {
    for (const [, direction, frame] of whole) {
      const all = frame(version);
      const [complete] = redacted(version, [bytes(direction, all)]);
      const [cut] = redacted(version, [bytes(direction, all.subarray(0, all.length - 1))]);
      if (complete?.what !== 'bytes' || cut?.what !== 'bytes') throw new Error('no bytes');
      const differs = [...cut.bytes].flatMap((byte, at) => (byte === complete.bytes[at] ? [] : [at]));
      expect(differs.filter((at) => at < all.length - 12)).toStrictEqual([]);
    }
  });

  it('keeps no half of a name or an account that was learnt before, in free text', () => {
    const learnt = [
      bytes('in', incomingEncoder(version).encode('receiveFA', { faDataType: 1, xml })),
      bytes('in', incomingEncoder(version).encode('managedAccounts', { accountsList: 'ABC-9654' })),
    ];
    for (const secret of ['Growth Pot', 'ABC-9654']) {
      const text = `nothing of Growth for ${secret}`;
      const all = Buffer.from(incomingEncoder(version).encode('error', { reqId: 1, errorCode: 1, errorString: text }));
      const at = all.indexOf(text) + text.length - secret.length;
      for (let there = 1; there <= secret.length; there++) {
        const left = texts(redacted(version, [...learnt, bytes('in', all.subarray(0, at + there))])).at(-1) ?? '';
        expect(left).toContain('nothing of Growth for ');
        const isKept = left.endsWith(secret.slice(0, there));
        expect(isKept, `${there} of ${secret}: ${left}`).toBe(there < 3);
      }
    }
  });

  it('gives no half a name to what is replaced elsewhere', () => {
    const cut = outgoingEncoder(version).encode('placeOrder', { ...order, order: { ...order.order, faGroup: 'theory' } });
    const half = cut.subarray(0, Buffer.from(cut).indexOf('theory') + 3);
    const again = incomingEncoder(version).encode('error', { reqId: 1, errorCode: 1, errorString: 'and the rest' });
    const records: CaptureRecord[] = [bytes('out', half), { what: 'cut', micros: 0 }, bytes('in', again)];
    expect(texts(redacted(version, records)).at(-1)).toContain('and the rest');
  });
});

describe('a stream that is no frames', () => {
  const junk = Buffer.from('\xff\xff\xff\xff', 'latin1');

  it('keeps no account that lies across two chunks', () => {
    const text = ' to U9654321, and DU9555111 ';
    for (let cut = 1; cut < text.length; cut++) {
      const records = [
        bytes('in', junk),
        bytes('in', Buffer.from(text.slice(0, cut))),
        bytes('in', Buffer.from(text.slice(cut))),
      ];
      expect(texts(redacted(176, records)).slice(1).join('')).toBe(' to DU900001, and DU9000001 ');
    }
  });

  it('keeps no name that was learnt before it broke', () => {
    const frame = incomingEncoder(176).encode('receiveFA', { faDataType: 1, xml });
    const found = redacted(176, [
      bytes('in', frame),
      bytes('in', junk),
      bytes('in', Buffer.from('xxGrowth ')),
      bytes('in', Buffer.from('Potxx')),
    ]);
    expect(texts(found).slice(-2).join('')).toBe('xxname000001xx');
  });

  it('goes on to the disk while it comes: only what could be the beginning of a secret waits', () => {
    const redactor = new Redactor(headerAt(176));
    expect(redactor.push(bytes('in', junk)).length).toBe(0);
    expect(redactor.push(bytes('in', Buffer.alloc(100_000, 'abc\0'))).length).toBe(2);
    expect(redactor.push(bytes('in', Buffer.from('U9654'))).length).toBe(0);
    expect(texts(redactor.push(bytes('in', Buffer.from('321\0'))))).toStrictEqual(['DU900', '001\0']);
  });
});

describe('the two sides of a connection', () => {
  const half = Buffer.from('\0\0\0\x7f63\x001\0', 'latin1');
  const frame = (n: number): Uint8Array => framed(`8\x001\0${n}\0`);

  it.each([
    ['in', 'out'],
    ['out', 'in'],
  ] satisfies [Direction, Direction][])(
    'the whole frames of %s do not wait for what the other side has not finished',
    (slow, fast) => {
      const redactor = new Redactor(headerAt(176));
      expect(redactor.push(bytes(slow, half, 1))).toStrictEqual([]);
      for (let n = 2; n < 50; n++) expect(redactor.push(bytes(fast, frame(n), n))).toStrictEqual([bytes(fast, frame(n), n)]);
      expect(redactor.push({ what: 'eof', micros: 60, direction: slow })).toStrictEqual([
        bytes(slow, half, 49),
        { what: 'eof', micros: 60, direction: slow },
      ]);
    },
  );

  it('an unfinished frame holds back no stream of the other side that is broken', () => {
    const redactor = new Redactor(headerAt(176));
    redactor.push(bytes('in', half, 1));
    redactor.push(bytes('out', Buffer.from('\xff\xff\xff\xff\0', 'latin1'), 2));
    expect(redactor.push(bytes('out', Buffer.alloc(5000), 3)).map(({ micros }) => micros)).toStrictEqual([3]);
  });

  it('keep their order where nothing overtakes, with marks and what is said about frames in their places', () => {
    const about: CaptureRecord = { what: 'about', micros: 3, doubts: ['partial'], serverVersion: undefined, text: undefined };
    const records: CaptureRecord[] = [
      { what: 'connected', micros: 0, serverVersion: 176 },
      bytes('out', Buffer.from([0]), 1),
      { what: 'note', micros: 2, text: 'here' },
      about,
      bytes('in', half, 3),
      { what: 'eof', micros: 4, direction: 'in' },
      { what: 'failed', micros: 5, direction: 'out', text: 'EPIPE' },
      { what: 'disconnected', micros: 6 },
      { ...about, micros: 7 },
    ];
    expect(redacted(176, records)).toStrictEqual(records);
  });

  it('takes what waits for one side in pieces without looking through all of them each time', () => {
    const redactor = new Redactor(headerAt(176));
    const length = Buffer.from([0, 0x0f, 0xff, 0xff]);
    let given = redactor.push(bytes('in', length)).length;
    for (let n = 0; n < 60_000; n++) {
      given += redactor.push(bytes('in', Buffer.alloc(16))).length;
      given += redactor.push(bytes('out', frame(1))).length;
    }
    expect(given).toBe(60_000);
    expect(redactor.end().length).toBe(60_001);
  });

  it('never lose a byte, a chunk border, or their order, and the time never goes back', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom<Direction>('in', 'out'), fc.uint8Array({ maxLength: 60 }), fc.boolean()), {
          maxLength: 12,
        }),
        anyCuts,
        (said, cuts) => {
          const records: CaptureRecord[] = said.flatMap(([direction, content, isFramed], micros) =>
            [...pieces(isFramed ? framed(content) : content, cuts)].map((part) => bytes(direction, part, micros)),
          );
          const found = redacted(225, records);
          for (const direction of ['in', 'out'] as const) {
            const lengths = (all: readonly CaptureRecord[]): number[] =>
              all.flatMap((record) => (record.what === 'bytes' && record.direction === direction ? [record.bytes.length] : []));
            expect(lengths(found)).toStrictEqual(lengths(records));
          }
          const times = found.map(({ micros }) => micros);
          expect(times).toStrictEqual([...times].sort((a, b) => a - b));
        },
      ),
      { seed: 43, numRuns: 200 },
    ));
});
