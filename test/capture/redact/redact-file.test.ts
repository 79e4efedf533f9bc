import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CaptureRecord, encodeHeader, encodeRecord } from '../../../src/capture/format.js';
import { loadCapture } from '../../../src/capture/reader.js';
import { redactFile } from '../../../src/capture/redact/redact-file.js';
import { createCapture } from '../../../src/capture/writer.js';
import { incomingEncoder } from '../../../src/protocol/encode.js';
import { bytes, headerAt, texts } from './frames.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ibwire-redact-'));
});
afterAll(() => rm(folder, { recursive: true }));

const encoder = incomingEncoder(225);
const error = (errorString: string): Uint8Array => encoder.encode('error', { reqId: 1, errorCode: 321, errorString });
const group = encoder.encode('receiveFA', { faDataType: 1, xml: '<name>Growth Pot</name><String>U9654321</String>' });

async function file(name: string, records: readonly CaptureRecord[]): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, Buffer.concat([encodeHeader(headerAt(225)), ...records.map(encodeRecord)]));
  return path;
}

describe('redactFile', () => {
  it('replaces a name also where it stood before it was learnt, and says what it did and cannot do', async () => {
    const from = await file('one.ibcap', [
      { what: 'note', micros: 0, text: 'the Growth Pot' },
      bytes('in', error('Group Growth Pot of xU9654321'), 1),
      bytes('in', group, 2),
    ]);
    const to = join(folder, 'one-redacted.ibcap');
    const header = await redactFile(from, to);
    const capture = await loadCapture(to);
    expect(capture.header).toStrictEqual(header);
    expect(header).toMatchObject({
      redactions: ['account', 'name', 'orderRef'],
      outOfReach: ['short', 'partOfWord', 'unread', 'otherForm'],
      learnt: { account: 1, name: 1, orderRef: 0 },
    });
    expect(capture.records[0]).toStrictEqual({ what: 'note', micros: 0, text: 'the name000001' });
    expect(texts(capture.records)[1]).toContain('Group name000001 of xDU900001');
    expect(readFileSync(to, 'latin1')).not.toMatch(/Growth|9654321/);
  });

  it('cannot be had while recording: the header of a live capture says that it is out of reach', async () => {
    const path = join(folder, 'live.ibcap');
    {
      await using writer = await createCapture(path, headerAt(225), { clock: () => 0 });
      writer.bytes('in', error('Group Growth Pot'));
      writer.bytes('in', group);
      writer.bytes('in', error('Group Growth Pot'));
    }
    const { header, records } = await loadCapture(path);
    expect(header.outOfReach).toContain('earlier');
    expect(header.learnt).toBeUndefined();
    expect(texts(records).map((text) => text.includes('Growth Pot'))).toStrictEqual([true, false, false]);
  });

  it('hides names that are told beforehand, while recording and afterwards', async () => {
    const path = join(folder, 'hidden.ibcap');
    {
      await using writer = await createCapture(path, headerAt(225), { clock: () => 0, redact: [], hide: ['Growth Pot'] });
      writer.bytes('in', error('Group growth pot of U9654321'));
    }
    const live = await loadCapture(path);
    expect(texts(live.records)[0]).toContain('Group name000001 of U9654321');
    expect(live.header).toMatchObject({ redactions: [], outOfReach: expect.arrayContaining(['short']) });
    const from = await file('told.ibcap', [bytes('in', error('for Aunt Mary'), 1)]);
    const header = await redactFile(from, join(folder, 'told-redacted.ibcap'), { hide: ['Aunt Mary'] });
    expect(header.learnt).toStrictEqual({ account: 0, name: 1, orderRef: 0 });
    expect(texts((await loadCapture(join(folder, 'told-redacted.ibcap'))).records)[0]).toContain('for name00001');
  });

  it.each(['', 'Mo', '1234', '   ', 'x'.repeat(300)])('refuses to hide %j, which could not be found', async (name) => {
    const from = await file('any.ibcap', []);
    const to = join(folder, 'never.ibcap');
    await expect(redactFile(from, to, { hide: [name] })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(existsSync(to)).toBe(false);
  });

  it('overwrites nothing, and leaves nothing behind when it cannot read', async () => {
    const from = await file('kept.ibcap', []);
    await expect(redactFile(from, from)).rejects.toMatchObject({ code: 'CAPTURE_SINK' });
    expect((await loadCapture(from)).header.learnt).toBeUndefined();
    await writeFile(join(folder, 'half.ibcap'), readFileSync(from).subarray(0, 20));
    const to = join(folder, 'of-half.ibcap');
    await expect(redactFile(join(folder, 'half.ibcap'), to)).rejects.toMatchObject({ code: 'CAPTURE_TRUNCATED' });
    await expect(redactFile(join(folder, 'none.ibcap'), to)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(existsSync(to)).toBe(false);
  });

  it('finds nothing new in what it has redacted before', async () => {
    const from = await file('twice.ibcap', [bytes('in', group, 0), bytes('in', error('Growth Pot U9654321'), 1)]);
    await redactFile(from, join(folder, 'twice-1.ibcap'));
    await redactFile(join(folder, 'twice-1.ibcap'), join(folder, 'twice-2.ibcap'));
    const [first, second] = await Promise.all(['twice-1', 'twice-2'].map((name) => loadCapture(join(folder, `${name}.ibcap`))));
    expect(second).toStrictEqual(first);
  });
});
