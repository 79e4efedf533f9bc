import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { loadCapture } from '../../src/capture/reader.js';

const folder = 'fixtures/captures';
const captures = readdirSync(folder).filter((name) => name.endsWith('.ibcap'));
const transcripts = readdirSync(join(folder, 'transcripts'));

describe('fixtures/captures', () => {
  it('holds every capture and transcript in less than 2 MB', () => {
    expect([captures.length, transcripts.length]).toStrictEqual([84, 16]);
    const paths = [
      ...captures.map((name) => join(folder, name)),
      ...transcripts.map((name) => join(folder, 'transcripts', name)),
    ];
    expect(paths.reduce((sum, path) => sum + statSync(path).size, 0)).toBeLessThan(2_000_000);
  });

  it.each(captures)('%s names its source and licence, and its bytes fall into whole frames', async (name) => {
    const { header, records } = await loadCapture(join(folder, name));
    expect(header.source?.where).toMatch(/\w\/\w/);
    expect(header.source?.licence).toMatch(/\w/);
    const frames = records.filter((record) => record.what === 'bytes');
    expect(frames.length).toBeGreaterThan(0);
    for (const { bytes } of frames) expect(unframed(bytes)).toBe(0);
  });

  it.each(transcripts)('%s holds semantic steps', (name) => {
    const { steps } = JSON.parse(gunzipSync(readFileSync(join(folder, 'transcripts', name))).toString());
    expect(steps.length).toBeGreaterThan(1);
  });

  it('holds only invented account numbers', async () => {
    for (const name of captures) {
      const text = readFileSync(join(folder, name), 'latin1');
      for (const [account] of text.matchAll(/\bD?[UF]\d{5,9}\b/g)) expect(account, name).toMatch(/^DU(9\d+|12345\d*)$/);
    }
  });
});

/** Bytes left behind the last whole frame, the client's four letters before its first frame aside. */
function unframed(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = Buffer.from(bytes.subarray(0, 4)).equals(Buffer.from('API\0')) ? 4 : 0;
  while (at + 4 <= bytes.length && at + 4 + view.getUint32(at) <= bytes.length) at += 4 + view.getUint32(at);
  return bytes.length - at;
}
