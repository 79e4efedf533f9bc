import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaptureHeader, CaptureRecord } from '../../src/capture/format.js';
import { loadCapture } from '../../src/capture/reader.js';
import { startRecorder } from '../../src/capture/recorder.js';
import { CaptureWriter } from '../../src/capture/writer.js';

const header: CaptureHeader = {
  serverVersion: undefined,
  serverVersionBounds: undefined,
  start: undefined,
  redactions: ['account', 'name', 'orderRef'],
  source: undefined,
};

/** Writers that keep their captures in memory, one list of chunks for each connection. */
function memory(): { open: () => CaptureWriter; load: (connection: number) => Promise<readonly CaptureRecord[]> } {
  const files: Uint8Array[][] = [];
  return {
    open: () => {
      const chunks: Uint8Array[] = [];
      files.push(chunks);
      const sink = new Writable({ write: (chunk: Uint8Array, _encoding, done) => done(void chunks.push(chunk) as undefined) });
      return new CaptureWriter(sink, header, { clock: () => 0 });
    },
    load: async (connection) => (await loadCapture(files[connection] ?? [])).records,
  };
}

/** All bytes of one direction, and the marks in their order. */
function summary(records: readonly CaptureRecord[]) {
  const said = { in: '', out: '' };
  const marks: string[] = [];
  for (const record of records) {
    if (record.what === 'bytes') said[record.direction] += Buffer.from(record.bytes).toString('latin1');
    else marks.push('direction' in record ? `${record.what} ${record.direction}` : record.what);
  }
  return { ...said, marks };
}

/** What a socket says until it has said its last; it stays open for answers. */
function everything(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    socket.on('data', (chunk) => {
      text += String(chunk);
    });
    socket.once('end', () => resolve(text));
    socket.once('error', reject);
  });
}

let gateway: Server;
let port: number;
let accepted: Promise<Socket>;
beforeEach(async () => {
  gateway = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
  accepted = once(gateway, 'connection').then(([socket]: Socket[]) => socket!);
  await once(gateway, 'listening');
  port = (gateway.address() as AddressInfo).port;
});
afterEach(() => new Promise((resolve) => gateway.close(resolve)));

const dial = (to: number): Socket => connect({ port: to, host: '127.0.0.1', allowHalfOpen: true });

