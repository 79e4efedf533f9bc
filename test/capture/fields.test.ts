import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldsOf, leafOf, textSpan } from '../../src/capture/fields.js';
import { withNumbers } from '../../src/capture/patch.js';
import { incomingDecoder, outgoingDecoder } from '../../src/protocol/decode.js';
import { incomingEncoder, outgoingEncoder } from '../../src/protocol/encode.js';
import type { Seen } from '../../src/protocol/schema/interpret-text.js';
import { certainMessages } from './captures.js';

const text = (body: string): Uint8Array => Buffer.from(body, 'latin1');
const paths = (fields: readonly Seen[]): string[] => fields.map(({ path, start, end }) => `${path} ${start}-${end}`);

describe('fieldsOf', () => {
  it('names every field of a text message and its place', () => {
    const found = fieldsOf('in', 176, text('9\x001\x00530\0'));
    expect(paths(found.fields)).toStrictEqual(['version 2-4', 'orderId 4-8']);
    expect(found).toMatchObject({ isProtobuf: false, isWhole: true });
    expect(found.table?.kind).toBe('nextValidId');
  });

  it('names every field of a protobuf message and its place, tag included', () => {
    const payload = incomingEncoder(225).encode('managedAccounts', { accountsList: 'DU9000001' }).subarray(4);
    const found = fieldsOf('in', 225, payload);
    expect(paths(found.fields)).toStrictEqual(['accountsList 4-15']);
    expect(textSpan(payload, found, found.fields[0]!)).toStrictEqual({ start: 6, end: 15 });
  });

  it('reaches into nested records on both wires with the same names', () => {
    const message = {
      orderId: 7,
      contract: { symbol: 'AAPL' },
      order: { account: 'DU9000001', orderRef: 'mine', action: 'BUY' },
    };
    for (const version of [176, 225]) {
      const payload = outgoingEncoder(version).encode('placeOrder', message).subarray(4);
      const found = fieldsOf('out', version, payload);
      const values = new Map(found.fields.map(({ path, value }) => [path, value]));
      expect(found.isWhole).toBe(true);
      expect(values.get('order.account')).toBe('DU9000001');
      expect(values.get('order.orderRef')).toBe('mine');
      expect(values.get('contract.symbol')).toBe('AAPL');
    }
  });

  it('gives the fields before the misfit of a body that does not fit', () => {
    const found = fieldsOf('in', 176, text('1\x006\x007\0one\0'));
    expect(found.isWhole).toBe(false);
    expect(found.fields.map(({ path }) => path)).toStrictEqual(['version', 'reqId']);
  });

  it('has nothing to say about unknown kinds and about bytes that are no message', () => {
    expect(fieldsOf('in', 176, text('999\x001\0'))).toMatchObject({ table: undefined, isProtobuf: false, fields: [] });
    expect(fieldsOf('in', 225, Uint8Array.of(0, 0, 9, 0, 1))).toMatchObject({ table: undefined, isProtobuf: true, fields: [] });
    expect(fieldsOf('in', 176, text('no id'))).toMatchObject({ fields: [], isWhole: false });
    expect(fieldsOf('in', 225, new Uint8Array(2))).toMatchObject({ fields: [], isWhole: false });
  });

  it('covers every captured message whose layout is certain, field after field', () => {
    const messages = certainMessages();
    expect(messages.length).toBeGreaterThan(1000);
    for (const { direction, serverVersion, payload, name } of messages) {
      const { fields, isProtobuf, isWhole, table } = fieldsOf(direction, serverVersion, payload);
      expect(isWhole, `${name} ${table?.kind}`).toBe(true);
      if (isProtobuf) continue;
      for (let n = 1; n < fields.length; n++) expect(fields[n]?.start).toBe(fields[n - 1]?.end);
    }
  });

  describe('properties', () => {
    it('never throws, and keeps inside the payload', () =>
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 60 }), fc.constantFrom(176, 225), fc.nat({ max: 111 }), (body, version, id) => {
          const head = version === 176 ? text(`${id}\0`) : Uint8Array.of(0, 0, 0, id + 100);
          const payload = Buffer.concat([head, body, version === 176 ? text('\0') : text('')]);
          for (const { start, end } of fieldsOf('in', version, payload).fields) {
            expect(start).toBeLessThanOrEqual(end);
            expect(end).toBeLessThanOrEqual(payload.length);
          }
        }),
        { seed: 31, numRuns: 500 },
      ));
  });
});

