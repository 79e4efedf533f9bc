import { describe, expect, it } from 'vitest';
import { type Decoder, incomingDecoder, outgoingDecoder } from '../../src/protocol/decode.js';
import { incomingEncoder } from '../../src/protocol/encode.js';
import { DecodeError } from '../../src/protocol/errors.js';
import { FrameDecoder } from '../../src/protocol/frames.js';

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const fields = (...texts: readonly (string | number)[]): Uint8Array => latin1(`${texts.join('\0')}\0`);

function failure(decoder: Pick<Decoder<object>, 'decode'>, bytes: Uint8Array): DecodeError {
  try {
    decoder.decode(bytes, 0, bytes.length);
  } catch (error) {
    if (error instanceof DecodeError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('a bad body is a DecodeError with what and where', () => {
  it('without its final NUL', () => {
    expect(failure(incomingDecoder(176), latin1('1\x006\x007\x001\x00187.5'))).toMatchObject({
      code: 'DECODE',
      kind: 'tickPrice',
      serverVersion: 176,
      row: '',
      offset: 13,
      reason: 'the body does not end in NUL',
    });
  });

  it('with a field that is not a number', () => {
    const error = failure(incomingDecoder(176), fields(1, 6, 7, 1, 'high', 300, 0));
    expect(error).toMatchObject({ kind: 'tickPrice', row: 'price', offset: 8, reason: "'high' is not a number" });
    expect(error.message).toBe("tickPrice.price: 'high' is not a number (server version 176, offset 8)");
  });

  it('with too few fields', () => {
    expect(failure(incomingDecoder(176), fields(1, 6, 7))).toMatchObject({
      row: 'tickType',
      reason: 'a field is missing',
      offset: 6,
    });
  });

  it('with a count that no frame can hold', () => {
    expect(failure(incomingDecoder(200), fields(17, 7, 4_000_000_000))).toMatchObject({
      kind: 'historicalData',
      row: 'bars.count',
      reason: '4000000000 elements are announced, more than the frame holds',
    });
  });

  it('inside a list: the element is named', () => {
    const bar = ['20260821', 1, 2, 3, 4, 5, 6, 7];
    expect(failure(incomingDecoder(200), fields(17, 7, 2, ...bar, '20260822', 1, 2, 'x', 4, 5, 6, 7))).toMatchObject({
      row: 'bars[1].low',
      offset: 43,
    });
  });

  it('inside a nested protobuf message: the path is named', () => {
    // openOrder, field 2 (contract), field 1 (conId) cut off
    const error = failure(incomingDecoder(225), Uint8Array.of(0, 0, 0, 205, 18, 2, 8, 0x80));
    expect(error).toMatchObject({ kind: 'openOrder', row: 'contract.conId', offset: 7, reason: 'a number is cut off' });
  });

  it('with a protobuf length past the end', () => {
    expect(failure(incomingDecoder(225), Uint8Array.of(0, 0, 0, 205, 18, 120, 8, 1))).toMatchObject({
      kind: 'openOrder',
      reason: 'a length reaches past the end',
      offset: 5,
    });
  });

  it('with field number 0, wire types 6 and 7, unpaired groups', () => {
    for (const body of [[0, 1], [14, 1], [15, 1], [12], [11, 8, 1]]) {
      expect(failure(incomingDecoder(225), Uint8Array.of(0, 0, 0, 201, ...body)).kind).toBe('tickPrice');
    }
  });

  it('leaves the decoder usable', () => {
    const decoder = incomingDecoder(176);
    failure(decoder, fields(1, 6, 7, 1, 'high', 300, 0));
    const good = fields(1, 6, 7, 1, 187.5, 300, 0);
    expect(decoder.decode(good, 0, good.length)).toMatchObject({ kind: 'tickPrice', price: 187.5 });
  });
});

describe('what nobody knows is passed on', () => {
  it('an id without a table, on both wires', () => {
    const text = fields(199, 'x');
    expect(incomingDecoder(176).decode(text, 0, text.length)).toEqual({
      kind: 'unknown',
      id: 199,
      isProtobuf: false,
      body: latin1('x\0'),
    });
    const proto = Uint8Array.of(0, 0, 3, 231, 8, 1);
    expect(incomingDecoder(225).decode(proto, 0, 6)).toEqual({
      kind: 'unknown',
      id: 799,
      isProtobuf: true,
      body: Uint8Array.of(8, 1),
    });
  });

  it('a payload without an id keeps all its bytes', () => {
    for (const bytes of [latin1('hello'), latin1('\0'), latin1('')]) {
      expect(outgoingDecoder(176).decode(bytes, 0, bytes.length)).toEqual({
        kind: 'unknown',
        id: -1,
        isProtobuf: false,
        body: bytes,
      });
    }
    expect(outgoingDecoder(225).decode(Uint8Array.of(255, 255, 255, 255, 1), 0, 5)).toMatchObject({ kind: 'unknown', id: -1 });
  });

  it('a kind in a form that it does not have', () => {
    const bytes = latin1('\0\0\0\x6e1\0'); // 110 exists only as protobuf
    expect(incomingDecoder(225).decode(bytes, 0, bytes.length)).toMatchObject({ kind: 'unknown', isProtobuf: false });
  });

  it('fields behind the last row are counted', () => {
    const decoder = incomingDecoder(176);
    const bytes = fields(2, 6, 7, 0, 300, 'new', '');
    expect(decoder.decode(bytes, 0, bytes.length)).toMatchObject({ kind: 'tickSize', size: 300 });
    expect(decoder.trailing).toBe(2);
    const next = fields(2, 6, 7, 0, 300);
    decoder.decode(next, 0, next.length);
    expect(decoder.trailing).toBe(0);
  });

  it('a protobuf field is passed over', () => {
    const bytes = Uint8Array.of(0, 0, 0, 202, 8, 7, 0xfa, 0x07, 1, 65, 16, 1);
    expect(incomingDecoder(225).decode(bytes, 0, bytes.length)).toEqual({
      kind: 'tickSize',
      reqId: 7,
      tickType: 1,
      size: undefined,
    });
  });
});

describe('a frame cut at every byte', () => {
  const openOrder = {
    orderId: 7,
    contract: { conId: 265598, symbol: 'AAPL', comboLegs: [{ conId: 1 }] },
    order: { action: 'BUY', totalQuantity: '100' },
  };
  it.each([
    [176, 'text'],
    [200, 'text'],
    [225, 'protobuf'],
  ] as const)('at %i as %s: the rest comes later, and a body that is really short is an error', (version, wire) => {
    const frame = incomingEncoder(version).encode('openOrder', openOrder, { wire });
    const decoder = incomingDecoder(version);
    const whole = decoder.decode(frame, 4, frame.length);
    for (let cut = 1; cut < frame.length; cut++) {
      const framing = new FrameDecoder();
      const messages: object[] = [];
      const onFrame = (bytes: Uint8Array, start: number, end: number): void =>
        void messages.push(decoder.decode(bytes, start, end));
      framing.push(frame.subarray(0, cut), onFrame);
      expect(messages).toEqual([]);
      framing.push(frame.subarray(cut), onFrame);
      expect(messages).toEqual([whole]);
      if (cut > 4 && wire === 'text') {
        const short = frame.slice(4, cut);
        try {
          expect(decoder.decode(short, 0, short.length)).toMatchObject({ kind: 'unknown' });
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError);
        }
      }
    }
  });
});