describe('startRecorder', () => {
  it('passes both directions on and writes them down', async () => {
    const files = memory();
    await using recorder = await startRecorder({ gateway: { port }, open: files.open });
    const client = dial(recorder.port);
    client.write('API\0');
    const server = await accepted;
    expect(String((await once(server, 'data'))[0])).toBe('API\0');
    server.write('176');
    expect(String((await once(client, 'data'))[0])).toBe('176');
    client.end();
    server.end();
    await Promise.all([once(client, 'close'), once(server, 'close')]);
    await recorder.close();
    const { marks, ...said } = summary(await files.load(0));
    expect(said).toStrictEqual({ out: 'API\0', in: '176' });
    expect(marks[0]).toBe('connected');
    expect(marks.slice(1, 3).sort()).toStrictEqual(['eof in', 'eof out']);
    expect(marks.slice(3)).toStrictEqual(['disconnected']);
    expect(recorder.failures).toStrictEqual([]);
  });

  it('keeps the other half open when one side has said its last', async () => {
    const files = memory();
    await using recorder = await startRecorder({ gateway: { port }, open: files.open });
    const client = dial(recorder.port);
    client.end('question');
    const server = await accepted;
    expect(await everything(server)).toBe('question');
    server.end('answer');
    expect(await everything(client)).toBe('answer');
    await recorder.close();
    expect(summary(await files.load(0))).toStrictEqual({
      out: 'question',
      in: 'answer',
      marks: ['connected', 'eof out', 'eof in', 'disconnected'],
    });
  });

  it('writes down what it passed on before a side broke off, and ends the other side', async () => {
    const files = memory();
    await using recorder = await startRecorder({ gateway: { port }, open: files.open });
    const client = dial(recorder.port);
    client.write('order');
    const server = await accepted;
    await once(server, 'data');
    const ended = once(server, 'close');
    client.resetAndDestroy();
    server.resume();
    server.once('end', () => server.end());
    await ended;
    await recorder.close();
    expect(summary(await files.load(0))).toStrictEqual({
      out: 'order',
      in: '',
      marks: ['connected', 'failed out', 'disconnected'],
    });
  });

  it('gives every connection a capture of its own', async () => {
    const files = memory();
    gateway.on('connection', (socket) => socket.on('data', (chunk) => socket.end(chunk)));
    await using recorder = await startRecorder({ gateway: { port }, open: files.open });
    const [first, second] = [dial(recorder.port), dial(recorder.port)];
    first.end('one');
    expect(await everything(first)).toBe('one');
    second.end('two');
    expect(await everything(second)).toBe('two');
    await recorder.close();
    const said = await Promise.all([0, 1].map(async (n) => summary(await files.load(n)).out));
    expect(said.sort()).toStrictEqual(['one', 'two']);
  });

  it('turns a client away when there is no gateway, and says why in the capture', async () => {
    const files = memory();
    const nowhere = createServer().listen(0, '127.0.0.1');
    await once(nowhere, 'listening');
    const closed = (nowhere.address() as AddressInfo).port;
    await new Promise((resolve) => nowhere.close(resolve));
    await using recorder = await startRecorder({ gateway: { port: closed }, open: files.open });
    const client = dial(recorder.port);
    expect(await everything(client)).toBe('');
    client.destroy();
    await recorder.close();
    expect(await files.load(0)).toStrictEqual([
      { what: 'failed', micros: 0, direction: 'in', text: 'ECONNREFUSED' },
      { what: 'disconnected', micros: 0 },
    ]);
  });

  it('turns a client away when it cannot be recorded', async () => {
    const reason = new Error('no disk');
    await using recorder = await startRecorder({ gateway: { port }, open: () => Promise.reject(reason) });
    const client = dial(recorder.port);
    expect(await everything(client)).toBe('');
    client.destroy();
    await recorder.close();
    expect(recorder.failures).toStrictEqual([reason]);
  });

  it('goes on passing bytes when the recording fails, and tells', async () => {
    gateway.on('connection', (socket) => socket.pipe(socket));
    const cause = new Error('disk full');
    const open = () => new CaptureWriter(new Writable({ write: (_chunk, _encoding, done) => done(cause) }), header);
    await using recorder = await startRecorder({ gateway: { port }, open });
    const client = dial(recorder.port);
    client.end('still here');
    expect(await everything(client)).toBe('still here');
    await recorder.close();
    expect(recorder.failures).toMatchObject([{ code: 'CAPTURE_SINK', cause }]);
  });

  it('takes from a fast side only what a slow side can take', async () => {
    const files = memory();
    await using recorder = await startRecorder({ gateway: { port }, open: files.open });
    const client = dial(recorder.port);
    const size = 32 * 1024 * 1024;
    for (let n = 0; n < 32; n++) client.write(Buffer.alloc(size / 32, 'x'));
    const server = await accepted; // does not read as yet
    gateway.on('connection', (socket) => socket.pipe(socket));
    for (let trip = 0; trip < 20; trip++) {
      const other = dial(recorder.port); // others get through meanwhile
      other.end('there and back');
      expect(await everything(other)).toBe('there and back');
    }
    expect(client.writableLength).toBeGreaterThan(size / 4);
    client.end();
    let read = 0;
    server.on('data', (chunk) => {
      read += chunk.length;
    });
    await once(server, 'end');
    expect(read).toBe(size);
    server.end();
    client.resume();
    await once(client, 'close');
    await recorder.close();
    expect(summary(await files.load(0)).out.length).toBe(size);
  });

  it('ends what is open when it is closed, and says so in the capture', async () => {
    const files = memory();
    const recorder = await startRecorder({ gateway: { port }, open: files.open });
    const client = dial(recorder.port);
    client.on('error', () => undefined);
    client.write('x');
    const server = await accepted;
    server.on('error', () => undefined);
    await once(server, 'data');
    await recorder.close();
    await recorder.close();
    client.destroy();
    server.destroy();
    expect(summary(await files.load(0))).toStrictEqual({ out: 'x', in: '', marks: ['connected', 'disconnected'] });
    await expect(once(dial(recorder.port), 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('refuses to start on a port that is taken', async () => {
    await expect(startRecorder({ gateway: { port }, listen: { port }, open: memory().open })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });
});
