import { inspect, isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decoder } from '../../src/protocol/decode.js';
import { Encoder } from '../../src/protocol/encode.js';
import { MAX_VERSION, MIN_VERSION } from '../../src/protocol/handshake.js';
import { incomingKinds, outgoingKinds } from '../../src/protocol/registry.js';
import type { MessageTable } from '../../src/protocol/schema/message.js';
import { carriedByProtobuf, carriedByText, telltaleVersions } from '../arbitraries/carried.js';
import { anyMessage, type Plain } from '../arbitraries/messages.js';
import { handed, owed, ownerIn } from '../helpers/hand.js';
import { bothOutcomes, interpretedFrame, wiresOf } from '../helpers/wire.js';

const isLong = process.env['IBWIRE_LONG'] !== undefined;
const tables: readonly MessageTable[] = [...incomingKinds, ...outgoingKinds];
const seed = 20260821;

function versionsOf(table: MessageTable): readonly number[] {
  if (!isLong) return telltaleVersions(table);
  const first = Math.max(MIN_VERSION, table.since ?? MIN_VERSION);
  return Array.from({ length: MAX_VERSION - first + 1 }, (_, i) => first + i);
}

function same(actual: unknown, expected: unknown, what: string): void {
  if (!isDeepStrictEqual(actual, expected)) expect.fail(`${what}: ${firstDifference(actual, expected, '') ?? 'not equal'}`);
}

/** Where two messages part, for a message of 200 rows is too long to read. */
function firstDifference(actual: unknown, expected: unknown, path: string): string | undefined {
  if (isDeepStrictEqual(actual, expected)) return undefined;
  if (typeof actual !== 'object' || typeof expected !== 'object' || actual === null || expected === null)
    return `${path}: ${inspect(actual)} instead of ${inspect(expected)}`;
  const names = new Set([...Object.keys(actual), ...Object.keys(expected)]);
  for (const name of names) {
    if (!(name in actual) || !(name in expected)) return `${path}.${name} is on one side only`;
    const inner = firstDifference((actual as Plain)[name], (expected as Plain)[name], `${path}.${name}`);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

describe.each(tables)('$direction $kind', (table) => {
  const versions = versionsOf(table);
  const runs = isLong ? 30 : Math.max(4, Math.min(20, Math.round(200 / versions.length)));

  it('comes back from either wire at every server version, compiled as interpreted', () => {
    fc.assert(
      fc.property(anyMessage(table), (message) => {
        for (const version of versions) {
          const encoder = new Encoder<string>(table.direction, version);
          const decoder = new Decoder<object>(table.direction, version);
          for (const wire of wiresOf(table, version)) {
            const carry = wire === 'text' ? carriedByText : carriedByProtobuf;
            const { given, read } = carry(table, version, message);
            const frame = encoder.encode(table.kind, given, { wire });
            const decoded = decoder.decode(frame, 4, frame.length);
            const what = `${wire} at ${version}`;
            same(decoded, read, what);
            const leftOver = decoder.trailing + decoder.unknownFields;
            if (leftOver !== 0) expect.fail(`${what}: ${leftOver} fields are left over`);
            same(interpretedFrame(table, version, wire, given), frame, `${what}: interpreted frame`);
            const [compiled, interpreted] = bothOutcomes(table, version, wire, frame);
            same(compiled, interpreted, `${what}: compiled against interpreted`);
            if (table.direction === 'outgoing') continue;
            same(handed(decoder, table, ownerIn(table, read), frame), owed(table, read), `${what}: handed to a sink`);
            if (decoder.trailing + decoder.unknownFields !== 0) expect.fail(`${what}: fields are left over by a sink`);
          }
        }
      }),
      { numRuns: runs, seed },
    );
  });
});
