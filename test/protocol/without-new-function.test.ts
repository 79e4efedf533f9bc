import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { MessageTable } from '../../src/protocol/schema/message.js';
import { carriedByProtobuf, carriedByText } from '../arbitraries/carried.js';
import { anyMessage } from '../arbitraries/messages.js';
import { handed, owed, ownerIn } from '../helpers/hand.js';
import { wiresOf } from '../helpers/wire.js';

// As under a content security policy: no code out of texts.
class Forbidden {
  constructor() {
    throw new EvalError('code generation from strings is disallowed for this context');
  }
}

describe('where the runtime forbids new Function', () => {
  beforeAll(() => {
    vi.resetModules();
    vi.stubGlobal('Function', Forbidden);
  });
  afterAll(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  it('the interpreter serves every kind on both wires in both directions', async () => {
    const { Decoder } = await import('../../src/protocol/decode.js');
    const { Encoder } = await import('../../src/protocol/encode.js');
    const { incomingKinds, outgoingKinds } = await import('../../src/protocol/registry.js');
    expect(() => new Function('return 1')).toThrow(EvalError);
    const tables: readonly MessageTable[] = [...incomingKinds, ...outgoingKinds];
    for (const table of tables) {
      for (const version of [176, 225]) {
        if (version < (table.since ?? 0)) continue;
        for (const wire of wiresOf(table, version)) {
          for (const message of fc.sample(anyMessage(table), { numRuns: 2, seed: 3 })) {
            const carry = wire === 'text' ? carriedByText : carriedByProtobuf;
            const { given, read } = carry(table, version, message);
            const frame = new Encoder<string>(table.direction, version).encode(table.kind, given, { wire });
            const decoded = new Decoder<object>(table.direction, version).decode(frame, 4, frame.length);
            if (!isDeepStrictEqual(decoded, read)) expect(decoded, `${table.kind} ${wire} ${version}`).toStrictEqual(read);
            if (table.direction === 'outgoing') continue;
            const byPosition = handed(new Decoder<object>('incoming', version), table, ownerIn(table, read), frame);
            expect(byPosition, `${table.kind} ${wire} ${version}`).toStrictEqual(owed(table, read));
          }
        }
      }
    }
  });

  it('errors still name kind, row and offset', async () => {
    const { incomingDecoder } = await import('../../src/protocol/decode.js');
    const bytes = new TextEncoder().encode('1\x006\x007\0x\0');
    expect(() => incomingDecoder(176).decode(bytes, 0, bytes.length)).toThrow(
      expect.objectContaining({ kind: 'tickPrice', row: 'tickType', offset: 6 }),
    );
  });
});
