import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaptureHeader } from '../../src/capture/format.js';
import { loadCapture } from '../../src/capture/reader.js';
import { chunkTap, tap } from '../../src/capture/tap.js';
import { CaptureWriter, createCapture } from '../../src/capture/writer.js';
import { incomingEncoder } from '../../src/protocol/encode.js';

const header: CaptureHeader = {
  serverVersion: undefined,
  serverVersionBounds: undefined,
  start: new Date(0),
  redactions: ['account', 'name', 'orderRef'],
  outOfReach: ['earlier', 'short', 'partOfWord', 'unread', 'otherForm'],
  source: undefined,
};

/** A clock that shows these readings one after the other, then stays. */
const clock = (...readings: number[]) => {
  let last = 0;
  return () => {
    last = readings.shift() ?? last;
    return last;
  };
};

/** A sink that keeps what it takes; `open()` lets the first write through that it held back. */
function slowSink(): { sink: Writable; chunks: Uint8Array[]; open: () => void } {
  const chunks: Uint8Array[] = [];
  let release = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    release = resolve;
  });
  const sink = new Writable({
    write(chunk: Uint8Array, _encoding, done) {
      chunks.push(chunk);
      void opened.then(() => done());
    },
  });
  return { sink, chunks, open: release };
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ibwire-writer-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('CaptureWriter', () => {
  it('replaces what the capture beside it gave away, by the same stand-in', async () => {
    const [one, two] = [slowSink(), slowSink()];
    for (const { open } of [one, two]) open();
    const first = new CaptureWriter(one.sink, { serverVersion: 176 });
    const second = new CaptureWriter(two.sink, { serverVersion: 176 }, { beside: first });
    first.bytes('in', incomingEncoder(176).encode('receiveFA', { faDataType: 1, xml: '<name>Growth Pot</name>' }));
    second.bytes('in', incomingEncoder(176).encode('error', { reqId: 1, errorCode: 1, errorString: 'no Growth Pot' }));
    await Promise.all([first.close(), second.close()]);
    for (const { chunks } of [one, two]) expect(Buffer.concat(chunks).toString('latin1')).toMatch(/name000001/);
    expect(() => new CaptureWriter(two.sink, {}, { beside: one.sink as never })).toThrow('beside: must be a CaptureWriter');
  });

  it('writes bytes and marks with the microseconds since its start', async () => {
    const { sink, chunks, open } = slowSink();
    open();
    const writer = new CaptureWriter(sink, header, { clock: clock(1000, 1007, 1012) });
    writer.mark({ what: 'connected', serverVersion: 176 });
    writer.bytes('in', Uint8Array.of(1, 2));
    await writer.close();
    expect(await loadCapture(chunks)).toStrictEqual({
      header,
      records: [
        { what: 'connected', micros: 7, serverVersion: 176 },
        { what: 'bytes', micros: 12, direction: 'in', bytes: Uint8Array.of(1, 2) },
      ],
    });
  });

  it('never writes a time before the one already written', async () => {
    const { sink, chunks, open } = slowSink();
    open();
    const writer = new CaptureWriter(sink, header, { clock: clock(0, 50, 40, 60) });
    for (let n = 0; n < 3; n++) writer.mark({ what: 'cut' });
    await writer.close();
    expect((await loadCapture(chunks)).records.map((record) => record.micros)).toStrictEqual([50, 50, 60]);
  });

  it('copies the chunk, so that its owner may reuse it', async () => {
    const { sink, chunks, open } = slowSink();
    const writer = new CaptureWriter(sink, header, { clock: clock(0) });
    const chunk = Uint8Array.of(1, 2, 3);
    writer.bytes('out', chunk);
    chunk.fill(9);
    open();
    await writer.close();
    expect((await loadCapture(chunks)).records).toMatchObject([{ direction: 'out', bytes: Uint8Array.of(1, 2, 3) }]);
  });

  it('counts what it had to drop when the sink is too slow, and says so in its place', async () => {
    const { sink, chunks, open } = slowSink();
    const writer = new CaptureWriter(sink, header, { clock: clock(0), backlog: 200 });
    writer.bytes('in', new Uint8Array(300));
    writer.bytes('in', new Uint8Array(10));
    writer.bytes('out', new Uint8Array(20));
    open();
    for (let turn = 0; sink.writableLength > 0 && turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve));
    writer.bytes('in', new Uint8Array(5));
    await writer.close();
    const { records } = await loadCapture(chunks);
    expect(records.map((record) => (record.what === 'bytes' ? record.bytes.length : record))).toStrictEqual([
      300,
      { what: 'dropped', micros: 0, records: 2, bytes: 30 },
      5,
    ]);
  });

  it('says at its end what it had to drop last', async () => {
    const { sink, chunks, open } = slowSink();
    const writer = new CaptureWriter(sink, header, { clock: clock(0), backlog: 0 });
    writer.bytes('in', new Uint8Array(8));
    const closed = writer.close();
    open();
    await closed;
    expect((await loadCapture(chunks)).records).toStrictEqual([{ what: 'dropped', micros: 0, records: 1, bytes: 8 }]);
  });

  it('replaces account numbers on the way to disk and says so, unless told to write everything', async () => {
    const frame = Buffer.from('\0\0\0\x0f15\x001\0DU9555111\0');
    const written = async (redact?: []) => {
      const { sink, chunks, open } = slowSink();
      open();
      const writer = new CaptureWriter(sink, { ...header, serverVersion: 176 }, { clock: clock(0), ...(redact && { redact }) });
      writer.bytes('in', frame);
      await writer.close();
      const { header: head, records } = await loadCapture(chunks);
      return [head.redactions, records.map((record) => record.what === 'bytes' && Buffer.from(record.bytes).toString())];
    };
    expect(await written()).toStrictEqual([['account', 'name', 'orderRef'], ['\0\0\0\x0f15\x001\0DU9000001\0']]);
    expect(await written([])).toStrictEqual([[], [frame.toString()]]);
  });

  it('keeps a failing sink to itself until it is closed', async () => {
    const cause = new Error('no space');
    const sink = new Writable({ write: (_chunk, _encoding, done) => done(cause) });
    const writer = new CaptureWriter(sink, header);
    await new Promise((resolve) => sink.once('close', resolve));
    writer.bytes('in', Uint8Array.of(1));
    expect(writer.failure).toMatchObject({ code: 'CAPTURE_SINK', cause });
    await expect(writer.close()).rejects.toMatchObject({ code: 'CAPTURE_SINK', cause });
  });

  it('tells when the sink was taken away before it had everything', async () => {
    const { sink } = slowSink();
    const writer = new CaptureWriter(sink, header);
    sink.destroy();
    await expect(writer.close()).rejects.toMatchObject({ code: 'CAPTURE_SINK' });
  });

  it('splits a chunk that is longer than a value may be', async () => {
    const { sink, chunks, open } = slowSink();
    open();
    const writer = new CaptureWriter(sink, header, { clock: clock(0) });
    writer.bytes('in', new Uint8Array(40 * 1024 * 1024));
    await writer.close();
    const lengths = (await loadCapture(chunks)).records.map((record) => record.what === 'bytes' && record.bytes.length);
    expect(lengths).toStrictEqual([16 * 1024 * 1024, 16 * 1024 * 1024, 8 * 1024 * 1024]);
  });
});

