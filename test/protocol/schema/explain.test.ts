import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Encoder, incomingEncoder } from '../../../src/protocol/encode.js';
import { incomingKinds, outgoingKinds } from '../../../src/protocol/registry.js';
import { type Explained, explainFrame, gateText } from '../../../src/protocol/schema/explain.js';
import type { Direction, MessageTable } from '../../../src/protocol/schema/message.js';
import { carriedByProtobuf, carriedByText, telltaleVersions } from '../../arbitraries/carried.js';
import { anyMessage } from '../../arbitraries/messages.js';
import { damage } from '../../helpers/damage.js';
import { randomFrom } from '../../helpers/random.js';
import { wiresOf } from '../../helpers/wire.js';

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const fields = (...texts: readonly (string | number)[]): Uint8Array => latin1(`${texts.join('\0')}\0`);
const explain = (bytes: Uint8Array, serverVersion: number, direction: Direction = 'incoming'): Explained =>
  explainFrame(bytes, 0, bytes.length, { serverVersion, direction });
const short = ({ lines }: Explained): unknown[] =>
  lines.map(({ offset, row, type, raw, value, error }) => [
    offset,
    row,
    type,
    raw,
    value,
    ...(error === undefined ? [] : [error]),
  ]);

describe('a text frame', () => {
  it('is a line per field, with offset, row, type, raw and value', () => {
    const explained = explain(fields(1, 6, 7, 1, '187.5', 300, ''), 176);
    expect(explained).toMatchObject({ kind: 'tickPrice', id: 1, isProtobuf: false });
    expect(short(explained)).toEqual([
      [0, 'id', 'text', '1', 1],
      [2, 'version', 'int', '6', undefined],
      [4, 'reqId', 'int', '7', 7],
      [6, 'tickType', 'int', '1', 1],
      [8, 'price', 'double', '187.5', 187.5],
      [14, 'size', 'decimal', '300', 300],
      [18, 'attribMask', 'int', '', undefined],
    ]);
    expect(explained.lines.map((line) => line.gate)).toEqual([
      '',
      '',
      '',
      '',
      '',
      'since message version 2',
      'since message version 3',
    ]);
  });

  it('names lists by element and gates by their constants', () => {
    const explained = explain(Uint8Array.from([0, 0, 0, 4, ...fields(-1, 2104, 'ok', '', 1755788400123)]), 203);
    expect(explained.lines.at(-1)).toMatchObject({ row: 'errorTime', value: 1755788400123, gate: 'since 194 ERROR_TIME' });
    const bars = explain(fields(17, 7, 1, '20260821', 1, 2, 3, 4, 5, 6, 7), 200);
    expect(bars.lines.map((line) => line.row)).toContain('bars[0].close');
    expect(bars.lines.find((line) => line.row === 'bars.count')).toMatchObject({ value: 1, offset: 5 });
  });

  it('shows fields behind the last row', () => {
    const explained = explain(fields(2, 6, 7, 0, 300, 'new', ''), 176);
    expect(short(explained).slice(-2)).toEqual([
      [12, '+1', 'unknown', 'new', undefined],
      [16, '+2', 'unknown', '', undefined],
    ]);
  });

  it('shows an error at its place and the fields behind it', () => {
    expect(short(explain(fields(2, 6, 7, 'x', 300), 176)).slice(-3)).toEqual([
      [6, 'tickType', '', '', undefined, "'x' is not an integer"],
      [6, '+1', 'unknown', 'x', undefined],
      [8, '+2', 'unknown', '300', undefined],
    ]);
    expect(short(explain(fields(2, 6, 7), 176)).slice(-1)).toEqual([[6, 'tickType', '', '', undefined, 'a field is missing']]);
  });

  it('without its last NUL is shown whole, with the fault', () => {
    expect(short(explain(latin1('2\x006\x007\x000\x00300'), 176)).slice(-2)).toEqual([
      [8, 'size', 'decimal', '300', 300],
      [11, '', '', '', undefined, 'the body does not end in NUL'],
    ]);
  });

  it('of an unknown kind is its fields; without an id it is the same', () => {
    expect(explain(fields(199, 'a', 'b'), 176)).toMatchObject({ kind: 'unknown', id: 199 });
    expect(short(explain(fields(199, 'a', 'b'), 176)).map((line) => (line as unknown[])[1])).toEqual(['id', '+1', '+2']);
    expect(explain(latin1('hello'), 176)).toMatchObject({ kind: 'unknown', id: -1 });
    expect(explain(latin1(''), 176).lines).toEqual([]);
  });
});

