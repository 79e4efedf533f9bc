// All fixtures through the runner, and the runner itself: it notices what is wrong and recognises by content.

import { describe, expect, it } from 'vitest';
import { contentOf, pathsOf } from './files.js';
import type { Json, JsonObject } from './json.js';
import { recognise } from './recognise.js';
import { runFile } from './run.js';

// Facts of vectors, none of our code.
const SKIPS: readonly RegExp[] = [
  /^a habit of that client alone: /,
  /^the call of that client raises, which is no refusal$/,
  /^the peer sends the request below the server version that introduced it$/,
  /^semantic steps only: no wire fields$/,
  /^the message id is in no field table$/,
  /^text beyond ASCII, which official clients refuse to send$/,
  /^only a part of this message is known$/,
];

const totals = { passed: 0, failed: 0, skipped: 0 };

describe('fixtures', () => {
  it.each(pathsOf([]).map((path) => [path.replace(/^.*fixtures\//, ''), path]))('%s passes', async (_, path = '') => {
    const report = await runFile(path);
    totals.passed += report.passed;
    totals.failed += report.failed.length;
    totals.skipped += report.skipped.length;
    expect(report.failed.slice(0, 3)).toStrictEqual([]);
    expect(report.skipped.filter(({ why }) => !SKIPS.some((known) => known.test(why)))).toStrictEqual([]);
  });

  it('hold cases of every shape', () => {
    console.log(`conformance: ${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
    expect(totals.passed).toBeGreaterThan(9_000);
    expect(totals.skipped).toBeLessThan(60);
  });
});

async function vectors(name: string): Promise<readonly JsonObject[]> {
  const [path = ''] = pathsOf([new URL(`../../fixtures/vectors/${name}.json.gz`, import.meta.url).pathname]);
  const content = (await contentOf(path)) as readonly JsonObject[] | { readonly vectors: readonly JsonObject[] };
  return 'vectors' in content ? content.vectors : content;
}

function failures(content: Json): number {
  const run = recognise(content)?.run();
  if (run === undefined) throw new Error('not recognised');
  return run.failed.length;
}

describe('the runner fails', () => {
  it('a request whose frame holds another value', async () => {
    const one = (await vectors('requests-stoqey')).find((vector) => vector['method'] === 'placeOrder');
    if (one === undefined) throw new Error('no request');
    const fields = [...(one['fields'] as readonly string[])];
    fields[20] = '188.54';
    expect(failures([one])).toBe(0);
    expect(failures([{ ...one, fields }])).toBe(1);
  });

  it('a request that says something else than its frame', async () => {
    const one = (await vectors('requests-official')).find(
      (vector) => vector['encoding'] === 'protobuf' && vector['method'] === 'reqPnL',
    );
    if (one === undefined) throw new Error('no request');
    expect(failures([one])).toBe(0);
    expect(failures([{ ...one, args: { ...(one['args'] as JsonObject), account: 'DU9999999' } }])).toBe(1);
  });

  it('a response that another client decoded otherwise', async () => {
    const one = (await vectors('responses-composed')).find((vector) => vector['kind'] === 'position');
    if (one === undefined) throw new Error('no response');
    const decodedBy = JSON.parse(JSON.stringify(one['decodedBy']).replaceAll('196.77', '196.78')) as Json;
    expect(failures([one])).toBe(0);
    expect(failures([{ ...one, decodedBy }])).toBe(1);
  });

  it('a callback more or less than another client made', async () => {
    const one = (await vectors('responses-official')).find((vector) => vector['kind'] === 'historicalData');
    if (one === undefined) throw new Error('no response');
    const [calls = []] = Object.values(one['decodedBy'] as { readonly [peer: string]: readonly Json[] });
    expect(failures([{ ...one, decodedBy: { 'ibapi 10.46.01': calls } }])).toBe(0);
    expect(failures([{ ...one, decodedBy: { 'ibapi 10.46.01': calls.slice(1) } }])).toBe(1);
  });

  it('a body of another value, and a malformed one that is not', async () => {
    const all = await vectors('protobuf-public');
    const full = all.find((vector) => vector['message'] === 'TickPrice' && vector['kind'] === 'full');
    const cut = all.find((vector) => vector['malformed'] === true && vector['level'] === 'body');
    if (full === undefined || cut === undefined) throw new Error('no body');
    expect(failures([full, cut])).toBe(0);
    expect(failures([{ ...full, value: { ...(full['value'] as JsonObject), price: 3.5 } }])).toBe(1);
    expect(failures([{ ...cut, frameHex: '00000006000000c90801', bodyHex: '0801' }])).toBe(1);
  });

  it('a refusal of what the server carries', async () => {
    const one = (await vectors('refusals')).find((vector) => vector['case'] === 'duration');
    if (one === undefined) throw new Error('no refusal');
    expect(failures([one])).toBe(0);
    expect(failures([{ ...one, serverVersion: 193 }])).toBe(1);
  });

  it('a captured message with a field too many', () => {
    const capture = (fields: readonly string[]): Json => ({
      source: { where: 'here' },
      serverVersion: 176,
      messages: [{ direction: 'in', fields }],
    });
    expect(failures(capture(['9', '1', '6']))).toBe(0);
    expect(failures(capture(['9', '1', '6', '7']))).toBe(1);
    expect(failures(capture(['9', '1']))).toBe(1);
  });

  it('a frame of a transcript whose fields are not those of its bytes', () => {
    const transcript = (fields: readonly string[]): Json => ({
      serverVersion: 200,
      steps: [{ step: 'frame', direction: 'in', fields, base64: Buffer.from('9\0' + '1\0' + '6\0').toString('base64') }],
    });
    expect(failures(transcript(['9', '1', '6']))).toBe(0);
    expect(failures(transcript(['9', '1', '7']))).toBe(1);
  });
});

describe('recognition', () => {
  it('takes several shapes from one list', async () => {
    const [request] = await vectors('requests-stoqey');
    const [refusal] = await vectors('refusals');
    const [response] = await vectors('responses-composed');
    if (request === undefined || refusal === undefined || response === undefined) throw new Error('no vectors');
    const found = recognise([request, refusal, response]);
    expect(found?.shape).toBe('requests, refusals, responses');
    expect(found?.run()).toMatchObject({ passed: 3, failed: [] });
  });

  it('fails elements of a list that have no known shape', () => {
    const [known, unknown] = [
      {
        direction: 'incoming',
        frameHex: '00000006000000c90801',
        serverVersion: 225,
        id: 1,
        message: 'TickPrice',
        value: { reqId: 1 },
        bodyHex: '0801',
        roundTrip: true,
      },
      {},
    ];
    expect(failures([known])).toBe(0);
    expect(failures([known, unknown])).toBe(1);
  });

  it('knows nothing of other content', () => {
    expect(recognise({ hello: 1 })).toBeUndefined();
    expect(recognise([])).toBeUndefined();
    expect(recognise('text')).toBeUndefined();
  });
});