describe('createCapture', () => {
  it('writes a file that reads back', async () => {
    const path = join(folder, 'new.ibcap');
    {
      await using writer = await createCapture(path, header, { clock: clock(0) });
      writer.mark({ what: 'note', text: 'hello' });
    }
    expect(await loadCapture(path)).toStrictEqual({ header, records: [{ what: 'note', micros: 0, text: 'hello' }] });
  });

  it('overwrites nothing', async () => {
    const path = join(folder, 'old.ibcap');
    await writeFile(path, 'old');
    await expect(createCapture(path, header)).rejects.toMatchObject({ code: 'CAPTURE_SINK', offset: 0 });
    expect(await readFile(path, 'utf8')).toBe('old');
  });
});

describe('tap', () => {
  it('writes down a connection in the order of its events, errors by their code alone', async () => {
    const { sink, chunks, open } = slowSink();
    open();
    const writer = new CaptureWriter(sink, header, { clock: clock(0) });
    const ear = tap(writer);
    ear.connected();
    ear.wrote(Uint8Array.of(1));
    ear.read(Uint8Array.of(2));
    ear.ended('in');
    ear.failed('out', Object.assign(new Error('write ECONNRESET 10.0.0.1'), { code: 'ECONNRESET' }));
    ear.failed('in', new TypeError('10.0.0.1'));
    ear.closed();
    await writer.close();
    expect((await loadCapture(chunks)).records).toStrictEqual([
      { what: 'connected', micros: 0, serverVersion: undefined },
      { what: 'bytes', micros: 0, direction: 'out', bytes: Uint8Array.of(1) },
      { what: 'bytes', micros: 0, direction: 'in', bytes: Uint8Array.of(2) },
      { what: 'eof', micros: 0, direction: 'in' },
      { what: 'failed', micros: 0, direction: 'out', text: 'ECONNRESET' },
      { what: 'failed', micros: 0, direction: 'in', text: 'TypeError' },
      { what: 'disconnected', micros: 0 },
    ]);
  });
});

describe('chunkTap', () => {
  it('begins a connection with the first bytes, and another with each greeting of the client', async () => {
    const { sink, chunks, open } = slowSink();
    open();
    const writer = new CaptureWriter(sink, header, { clock: clock(0) });
    const hear = chunkTap(writer);
    const hello = Buffer.from('API\0\0\0\0\x09v100..176');
    hear('out', hello);
    hear('in', Buffer.from('\0\0\0\x08176\0now\0'));
    hear('out', hello);
    await writer.close();
    const { records } = await loadCapture(chunks);
    expect(records.map((record) => (record.what === 'bytes' ? record.direction : record.what))).toStrictEqual([
      'connected',
      'out',
      'in',
      'connected',
      'out',
    ]);
  });
});
