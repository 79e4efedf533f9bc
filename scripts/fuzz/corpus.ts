// Valid frames of every kind on both wires, made from the tables, for the fuzzer to damage.

import fc from 'fast-check';
import { Encoder } from '../../src/protocol/encode.js';
import { incomingKinds, outgoingKinds } from '../../src/protocol/registry.js';
import type { Direction, MessageTable } from '../../src/protocol/schema/message.js';
import { carriedByProtobuf, carriedByText, telltaleVersions } from '../../test/arbitraries/carried.js';
import { anyMessage } from '../../test/arbitraries/messages.js';
import { wiresOf } from '../../test/helpers/wire.js';

export interface Sample {
  readonly direction: Direction;
  readonly version: number;
  /** The payload, without its length. */
  readonly payload: Uint8Array;
  /** Where the message id ends. */
  readonly body: number;
}

/** `each` messages of every kind, spread over its versions. */
export function corpus(seed: number, each: number): readonly Sample[] {
  const tables: readonly MessageTable[] = [...incomingKinds, ...outgoingKinds];
  return tables.flatMap((table) => {
    const versions = telltaleVersions(table);
    return fc.sample(anyMessage(table), { numRuns: each, seed }).flatMap((message, i) => {
      const version = versions[(seed + i * 5) % versions.length]!;
      const encoder = new Encoder<string>(table.direction, version);
      return wiresOf(table, version).map((wire): Sample => {
        const { given } = wire === 'text' ? carriedByText(table, version, message) : carriedByProtobuf(table, version, message);
        const payload = encoder.encode(table.kind, given, { wire }).slice(4);
        return { direction: table.direction, version, payload, body: version >= 201 ? 4 : payload.indexOf(0) + 1 };
      });
    });
  });
}
