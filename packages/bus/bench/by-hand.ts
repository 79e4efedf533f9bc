// What somebody would write who has no bus: a row of fixed width for each tick, gathered by instrument as the bus gathers them.

import type { NatsConnection } from '@nats-io/transport-node';
import type { QuoteTick } from 'ibwire';

/** Field, value, time, source, tick type, attributes. */
export const ROW_BYTES = 21;
const MOST = 100;
const LINGER_MS = 2;

export function byHand(connection: NatsConnection): (instrument: number, tick: QuoteTick) => void {
  const open = new Map<number, { data: Buffer; rows: number }>();
  let isSet = false;
  const flush = (instrument: number, one: { data: Buffer; rows: number }): void => {
    connection.publish(`hand.${instrument}`, Buffer.from(one.data.subarray(0, one.rows * ROW_BYTES)));
    one.rows = 0;
  };
  return (instrument, tick) => {
    let one = open.get(instrument);
    if (one === undefined) {
      one = { data: Buffer.alloc(MOST * ROW_BYTES), rows: 0 };
      open.set(instrument, one);
    }
    const { data } = one;
    const at = one.rows++ * ROW_BYTES;
    data.writeUInt8(1, at);
    data.writeDoubleLE(tick.value as number, at + 1);
    data.writeDoubleLE(tick.time, at + 9);
    data.writeUInt8(1, at + 17);
    data.writeInt16LE(tick.tickType, at + 18);
    data.writeUInt8(tick.attribMask ?? 0, at + 20);
    if (one.rows === MOST) flush(instrument, one);
    if (isSet) return;
    isSet = true;
    setTimeout(() => {
      isSet = false;
      for (const [of, each] of open) if (each.rows > 0) flush(of, each);
    }, LINGER_MS);
  };
}