describe('leafOf', () => {
  it('is the last name of a path without its index', () => {
    expect(leafOf('account')).toBe('account');
    expect(leafOf('order.allocations[2].account')).toBe('account');
    expect(leafOf('api.trustedIPs[0]')).toBe('trustedIPs');
  });
});

describe('withNumbers', () => {
  const changed = (direction: 'in' | 'out', version: number, payload: Uint8Array, path: string, value: number) => {
    const found = fieldsOf(direction, version, payload);
    const fields = found.fields.filter((field) => field.path === path);
    return withNumbers(payload, found, new Map(fields.map((field) => [field, value])));
  };

  it('writes another number into a text message', () => {
    expect(Buffer.from(changed('in', 176, text('52\x001\x00-10\0'), 'reqId', 7_000_001)).toString('latin1')).toBe(
      '52\x001\x007000001\0',
    );
  });

  it('writes another number into protobuf and lets the lengths around it follow', () => {
    const message = { orderId: 7, contract: { symbol: 'A' }, order: { parentId: 3, action: 'BUY', tif: 'DAY' } };
    const payload = outgoingEncoder(225).encode('placeOrder', message).subarray(4);
    const after = changed('out', 225, changed('out', 225, payload, 'order.parentId', 1_000_000), 'orderId', -1);
    const decoded = outgoingDecoder(225).decode(after, 0, after.length);
    const before = outgoingDecoder(225).decode(payload, 0, payload.length);
    if (decoded.kind !== 'placeOrder' || before.kind !== 'placeOrder') throw new Error('not a placeOrder');
    expect(decoded).toStrictEqual({ ...before, orderId: -1, order: { ...before.order, parentId: 1_000_000 } });
  });

  describe('properties', () => {
    const keyed = certainMessages().flatMap((message) => {
      const found = fieldsOf(message.direction, message.serverVersion, message.payload);
      const ids = found.fields.filter(({ path }) => ['reqId', 'orderId', 'order.parentId', 'order.orderId'].includes(path));
      return ids.length > 0 ? [{ ...message, found, ids }] : [];
    });

    it('changes the ids of captured messages and nothing else', () => {
      expect(keyed.length).toBeGreaterThan(500);
      fc.assert(
        fc.property(fc.constantFrom(...keyed), fc.integer({ min: -2, max: 2 ** 31 - 2 }), (message, id) => {
          const { direction, serverVersion, payload, found, ids } = message;
          const patched = withNumbers(payload, found, new Map(ids.map((field) => [field, id])));
          const after = fieldsOf(direction, serverVersion, patched);
          const values = (fields: readonly Seen[]) => fields.map(({ path, value }) => [path, value]);
          expect(after.isWhole).toBe(true);
          expect(values(after.fields)).toStrictEqual(
            values(found.fields).map(([path, value]) => [path, ids.some((field) => field.path === path) ? id : value]),
          );
          const back = withNumbers(
            patched,
            after,
            new Map(ids.map((field) => [sameField(after.fields, field), Number(field.value)])),
          );
          expect(Buffer.from(back)).toStrictEqual(Buffer.from(payload));
          const decode = (bytes: Uint8Array) =>
            direction === 'in'
              ? incomingDecoder(serverVersion).decode(bytes, 0, bytes.length)
              : outgoingDecoder(serverVersion).decode(bytes, 0, bytes.length);
          expect(decode(back)).toStrictEqual(decode(payload));
        }),
        { seed: 32, numRuns: 300 },
      );
    });
  });
});

function sameField(fields: readonly Seen[], { path }: Seen): Seen {
  const field = fields.find((other) => other.path === path);
  if (field === undefined) throw new Error(`${path} is gone`);
  return field;
}
