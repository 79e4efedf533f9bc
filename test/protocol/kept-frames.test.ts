// Frames that were handed out stay as they are, whatever is written after them.
import { expect, it } from 'vitest';
import { FrameDecoder, outgoingDecoder, outgoingEncoder } from '../../src/protocol/index.js';

it.each([176, 200, 222])(
  'a frame of version %i stays as it is while others, short and long, are written behind it',
  (version) => {
    const encoder = outgoingEncoder(version);
    const decoder = outgoingDecoder(version);
    const texts = Array.from({ length: 400 }, (_, i) => 'x'.repeat(i === 200 ? 40_000 : 1 + ((i * 37) % 900)));
    const frames = texts.map((orderRef, orderId) => encoder.encode('placeOrder', { orderId: orderId + 1, order: { orderRef } }));
    const copies = frames.map((bytes) => Uint8Array.from(bytes));
    // A message that cannot be written leaves nothing behind.
    expect(() => encoder.encode('placeOrder', { orderId: 1.5, order: { orderRef: 'y'.repeat(50) } })).toThrow();
    frames.push(encoder.encode('placeOrder', { orderId: 401, order: { orderRef: 'last' } }));
    expect(frames.slice(0, -1).map((bytes) => Uint8Array.from(bytes))).toStrictEqual(copies);
    const read: unknown[] = [];
    for (const bytes of frames) new FrameDecoder().push(bytes, (body, start, end) => read.push(decoder.decode(body, start, end)));
    expect(read).toMatchObject([...texts, 'last'].map((orderRef, i) => ({ orderId: i + 1, order: { orderRef } })));
  },
);
