// Refusals: what another client refuses locally, ours refuses too, naming a field that is set.

import { Encoder } from '../../src/protocol/encode.js';
import { EncodeError, TooOldError } from '../../src/protocol/errors.js';
import type { MessageTable } from '../../src/protocol/schema/message.js';
import type { JsonObject } from './json.js';
import { type Input, inputOf, kindOf } from './request-input.js';
import { encodeWithoutRefused, refusedWith, valueAt } from './requests.js';
import { type Case, fail, skip, type Verdict } from './verdict.js';

export interface RefusalVector {
  readonly peer: string;
  readonly serverVersion: number;
  readonly method: string;
  readonly case?: string;
  readonly args: JsonObject;
  readonly refused?: {
    readonly code?: number;
    readonly errorCode?: number;
    readonly message?: string;
    readonly errorMsg?: string;
  };
  readonly threw?: string;
}

const TOO_OLD = 503;
const NOT_SENDABLE = 579;

export function refusalCases(vectors: readonly RefusalVector[]): readonly Case[] {
  return vectors.map((vector) => ({
    name: `${vector.method} ${vector.case ?? ''} at ${vector.serverVersion} refused by ${vector.peer}`,
    check: () => checkRefusal(vector),
  }));
}

function checkRefusal(vector: RefusalVector): Verdict {
  if (vector.threw !== undefined) return skip('the call of that client raises, which is no refusal');
  const code = vector.refused?.errorCode ?? vector.refused?.code;
  const table = kindOf(vector.method);
  if (table === undefined) return fail(`no kind for the method '${vector.method}'`);
  const input = inputOf(table, vector.args);
  const error = refusedWith(table, input, vector.serverVersion);
  const habit = error === undefined ? habitOf(vector, code) : undefined;
  if (habit !== undefined) return skip(`a habit of that client alone: ${habit}`);
  if (code === NOT_SENDABLE) return checkNotSendable(error, input);
  if (code === TOO_OLD) {
    return checkTooOld(error, table, input, vector.serverVersion) ?? checkNamed(vector, table, input);
  }
  return error === undefined ? fail(`not refused (${code} there)`) : undefined;
}

function checkNotSendable(error: unknown, input: Input): Verdict {
  if (!(error instanceof EncodeError)) return fail(`text beyond ASCII ends in ${String(error ?? 'a frame')}`);
  return valueAt(input, error.field) === undefined ? fail(`refused by '${error.field}', which is not set`) : undefined;
}

/** Our refusal names a set field, or the request itself, and from the version it names on that is no longer what is refused. */
function checkTooOld(error: unknown, table: MessageTable, input: Input, serverVersion: number): Verdict {
  if (!(error instanceof TooOldError)) return fail(`what a newer server carries ends in ${String(error ?? 'a frame')}`);
  const { field, needs, has } = error;
  if (has !== serverVersion) return fail(`the refusal says the server has ${has}`);
  if (field !== '' && valueAt(input, field) === undefined) return fail(`refused by '${field}', which is not set`);
  if (needs === undefined) return undefined;
  if (needs <= serverVersion) return fail(`refused by '${field}' for ${needs}, which the server has`);
  try {
    new Encoder('outgoing', needs).encode(table.kind, input);
  } catch (later) {
    if (!(later instanceof TooOldError)) throw later;
    if (later.field === field) return fail(`'${field}' is still refused at ${needs}, which its refusal asked for`);
  }
  return undefined;
}

/** `… is not supported by your TWS version - postOnly`: the field that is named there is refused here too. */
function checkNamed({ refused, serverVersion }: RefusalVector, table: MessageTable, input: Input): Verdict {
  const [, name] = / - (\w+)$/.exec(refused?.errorMsg ?? refused?.message ?? '') ?? [];
  if (name === undefined) return undefined;
  const fields = encodeWithoutRefused(table, structuredClone(input), serverVersion).refused;
  return fields.some((field) => field.split('.').at(-1) === name)
    ? undefined
    : fail(`${name} is refused there; here only ${fields.join(', ')}`);
}

/** What a client refuses although the server could carry it (the vectors' list of own habits). */
function habitOf({ method, serverVersion, peer, refused }: RefusalVector, code: number | undefined): string | undefined {
  if (!peer.startsWith('ibapi')) return undefined;
  const text = refused?.errorMsg ?? '';
  if (code !== undefined && [510, 519, 534, 535].includes(code)) return 'an options list that is not empty, in text';
  if (method === 'placeOrder' && serverVersion < 111 && text.includes('cash quantity'))
    return 'every order below 111 without a cash quantity of 0';
  if (method === 'reqTickByTickData' && serverVersion < 140) return 'every tick-by-tick request below 140';
  if (method === 'reqScannerSubscription' && serverVersion < 143) return 'a list of filter options, even an empty one';
  if (method === 'reqExecutions' && serverVersion < 200) return 'a list of dates, even an empty one';
  return undefined;
}