describe('a protobuf frame', () => {
  it('is a line per field, nested ones by path, the raw bytes with their tag', () => {
    const frame = incomingEncoder(225).encode('openOrder', { orderId: 7, contract: { conId: 300, symbol: 'A' } });
    const explained = explain(frame.slice(4), 225);
    expect(explained).toMatchObject({ kind: 'openOrder', id: 5, isProtobuf: true });
    expect(short(explained)).toEqual([
      [0, 'id', '4 bytes', '000000cd', 205],
      [4, 'orderId', 'int32', '0807', 7],
      [8, 'contract.conId', 'int32', '08ac02', 300],
      [11, 'contract.symbol', 'string', '120141', 'A'],
    ]);
  });

  it('shows fields that no row has, and goes on', () => {
    expect(short(explain(Uint8Array.of(0, 0, 0, 202, 8, 7, 0xfa, 0x07, 1, 65, 16, 1), 225))).toEqual([
      [0, 'id', '4 bytes', '000000ca', 202],
      [4, 'reqId', 'int32', '0807', 7],
      [6, '#127', 'unknown, wire type 2', 'fa070141', undefined],
      [10, 'tickType', 'int32', '1001', 1],
    ]);
  });

  it('of an unknown kind is its fields by number', () => {
    expect(short(explain(Uint8Array.of(0, 0, 3, 231, 8, 7, 18, 2, 79, 75, 25, 0, 0, 0, 0, 0, 0, 240, 63), 225)).slice(1)).toEqual(
      [
        [4, '#1', 'varint', '0807', '7'],
        [6, '#2', 'bytes', '12024f4b', 'OK'],
        [10, '#3', '64 bits', '19000000000000f03f', 1],
      ],
    );
  });

  it('shows an error at its place and what was not read', () => {
    expect(short(explain(Uint8Array.of(0, 0, 0, 202, 8, 7, 16, 0x80), 225)).slice(1)).toEqual([
      [4, 'reqId', 'int32', '0807', 7],
      [7, 'tickType', '', '', undefined, 'a number is cut off'],
      [6, '', 'not read', '1080', undefined],
    ]);
  });
});

describe('gates', () => {
  it('are said in words', () => {
    expect(gateText({})).toBe('');
    expect(gateText({ since: 102, before: 150 })).toMatch(/^since 102 \w+, before 150/);
    expect(gateText({ sinceMessage: 4 })).toBe('since message version 4');
  });
});

describe('properties', () => {
  const tables: readonly MessageTable[] = [...incomingKinds, ...outgoingKinds];

  it('the lines of a frame cover it without a gap, on the text wire, at every kind', () => {
    for (const table of tables.filter((one) => one.hasText)) {
      const versions = telltaleVersions(table);
      for (const [i, message] of fc.sample(anyMessage(table), { numRuns: 3, seed: 5 }).entries()) {
        const version = versions[(i * 3) % versions.length]!;
        const { given } = carriedByText(table, version, message);
        const payload = new Encoder<string>(table.direction, version).encode(table.kind, given, { wire: 'text' }).slice(4);
        const { kind, lines } = explain(payload, version, table.direction);
        expect(kind).toBe(table.kind);
        let at = 0;
        for (const line of lines) {
          expect([line.offset, line.error], `${kind}.${line.row} at ${version}`).toEqual([at, undefined]);
          at = line.end;
        }
        expect(at).toBe(payload.length);
        expect(lines.filter((line) => line.row.startsWith('+'))).toEqual([]);
      }
    }
  });

  it('a damaged frame of any kind is explained without throwing', () => {
    const random = randomFrom(9);
    for (const table of tables) {
      const version = 225;
      const [message] = fc.sample(anyMessage(table), { numRuns: 1, seed: 6 });
      for (const wire of wiresOf(table, version)) {
        const { given } = wire === 'text' ? carriedByText(table, version, message!) : carriedByProtobuf(table, version, message!);
        const payload = new Encoder<string>(table.direction, version).encode(table.kind, given, { wire }).slice(4);
        for (let i = 0; i < 8; i++) {
          const damaged = damage(payload, 0, payload, random);
          const { lines } = explain(damaged, version, table.direction);
          for (const line of lines) expect(line.end).toBeLessThanOrEqual(damaged.length + 1);
        }
      }
    }
  });
});
