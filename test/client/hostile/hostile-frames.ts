// Frames as an enemy sends them: every kind with ids that are known and ids that are not, absurd values, and broken bytes.

import fc from 'fast-check';
import { incomingEncoder, tableOfKind } from '../../../src/protocol/encode.js';
import { type IncomingKind, incomingKinds } from '../../../src/protocol/registry.js';
import { anyMessage } from '../../arbitraries/messages.js';
import { damage } from '../../helpers/damage.js';
import { randomFrom } from '../../helpers/random.js';

export type Step =
  /** `owner`: whose id it gets, counted through the requests that were sent; `times`: how often it comes. */
  | {
      readonly is: 'frame';
      readonly kind: IncomingKind;
      readonly message: object;
      readonly owner: number;
      readonly times: number;
      /** Seeds of damage; undefined leaves it whole. */
      readonly damage: number | undefined;
    }
  | { readonly is: 'cut' }
  | { readonly is: 'wait'; readonly ms: number };

const ABSURD = [0, -0, -1, 7, 2_147_483_646, 2_147_483_647, -2_147_483_648, 1e308, -1e308, 5e-324, 2 ** 53];
const CODES = [
  100, 162, 200, 201, 202, 317, 320, 321, 322, 326, 354, 366, 420, 502, 507, 1100, 1101, 1102, 1300, 2104, 2110, 10089, 10148,
];

/** Some of its numbers are absurd. */
function absurd(message: object, seed: number): object {
  const random = randomFrom(seed);
  const twist = (value: unknown): unknown => {
    if (typeof value === 'number') return random() % 3 === 0 ? ABSURD[random() % ABSURD.length] : value;
    if (Array.isArray(value)) return value.map(twist);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, twist(held)]));
  };
  return twist(message) as object;
}

const anyFrame: fc.Arbitrary<Step> = fc.constantFrom(...incomingKinds.map(({ kind }) => kind as IncomingKind)).chain((kind) =>
  fc.record({
    is: fc.constant('frame' as const),
    kind: fc.constant(kind),
    message: fc
      .tuple(anyMessage(tableOfKind('incoming', kind)), fc.option(fc.nat(), { nil: undefined }))
      .map(([message, seed]) => (seed === undefined ? message : absurd(message, seed))),
    owner: fc.integer({ min: -3, max: 60 }),
    times: fc.oneof({ weight: 8, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.constant(40) }),
    damage: fc.option(fc.nat(), { nil: undefined, freq: 3 }),
  }),
);
const anyError: fc.Arbitrary<Step> = fc.record({
  is: fc.constant('frame' as const),
  kind: fc.constant('error' as const),
  message: fc.record({
    errorCode: fc.constantFrom(...CODES),
    errorString: fc.constantFrom('', 'x', '4001', '\u001b[2J'.repeat(9)),
  }),
  owner: fc.integer({ min: -3, max: 60 }),
  times: fc.constant(1),
  damage: fc.constant(undefined),
});
const isolated: fc.Arbitrary<Step> = fc.oneof(
  fc.constant({ is: 'cut' as const }),
  fc.record({ is: fc.constant('wait' as const), ms: fc.constantFrom(1, 300, 5_000, 40_000) }),
);

export const anySteps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof({ weight: 8, arbitrary: anyFrame }, { weight: 3, arbitrary: anyError }, { weight: 1, arbitrary: isolated }),
  { minLength: 5, maxLength: 60, size: 'max' },
);

/** The bytes of a step; undefined where this version cannot say such a message. */
export function bytesOf(
  step: Step & { readonly is: 'frame' },
  serverVersion: number,
  ids: readonly number[],
): Uint8Array | undefined {
  const id = step.owner < 0 || ids.length === 0 ? [-1, 999_999_999, 3][-step.owner - 1] : ids[step.owner % ids.length];
  const rows = tableOfKind('incoming', step.kind).rows;
  const message = {
    ...step.message,
    ...('reqId' in rows && { reqId: id }),
    ...('orderId' in rows && step.owner < 0 && { orderId: id }),
  };
  let frame: Uint8Array;
  try {
    frame = incomingEncoder(serverVersion)
      .encode(step.kind, message as never)
      .slice();
  } catch {
    return undefined;
  }
  if (step.damage === undefined) return frame;
  const body = damage(frame.slice(4), 5, Uint8Array.from([0, 1, 2, 255, 48, 0]), randomFrom(step.damage));
  const whole = new Uint8Array(body.length + 4);
  new DataView(whole.buffer).setUint32(0, body.length);
  whole.set(body, 4);
  return whole;
}
