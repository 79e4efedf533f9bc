// Server version 226: conditions that are measured overnight, one field of the order, on protobuf alone.

import { describe, expect, it } from 'vitest';
import { incomingDecoder, outgoingDecoder } from '../../src/protocol/decode.js';
import { incomingEncoder, outgoingEncoder } from '../../src/protocol/encode.js';
import { TooOldError } from '../../src/protocol/errors.js';
import { hello, MAX_VERSION } from '../../src/protocol/handshake.js';

const held = { conditionsIncludeOvernight: true };
/** Field 145 as a varint: key 88 09, value 1. */
const PLACE = '0000000b 000000cb 0807 1a03 880901';
const OPEN = '0000000b 000000cd 0807 1a03 880901';
const COMPLETED = '00000009 0000012d 1203 880901';

const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

describe('conditionsIncludeOvernight', () => {
  it('is field 145 of the order in placeOrder, openOrder and completedOrder', () => {
    expect(outgoingEncoder(226).encode('placeOrder', { orderId: 7, order: held })).toStrictEqual(bytes(PLACE));
    expect(incomingEncoder(226).encode('openOrder', { orderId: 7, order: held })).toStrictEqual(bytes(OPEN));
    expect(incomingEncoder(226).encode('completedOrder', { order: held })).toStrictEqual(bytes(COMPLETED));
  });

  it.each([
    ['placeOrder', outgoingDecoder(226), PLACE],
    ['openOrder', incomingDecoder(226), OPEN],
    ['completedOrder', incomingDecoder(226), COMPLETED],
  ] as const)('is read back from %s', (kind, decoder, text) => {
    const frame = bytes(text);
    expect(decoder.decode(frame, 4, frame.length)).toMatchObject({ kind, order: { conditionsIncludeOvernight: true } });
  });

  it.each([205, 219, 225])('is taken as it comes at %i, which did not have it yet', (version) => {
    for (const [decoder, text] of [
      [outgoingDecoder(version), PLACE],
      [incomingDecoder(version), OPEN],
      [incomingDecoder(version), COMPLETED],
    ] as const) {
      const frame = bytes(text);
      expect(decoder.decode(frame, 4, frame.length)).toMatchObject({ order: { conditionsIncludeOvernight: true } });
      expect(decoder.unknownFields).toBe(0);
    }
  });

  it('is absent where a report does not have it, and not written when it is off', () => {
    const bare = bytes('0000000d 000000cd 0807 1a05 2a03425559'); // its order says BUY and nothing else
    expect(incomingDecoder(226).decode(bare, 4, bare.length)).toMatchObject({
      order: { action: 'BUY', conditionsIncludeOvernight: undefined },
    });
    expect(outgoingEncoder(226).encode('placeOrder', { orderId: 7, order: { conditionsIncludeOvernight: false } })).toStrictEqual(
      bytes('00000008 000000cb 0807 1a00'),
    );
  });

  it.each([100, 176, 200, 203, 225])('is refused by name at %i, and only when it is on', (version) => {
    const place = (order: object): Uint8Array => outgoingEncoder(version).encode('placeOrder', { orderId: 7, order });
    expect(() => place(held)).toThrow(TooOldError);
    try {
      place(held);
    } catch (error) {
      expect(error).toMatchObject({ kind: 'placeOrder', field: 'order.conditionsIncludeOvernight', has: version });
    }
    expect(place({ conditionsIncludeOvernight: false })).toStrictEqual(place({}));
  });
});

it('the highest version that is offered is the one that brought it', () => {
  expect(MAX_VERSION).toBe(226);
  expect(Buffer.from(hello({ min: 100, max: MAX_VERSION })).toString('latin1')).toBe('API\0\0\0\0\x09v100..226');
});
