import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCapture } from '../../src/capture/reader.js';

const source = { kind: 'fixture', where: 'here', client: 'someone', license: 'MIT', provenance: 'made up' };
const base = { source, serverVersion: 176, serverVersionNote: 'stated' };
const handshake = [
  { direction: 'out', event: 'handshake', fields: ['API', 'v100..176'] },
  { direction: 'in', event: 'handshake', fields: ['176', 'now'] },
];
const files = {
  'session.json': {
    ...base,
    messages: [...handshake, { direction: 'in', fields: ['9', '1', ''] }, { direction: 'in', event: 'disconnect', fields: [] }],
  },
  'unseen.json': {
    ...base,
    serverVersion: 225,
    messages: [
      { direction: 'out', event: 'handshake', fields: ['API', 'v...'], partial: true },
      { direction: 'in', event: 'handshake', fields: ['225', 'now'] },
      { direction: 'in', fields: ['209'], idForm: 'int32be+200 protobuf', payloadBase64: 'AAAA0QgB' },
      { direction: 'out', fields: ['8', '1'], partial: true, note: 'front' },
      { direction: 'in', event: 'handshake', fields: ['225', 'later'] },
    ],
  },
  'single.json': {
    ...base,
    serverVersion: null,
    serverVersionBounds: [111, 140],
    messages: [
      { direction: 'in', fields: ['34', '7'], partial: true, note: 'the message id 5 is not in the array; all the rest is' },
      { direction: 'in', fields: ['34', '7'], partial: true, ambiguous: true },
      { direction: 'in', fields: ['9', '7'], serverVersion: 201, reconstructed: true, time: '10:00', decoded: { orderId: 7 } },
      { direction: 'in', fields: ['10'], partial: true, rawFieldBase64: '/w==' },
    ],
  },
  'reads.json': {
    ...base,
    messages: [],
    chunks: [
      { direction: 'in', base64: 'AAAA' },
      { direction: 'in', base64: 'AQ==' },
    ],
  },
  'transcripts-steps.json': { source, steps: [{ step: 'sleep', ms: 5 }] },
};

let folder: string;
const run = (from: string, to: string) =>
  promisify(execFile)(process.execPath, ['--import', 'tsx', 'scripts/convert-captures.ts', join(folder, from), join(folder, to)]);
const records = async (name: string) =>
  (await loadCapture(join(folder, 'to', name))).records.map((record) =>
    record.what === 'bytes' ? `${record.direction} ${Buffer.from(record.bytes).toString('latin1')}` : record,
  );

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ibwire-convert-'));
  await mkdir(join(folder, 'from'));
  for (const [name, file] of Object.entries(files)) await writeFile(join(folder, 'from', name), JSON.stringify(file));
  await run('from', 'to');
});
afterAll(() => rm(folder, { recursive: true }));

describe('scripts/convert-captures', () => {
  it('puts where the traffic comes from into the header', async () => {
    const { header } = await loadCapture(join(folder, 'to', 'single.ibcap'));
    expect(header).toStrictEqual({
      serverVersion: undefined,
      serverVersionBounds: [111, 140],
      start: undefined,
      redactions: ['account', 'name'],
      source: {
        kind: 'fixture',
        where: 'here',
        client: 'someone',
        licence: 'MIT',
        provenance: 'made up',
        notes: ['stated', 'no times'],
      },
    });
  });

  it('makes frames of fields, and the client greeting as it stands on the wire', async () => {
    expect(await records('session.ibcap')).toStrictEqual([
      { what: 'connected', micros: 0, serverVersion: 176 },
      'out API\0\0\0\0\tv100..176',
      'in \0\0\0\x08176\0now\0',
      'in \0\0\0\x059\x001\0\0',
      { what: 'disconnected', micros: 0 },
    ]);
  });

  it('takes payloads as they are, uses 4-byte ids from 201, and invents no greeting that was not shown', async () => {
    expect(await records('unseen.ibcap')).toStrictEqual([
      { what: 'connected', micros: 0, serverVersion: 225 },
      { what: 'note', micros: 0, text: 'the range of versions the client offered is not shown' },
      'in \0\0\0\x08225\0now\0',
      'in \0\0\0\x06\0\0\0\xd1\b\x01',
      { what: 'about', micros: 0, doubts: ['partial'], serverVersion: undefined, text: 'front' },
      'out \0\0\0\x06\0\0\0\b1\0',
      { what: 'connected', micros: 0, serverVersion: 225 },
      'in \0\0\0\n225\0later\0',
    ]);
  });

  it('puts a missing id back and keeps every doubt with its frame', async () => {
    expect(await records('single.ibcap')).toStrictEqual([
      {
        what: 'about',
        micros: 0,
        doubts: ['reconstructed'],
        serverVersion: undefined,
        text: 'the message id 5 is not in the array; all the rest is',
      },
      'in \0\0\0\x075\x0034\x007\0',
      { what: 'about', micros: 0, doubts: ['partial', 'ambiguous', 'reconstructed'], serverVersion: undefined, text: undefined },
      'in \0\0\0\x075\x0034\x007\0',
      {
        what: 'about',
        micros: 0,
        doubts: ['reconstructed'],
        serverVersion: 201,
        text: 'decoded by the client as {"orderId":7}; logged at 10:00',
      },
      'in \0\0\0\x06\0\0\0\t7\0',
      { what: 'about', micros: 0, doubts: ['partial'], serverVersion: undefined, text: undefined },
      'in \0\0\0\x0510\0\xff\0',
    ]);
  });

  it('keeps single reads as reads', async () => {
    const cut = { what: 'cut', micros: 0 };
    expect(await records('reads.ibcap')).toStrictEqual([cut, 'in \0\0\0', cut, 'in \x01']);
  });

  it('keeps semantic steps as they are, and refuses steps that hold frames', async () => {
    const packed = await readFile(join(folder, 'to', 'transcripts', 'steps.json.gz'));
    expect(gunzipSync(packed).toString()).toBe(JSON.stringify(files['transcripts-steps.json']));
    await mkdir(join(folder, 'frames'));
    await writeFile(join(folder, 'frames', 'transcripts-x.json'), JSON.stringify({ source, steps: [{ step: 'frame' }] }));
    await expect(run('frames', 'never')).rejects.toThrow('holds frames');
  });

  it('gives the same bytes again', async () => {
    await run('from', 'again');
    for (const entry of await readdir(join(folder, 'to'), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      expect(await readFile(path.replace(join(folder, 'to'), join(folder, 'again')))).toStrictEqual(await readFile(path));
    }
  });
});
