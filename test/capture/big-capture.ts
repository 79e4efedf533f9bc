// A capture of any size, made of the ticks and order reports of a busy session; run as a program: FILE MEGABYTES.
import { closeSync, openSync, writeSync } from 'node:fs';
import { encodeHeader, encodeRecord } from '../../src/capture/format.js';
import { incomingEncoder } from '../../src/protocol/encode.js';

const MEGABYTE = 1024 * 1024;

/** Writes the file and gives the microseconds of its last record: one record each millisecond. */
export function writeBigCapture(path: string, megabytes: number): number {
  const encoder = incomingEncoder(225);
  const ticks = Array.from({ length: 20 }, (_, n) =>
    encoder.encode('tickPrice', { reqId: n, tickType: 1, price: 100 + n / 8, size: 3, attribMask: 0 }),
  );
  const report = encoder.encode('openOrder', {
    orderId: 5,
    contract: { conId: 265598, symbol: 'AAPL' },
    order: { permId: '1001', action: 'BUY', account: 'DU9000001' },
    orderState: { status: 'Submitted' },
  });
  const file = openSync(path, 'w');
  const header = { serverVersion: 225, serverVersionBounds: undefined, start: new Date(0), redactions: [], source: undefined };
  let written = writeSync(file, encodeHeader(header));
  let micros = 0;
  while (written < megabytes * MEGABYTE) {
    const block: Uint8Array[] = [];
    for (let n = 0; n < 4000; n++, micros += 1000)
      block.push(encodeRecord({ what: 'bytes', micros, direction: 'in', bytes: n % 20 === 0 ? report : ticks[n % 20]! }));
    written += writeSync(file, Buffer.concat(block));
  }
  closeSync(file);
  return micros - 1000;
}

const [, program, path, megabytes] = process.argv;
if (program?.endsWith('big-capture.ts') && path !== undefined) console.log(writeBigCapture(path, Number(megabytes)));
