import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CaptureHeader, encodeHeader, encodeRecord } from '../../src/capture/format.js';
import { loadCapture, openCapture } from '../../src/capture/reader.js';

const header: CaptureHeader = {
  serverVersion: 200,
  serverVersionBounds: undefined,
  start: undefined,
  redactions: [],
  source: undefined,
};
const read = (micros: number, ...bytes: number[]) =>
  ({ what: 'bytes', micros, direction: 'in', bytes: Uint8Array.from(bytes) }) as const;
const records = [read(0, 1), read(5, 2, 3), read(9)];
const head = encodeHeader(header);
const bytes = Buffer.concat([head, ...records.map(encodeRecord)]);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ibwire-reader-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('openCapture', () => {
  it('gives the header of a file at once and its records while they are walked', async () => {
    const path = join(folder, 'whole.ibcap');
    await writeFile(path, bytes);
    await using capture = await openCapture(path);
    expect(capture.header).toStrictEqual(header);
    const seen: unknown[] = [];
    for await (const record of capture.records) seen.push(record);
    expect(seen).toStrictEqual(records);
  });

  it('takes no more from its input than the walk asks for, and lets go of it when broken off', async () => {
    let taken = 0;
    let released = false;
    async function* endless() {
      try {
        yield head;
        for (;;) {
          taken += 1;
          yield encodeRecord(read(taken));
        }
      } finally {
        released = true;
      }
    }
    const capture = await openCapture(endless());
    expect(taken).toBe(1);
    for await (const record of capture.records) if (record.micros === 3) break;
    expect(taken).toBe(3);
    expect(released).toBe(true);
  });

  it('lets go of its input when closed before the walk', async () => {
    let released = false;
    async function* input() {
      try {
        yield bytes;
      } finally {
        released = true;
      }
    }
    const capture = await openCapture(input());
    await capture.close();
    expect(released).toBe(true);
  });

  it('refuses a file without a header, and passes on that there is no file', async () => {
    await expect(openCapture([])).rejects.toMatchObject({ code: 'NOT_A_CAPTURE', offset: 0 });
    await expect(openCapture([head.subarray(0, 9)])).rejects.toMatchObject({ code: 'CAPTURE_TRUNCATED', offset: 0 });
    await expect(openCapture(join(folder, 'none.ibcap'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('gives the records before the damage, then throws with the offset', async () => {
    const capture = await openCapture([bytes.subarray(0, bytes.length - 1)]);
    const seen: unknown[] = [];
    const walk = async () => {
      for await (const record of capture.records) seen.push(record);
    };
    const offset = bytes.length - encodeRecord(read(9)).length;
    await expect(walk()).rejects.toMatchObject({ name: 'CaptureError', code: 'CAPTURE_TRUNCATED', offset });
    expect(seen).toStrictEqual(records.slice(0, 2));
  });
});

describe('loadCapture', () => {
  it('gives the whole of a capture that came in chunks', async () => {
    const chunks = Array.from(bytes, (byte) => Uint8Array.of(byte));
    expect(await loadCapture(chunks)).toStrictEqual({ header, records });
    expect(await loadCapture([head])).toStrictEqual({ header, records: [] });
  });
});
