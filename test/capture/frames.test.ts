import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaptureHeader, CaptureRecord, Direction } from '../../src/capture/format.js';
import { type CapturedItem, framesOf } from '../../src/capture/frames.js';
import { anyCuts, pieces } from './arbitraries.js';
import { capture, captureNames, items } from './captures.js';

const header: CaptureHeader = {
  serverVersion: undefined,
  serverVersionBounds: undefined,
  start: undefined,
  redactions: [],
  source: undefined,
};
const bytes = (direction: Direction, text: string, micros = 0): CaptureRecord => ({
  what: 'bytes',
  micros,
  direction,
  bytes: Buffer.from(text, 'latin1'),
});
const connected: CaptureRecord = { what: 'connected', micros: 0, serverVersion: undefined };
const HELLO = 'API\0\0\0\0\x09v100..176';
const GREETING = '\0\0\0\x08176\0now\0';

const brief = (found: Iterable<CapturedItem>): string[] =>
  [...found].map((item) => {
    if (item.what === 'broken') return `${item.direction} broken ${item.error.code}`;
    if (item.what !== 'frame') return item.what;
    const text = Buffer.from(item.payload).toString('latin1');
    return `${item.direction} ${item.part}@${item.serverVersion} ${item.connection} +${item.offset} ${JSON.stringify(text)}`;
  });

describe('framesOf', () => {
  it('tells the handshake from messages and learns the server version from the greeting', () => {
    const records = [
      connected,
      bytes('out', HELLO),
      bytes('in', GREETING),
      bytes('out', '\0\0\0\x0971\x002\x0010\0\0'),
      bytes('in', '\0\0\0\x059\x001\x007'.concat('\0\0\0\x03', '17\0')),
    ];
    expect(brief(framesOf(header, records))).toStrictEqual([
      'connected',
      'out hello@undefined 0 +0 "API\\u0000\\u0000\\u0000\\u0000\\tv100..176"',
      'in greeting@176 0 +4 "176\\u0000now\\u0000"',
      'out message@176 0 +21 "71\\u00002\\u000010\\u0000\\u0000"',
      'in message@176 0 +16 "9\\u00001\\u00007"',
      'in message@176 0 +25 "17\\u0000"',
    ]);
  });

  it('begins with messages when the capture begins inside a connection, at the version of the header', () => {
    const found = framesOf({ ...header, serverVersion: 163 }, [bytes('in', '\0\0\0\x028\0')]);
    expect(brief(found)).toStrictEqual(['in message@163 -1 +4 "8\\u0000"']);
  });

  it('takes a client for connected whose first bytes the source does not show', () => {
    const records = [connected, bytes('in', GREETING), bytes('out', '\0\0\0\x028\0')];
    expect(brief(framesOf(header, records)).at(-1)).toBe('out message@176 0 +4 "8\\u0000"');
  });

  it('gives a remark to the frames of the next bytes alone', () => {
    const about = { what: 'about', micros: 0, doubts: ['partial'], serverVersion: 201, text: 'tail' } as const;
    const found = [...framesOf(header, [about, bytes('in', '\0\0\0\x028\0'), bytes('in', '\0\0\0\x028\0')])];
    expect(found).toMatchObject([
      { doubts: ['partial'], serverVersion: 201, text: 'tail' },
      { doubts: [], serverVersion: undefined, text: undefined },
    ]);
  });

  it('starts over at a cut, and passes over a stream that makes no sense until then', () => {
    const records = [
      bytes('in', '\0\0\0\x05half'),
      { what: 'cut', micros: 1 } as const,
      bytes('in', '\0\0\0\x028\0\xff\xff\xff\xff'),
      bytes('in', '\0\0\0\x029\0'),
      bytes('out', '\0\0\0\x027\0'),
      { what: 'cut', micros: 2 } as const,
      bytes('in', '\0\0\0\x026\0'),
    ];
    expect(brief(framesOf(header, records))).toStrictEqual([
      'cut',
      'in message@undefined -1 +4 "8\\u0000"',
      'in broken FRAME_LENGTH',
      'out message@undefined -1 +4 "7\\u0000"',
      'cut',
      'in message@undefined -1 +4 "6\\u0000"',
    ]);
  });

  it('calls a connection broken whose server does not greet', () => {
    expect(brief(framesOf(header, [connected, bytes('in', '\0\0\0\x04HTTP')]))).toStrictEqual([
      'connected',
      'in broken HANDSHAKE',
    ]);
    expect(brief(framesOf(header, [connected, bytes('out', 'API\x01')]))).toStrictEqual(['connected', 'out broken HANDSHAKE']);
  });

  it('counts the connections of a capture', () => {
    const found = items('ibkr-go-versions-208-222');
    const versions = found.flatMap((item) => (item.what === 'frame' && item.part === 'greeting' ? [item] : []));
    expect(versions.map(({ connection, serverVersion }) => [connection, serverVersion])).toStrictEqual(
      Array.from({ length: 15 }, (_, n) => [n, 208 + n]),
    );
  });

  it('reads every fixture without a broken stream', () => {
    for (const name of captureNames)
      expect(
        items(name).filter((item) => item.what === 'broken'),
        name,
      ).toStrictEqual([]);
  });

  describe('properties', () => {
    it('gives the same frames however the bytes are split', () =>
      fc.assert(
        fc.property(fc.constantFrom('pyfutures-request-bars', 'ibkr-go-order-fill-v225'), anyCuts, (name, cuts) => {
          const whole = capture(name);
          const split = whole.records.flatMap((record): CaptureRecord[] => {
            if (record.what !== 'bytes') return [record];
            return [...pieces(record.bytes, cuts)].map((part) => ({ ...record, bytes: part }));
          });
          const plain = (item: CapturedItem) => (item.what === 'frame' ? { ...item, doubts: [], text: undefined } : item);
          expect([...framesOf(whole.header, split)].map(plain)).toStrictEqual(
            [...framesOf(whole.header, whole.records)].map(plain),
          );
        }),
        { seed: 21, numRuns: 40 },
      ));
  });
});
