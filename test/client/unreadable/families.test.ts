// Every conversation, every kind of its answer, damaged at each field, on both wires: it rejects or says the hole, none is silent.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askList, askOne } from '../../../src/client/conversation/ask.js';
import { openStream } from '../../../src/client/conversation/stream.js';
import { incomingDecoder } from '../../../src/protocol/decode.js';
import { incomingEncoder, tableOfKind } from '../../../src/protocol/encode.js';
import { DecodeError } from '../../../src/protocol/errors.js';
import type { IncomingKind } from '../../../src/protocol/registry.js';
import { anyMessage } from '../../arbitraries/messages.js';
import { settle } from '../../helpers/hand-timer.js';
import { type Spec, specs } from '../conversations.js';
import { type PaperSession, paperSession } from '../session/paper-link.js';
import { type Damaged, damagedAtEachField } from './damaged-fields.js';

/** Every request has it: one runs at a time. */
const REQ_ID = 10_000_000;

/** A message that has much to damage: the longest of some that this version can say. */
function fullMessage(kind: IncomingKind, version: number): object | undefined {
  const [encoder, decoder] = [incomingEncoder(version), incomingDecoder(version)];
  const length = (message: object): number => {
    try {
      const frame = encoder.encode(kind, message as never);
      const isSaid = decoder.decode(frame, 4, frame.length).kind === kind;
      return isSaid && frame.length <= 2_000 ? frame.length : 0;
    } catch {
      return 0; // the version cannot say it, or not so
    }
  };
  const isNamed = 'reqId' in tableOfKind('incoming', kind).rows;
  const found = fc
    .sample(anyMessage(tableOfKind('incoming', kind)), { numRuns: 60, seed: 7 })
    .map((random) => ({ ...random, ...(isNamed && { reqId: REQ_ID }) }))
    .map((message) => ({ message, bytes: length(message) }))
    .sort((a, b) => b.bytes - a.bytes)[0];
  return found === undefined || found.bytes === 0 ? undefined : found.message;
}

/** Damage that the wire itself shows: what still reads as a message is another message. */
function damages(kind: IncomingKind, version: number, message: object): readonly Damaged[] {
  const decoder = incomingDecoder(version);
  return damagedAtEachField(kind, version, message as never).filter(({ frame }) => {
    try {
      decoder.decode(frame, 4, frame.length);
      return false;
    } catch (error) {
      return error instanceof DecodeError;
    }
  });
}

const inputs: Readonly<Record<string, object>> = { reqMarketRule: { marketRuleId: 26 } };

/** What a conversation says of one damaged message: the code of its rejection, or the cause of its hole. */
async function saidOf(paper: PaperSession, spec: Spec, frame: Uint8Array): Promise<string> {
  const { session: core } = paper;
  const input = inputs[spec.open] ?? {};
  if (spec.shape === 'stream') {
    const stream = openStream(core, spec as never, input as never, { take: () => {} });
    await settle();
    paper.hear(frame);
    const { state } = stream;
    stream.close();
    await settle();
    if (state.at === 'stale') return state.cause;
    return state.at === 'closed' && state.cause instanceof DecodeError ? 'unreadable' : state.at;
  }
  const call = spec.shape === 'one' ? askOne(core, spec as never, input as never) : askList(core, spec as never, input as never);
  const outcome = call.then(
    () => 'resolved',
    (error: unknown) => (error instanceof DecodeError ? 'unreadable' : String(error)),
  );
  await settle();
  paper.hear(frame);
  const first = await Promise.race([outcome, settle().then(() => 'silent')]);
  core.calls.forEach((fail) => void fail(new Error('over')));
  await outcome;
  return first;
}

describe.each([176, 225])('at %i', (version) => {
  it.each(specs)('%s', async (_, spec) => {
    const paper = await paperSession({ serverVersion: version });
    paper.session.reqIds.next = () => REQ_ID;
    const kinds = [...spec.items, ...(spec.shape === 'one' || spec.end === undefined ? [] : [spec.end])];
    const silent: string[] = [];
    for (const kind of kinds) {
      const message = fullMessage(kind, version);
      if (message === undefined) continue;
      for (const { row, how, frame } of damages(kind, version, message)) {
        const said = await saidOf(paper, spec, frame);
        if (said !== 'unreadable') silent.push(`${kind}.${row} ${how}: ${said}`);
      }
    }
    paper.session.close();
    expect(silent).toEqual([]);
  });
});

it('has something to damage in every kind of every conversation, at the newest version', () => {
  const kinds = new Set(specs.flatMap(([, spec]) => spec.items));
  const without = [...kinds].filter((kind) => {
    const message = fullMessage(kind, 225);
    return message === undefined || damages(kind, 225, message).length === 0;
  });
  expect(without).toEqual([]);
  expect(kinds.size).toBeGreaterThan(60);
});
