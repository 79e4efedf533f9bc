import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decoder } from '../../src/protocol/decode.js';
import { Encoder, outgoingEncoder } from '../../src/protocol/encode.js';
import { EncodeError, TooOldError } from '../../src/protocol/errors.js';
import { outgoingKinds } from '../../src/protocol/registry.js';
import type { MessageTable } from '../../src/protocol/schema/message.js';
import { leaves, planText } from '../../src/protocol/schema/plan.js';
import { at, carriedByText, set, telltaleVersions } from '../arbitraries/carried.js';
import { anyMessage } from '../arbitraries/messages.js';
import { interpretedFrame } from '../helpers/wire.js';

const tables: readonly MessageTable[] = outgoingKinds;

function thrown(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('a request that the server is too old for', () => {
  it('is refused by name with what it needs and what there is', () => {
    const error = thrown(() => outgoingEncoder(166).encode('reqUserInfo', { reqId: 1 }));
    expect(error).toBeInstanceOf(TooOldError);
    expect(error).toMatchObject({ code: 'TOO_OLD', kind: 'reqUserInfo', field: '', needs: 167, has: 166 });
  });

  it('refuses every kind below the version that knows it', () => {
    for (const table of tables) {
      if (table.since === undefined) continue;
      const error = thrown(() => new Encoder('outgoing', table.since! - 1).encode(table.kind, {}));
      expect(error, table.kind).toMatchObject({ kind: table.kind, field: '', needs: table.since, has: table.since - 1 });
    }
  });
});

describe('a field that the server is too old for', () => {
  it('is refused also where official clients drop it in silence', () => {
    const order = { action: 'BUY', totalQuantity: '100', orderType: 'LMT', lmtPrice: 1 };
    const place = (version: number, more: object): unknown =>
      thrown(() => outgoingEncoder(version).encode('placeOrder', { orderId: 1, order: { ...order, ...more } }));
    expect(place(100, { totalQuantity: '0.5' })).toMatchObject({ field: 'order.totalQuantity', needs: 101, has: 100 });
    expect(place(101, { orderType: 'PEG BENCH' })).toMatchObject({ field: 'order.orderType', needs: 102, has: 101 });
    expect(place(101, { conditions: [{ conditionType: 3, time: '20260821 16:00:00' }] })).toMatchObject({
      field: 'order.conditions',
      needs: 102,
    });
    expect(place(201, { postOnly: true })).toMatchObject({ field: 'order.postOnly', has: 201 });
    expect(thrown(() => outgoingEncoder(113).encode('reqMktData', { reqId: 1, regulatorySnapshot: true }))).toMatchObject({
      field: 'regulatorySnapshot',
      needs: 114,
    });
  });

  it('is written when it says no more than the default', () => {
    const frame = outgoingEncoder(113).encode('reqMktData', { reqId: 1, regulatorySnapshot: false });
    expect(frame.length).toBeGreaterThan(10);
  });

  it('is refused for every row at every version that has no place for it, by the compiled function and by the interpreter', () => {
    for (const table of tables) {
      if (!table.hasText) continue;
      const samples = fc.sample(anyMessage(table), { numRuns: 3, seed: 1 });
      for (const version of telltaleVersions(table)) {
        for (const { path, isList, nothing } of planText(table, version).missing) {
          for (const message of samples) {
            const value = at(message, path);
            if (value === undefined || nothing.includes(value) || (isList && (value as unknown[]).length === 0)) continue;
            const { given } = carriedByText(table, version, message);
            const more = structuredClone(given) as { [name: string]: unknown };
            set(more, path, value);
            const compiled = thrown(() => new Encoder('outgoing', version).encode(table.kind, more, { wire: 'text' }));
            const interpreted = thrown(() => interpretedFrame(table, version, 'text', more));
            const expected = { code: 'TOO_OLD', kind: table.kind, field: path, has: version };
            expect(compiled, `${table.kind}.${path} at ${version}`).toMatchObject(expected);
            expect(interpreted, `${table.kind}.${path} at ${version}`).toMatchObject(expected);
            expect((compiled as TooOldError).message).toBe((interpreted as TooOldError).message);
          }
        }
      }
    }
  });

  it('is refused on protobuf by its gate, and names the version that carries it', () => {
    let refused = 0;
    for (const table of tables) {
      if (table.protobuf === undefined) continue;
      for (const { path, row } of leaves(table.rows)) {
        const needs = row.gate.since;
        if (needs === undefined || needs <= table.protobuf.since || row.row !== 'field' || row.never || row.told) continue;
        const version = needs - 1;
        const message: { [name: string]: unknown } = {};
        set(message, path, row.codec.protoRead === 'string' ? 'x' : row.codec.proto === 'bool' ? true : 7);
        const error = thrown(() => new Encoder('outgoing', version).encode(table.kind, message, { wire: 'protobuf' }));
        expect(error, `${table.kind}.${path}`).toMatchObject({ code: 'TOO_OLD', field: path, needs, has: version });
        expect(thrown(() => interpretedFrame(table, version, 'protobuf', message))).toMatchObject({ field: path, needs });
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(4);
  });
});

describe('a value that cannot be sent', () => {
  const encode = (version: number, order: object): unknown =>
    thrown(() => outgoingEncoder(version).encode('placeOrder', { orderId: 1, order }));

  it('is refused with the field: letters beyond ASCII on the text wire', () => {
    const error = encode(176, { action: 'BUY', orderRef: 'Übung' });
    expect(error).toBeInstanceOf(EncodeError);
    expect(error).toMatchObject({ kind: 'placeOrder', field: 'order.orderRef' });
    expect((error as EncodeError).reason).toContain('U+00dc');
    expect(encode(225, { action: 'BUY', orderRef: 'Übung' })).toBeUndefined();
  });

  it.each([
    ['order.lmtPrice', { lmtPrice: Number.NaN }],
    ['order.totalQuantity', { totalQuantity: 'ten' }],
    ['order.displaySize', { displaySize: 1.5 }],
    ['order.account', { account: 'DU9000001\0' }],
  ])('names %s', (field, order) => {
    expect(encode(176, order)).toMatchObject({ code: 'ENCODE', field });
  });

  it('leaves the encoder usable', () => {
    const encoder = outgoingEncoder(176);
    expect(() => encoder.encode('placeOrder', { orderId: 1, order: { orderRef: 'Ü' } })).toThrow(EncodeError);
    const frame = encoder.encode('cancelMktData', { reqId: 5 });
    expect(new Decoder('outgoing', 176).decode(frame, 4, frame.length)).toEqual({ kind: 'cancelMktData', reqId: 5 });
  });

  it('is a message that does not fit in a frame', () => {
    const value = 'x'.repeat(0xffffff);
    expect(thrown(() => outgoingEncoder(176).encode('reqNewsArticle', { reqId: 1, articleId: value }))).toMatchObject({
      code: 'ENCODE',
    });
  });
});
