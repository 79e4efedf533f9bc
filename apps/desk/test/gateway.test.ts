// The gateway under a glass: doctor, recording, outages, troubles, and the door to a live account.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { framesOf, loadCapture, MessageReader } from 'ibwire/capture';
import { simulate } from 'ibwire/gateway';
import { describe, expect, it } from 'vitest';
import { createFrameEdge } from '../src/session/frame-edge.js';
import { buy, type Stage, stage, startedAt } from './stage.js';

interface Check {
  readonly step: string;
  readonly state: string;
  readonly says: string;
  readonly todo?: string;
}

async function doctor(at: Stage, asked: object = {}): Promise<readonly Check[]> {
  const { status, body } = await at.owner<{ readonly checks: readonly Check[] }>('POST', '/v1/session/doctor', asked);
  expect(status).toBe(200);
  return body.checks;
}
const stateOf = (checks: readonly Check[], step: string): string | undefined => checks.find((one) => one.step === step)?.state;

describe('the doctor', () => {
  it('of a session that is well finds nothing to do', async () => {
    await using at = await stage({ sessionTimer: startedAt('2026-12-02T15:00:00Z') });
    const checks = await doctor(at);
    expect(checks.filter(({ todo }) => todo !== undefined)).toEqual([]);
    expect(checks.map(({ step }) => step)).toEqual(
      expect.arrayContaining(['port', 'version', 'client id', 'read-only', 'market data']),
    );
  });

  it('in the hours in which the broker maintains its servers finds that, with the end of it, and nothing else', async () => {
    await using at = await stage({ sessionTimer: startedAt('2026-11-30T05:40:00Z') });
    expect((await doctor(at)).filter(({ todo }) => todo !== undefined)).toEqual([
      expect.objectContaining({ step: 'session', state: 'warning', todo: 'It ends at 06:45 UTC.' }),
    ]);
  });

  it('names what is not well, each with what to do: read-only, no rights, the broker away, a stop', async () => {
    await using at = await stage({ simulate: { marketData: 'none' } });
    await at.owner('POST', '/v1/session/disconnect', {});
    await at.owner('POST', '/v1/session/connect', { port: at.desk.gateway?.port, readonly: true });
    at.desk.gateway?.faults.disconnect();
    await expect.poll(() => at.desk.connection.current?.ib.state.at).toBe('degraded');
    await at.owner('POST', '/v1/control/stop', { reason: 'lunch' });
    const checks = await doctor(at);
    for (const step of ['read-only', 'market data', 'link', 'stop']) {
      expect(stateOf(checks, step), step).toMatch(/warning|failed/);
      expect(checks.find((one) => one.step === step)?.todo, step).toMatch(/\w/);
    }
  });

  it('without a session looks at a port: nothing there, a gateway, a client id that is taken', async () => {
    await using at = await stage();
    await at.owner('POST', '/v1/session/disconnect', {});
    const port = at.desk.gateway?.port;
    const free = await doctor(at, { port });
    expect(stateOf(free, 'API')).toBe('ok');
    expect(at.desk.connection.current).toBeUndefined();
    await using other = await simulate();
    const gone = other.port;
    await other.close();
    const [nothing] = await doctor(at, { port: gone });
    expect(nothing).toMatchObject({
      state: 'failed',
      says: expect.stringContaining('nothing listens'),
      todo: expect.stringContaining('Socket Clients'),
    });
  });

  it('is for those who operate', async () => {
    await using at = await stage();
    const reader = await at.as('read');
    for (const name of ['doctor', 'record', 'stopRecording'])
      expect((await reader('POST', `/v1/session/${name}`, {})).status).toBe(403);
  });
});

describe('a recording', () => {
  it('begins between frames of a session that runs, can be read, and tells no account', async () => {
    const own = 'DU9777777';
    await using at = await stage({ simulate: { accounts: [{ account: own, kind: 'individual-margin' }] } });
    await at.owner('GET', '/v1/quotes/snapshot?symbol=AAPL');
    const began = await at.owner('POST', '/v1/session/record', {});
    expect(began.body).toMatchObject({ isRedacted: true, bytes: 0 });
    expect((await at.owner('POST', '/v1/session/record', {})).status).toBe(409);
    await at.owner('POST', '/v1/orders/draft', buy('AAPL', '3'));
    await at.owner('GET', '/v1/accounts/summary');
    const ended = await at.owner<{ file: string; bytes: number; until: string }>('POST', '/v1/session/stopRecording', {});
    expect(ended.body.bytes).toBeGreaterThan(500);
    expect((await at.owner<{ last: object }>('GET', '/v1/session/recording')).body.last).toEqual(ended.body);
    const folder = at.captures;
    expect(readdirSync(folder)).toEqual([ended.body.file]);
    const file = join(folder, ended.body.file);
    expect(readFileSync(file).includes(own)).toBe(false);
    expect(readFileSync(file).includes('DU9000001')).toBe(true);
    const capture = await loadCapture(file);
    const reader = new MessageReader(capture.header);
    const kinds = [...framesOf(capture.header, capture.records)].map((item) => {
      const read = item.what === 'frame' ? reader.read(item) : item;
      return read.what === 'message' ? read.message.kind : read.what;
    });
    expect(kinds).toContain('placeOrder');
    expect(kinds).toContain('orderStatus');
    for (const bad of ['unknown', 'unreadable', 'broken']) expect(kinds).not.toContain(bad);
    expect((await at.owner('POST', '/v1/session/stopRecording', {})).status).toBe(409);
  });

  it('ends by itself when it is big enough, and says so', async () => {
    await using at = await stage();
    await at.desk.recording.start(at.desk.connection.need().ib.serverVersion, 2_000);
    await at.owner('GET', '/v1/contracts/chain?symbol=AAPL');
    await expect.poll(() => at.desk.recording.last?.why).toMatch(/reached/);
    expect(at.desk.recording.current).toBeUndefined();
  });

  it('needs a folder', async () => {
    await using at = await stage({ captures: undefined });
    const { status, body } = await at.owner('POST', '/v1/session/record', {});
    expect([status, body.remedy]).toEqual([409, expect.stringContaining('--captures')]);
  });
});

describe('the edge of frames', () => {
  const frame = (length: number): readonly number[] => [0, 0, 0, length, ...Array<number>(length).fill(7)];

  it('is found however the bytes are cut', () => {
    const bytes = Uint8Array.from([...frame(3), ...frame(0), ...frame(6)]);
    const starts = [0, 7, 11];
    for (let cut = 0; cut <= bytes.length; cut++) {
      const edge = createFrameEdge();
      edge.push(bytes.subarray(0, cut));
      const first = edge.push(bytes.subarray(cut));
      const next = [...starts, bytes.length].find((start) => start >= cut);
      expect(first === undefined ? undefined : cut + first, `cut at ${cut}`).toBe(next);
    }
  });

  it('begins anew with a connection', () => {
    const edge = createFrameEdge();
    edge.push(Uint8Array.from([0, 0, 1]));
    edge.reset(4);
    expect(edge.push(Uint8Array.from([65, 80, 73, 0, ...frame(2)]))).toBe(4);
  });
});

describe('health', () => {
  it('names each trouble with its cause and what to do, and another session by its code', async () => {
    await using at = await stage({ sessionTimer: startedAt('2026-12-02T15:00:00Z') });
    interface Health {
      readonly troubles: readonly { what: string; cause: string; remedy: string }[];
      readonly competing?: { readonly code: number };
      readonly staleQuotes: readonly { symbol: string }[];
      readonly notices: readonly { meaning: string; remedy: string }[];
    }
    const health = async () => (await at.owner<Health>('GET', '/v1/session/health')).body;
    expect((await health()).troubles).toEqual([]);
    await at.owner('GET', '/v1/quotes/snapshot?symbol=AAPL');
    at.desk.gateway?.faults.competing();
    await expect.poll(async () => (await health()).competing?.code).toBe(10197);
    const [first] = (await health()).troubles;
    expect(first).toMatchObject({
      what: 'session',
      cause: expect.stringContaining('10197'),
      remedy: expect.stringContaining('never takes'),
    });
    at.desk.gateway?.faults.disconnect();
    await expect.poll(async () => (await health()).troubles.map(({ what }) => what)).toContain('link');
    await expect.poll(async () => (await health()).staleQuotes.map(({ symbol }) => symbol)).toEqual(['AAPL']);
    for (const { meaning, remedy } of (await health()).notices)
      expect([meaning, remedy].every((text) => text.length > 3)).toBe(true);
  });

  it('tells the round trip once it was measured, and the restart where it was said', async () => {
    await using at = await stage();
    const health = async () =>
      (await at.owner<{ roundTrip?: { medianMs: number }; nextRestart?: string }>('GET', '/v1/session/health')).body;
    expect((await health()).nextRestart).toBeUndefined();
    await expect.poll(async () => (await health()).roundTrip?.medianMs).toBeGreaterThan(0);
    await at.owner('POST', '/v1/session/disconnect', {});
    const restart = { at: '23:45', zone: 'America/New_York' };
    expect((await at.owner('POST', '/v1/session/connect', { port: at.desk.gateway?.port, restart })).status).toBe(200);
    expect((await health()).nextRestart).toMatch(/T0[34]:45:00/);
  });
});

describe('a session that is made again', () => {
  it('says which try comes next and when, and what is held is not known meanwhile, never nothing', async () => {
    await using at = await stage({
      simulate: { accounts: [{ account: 'DU9000001', kind: 'individual-margin', holdings: { AAPL: 20 } }] },
    });
    type Status = { readonly state: string; readonly retry?: { readonly attempt: number; readonly inMs: number } };
    const status = async () => (await at.owner<Status>('GET', '/v1/session/status')).body;
    expect((await status()).retry).toBeUndefined();
    at.desk.gateway?.faults.restart({ downFor: 600_000 });
    await expect.poll(async () => (await status()).retry?.attempt, { timeout: 20_000 }).toBeGreaterThan(1);
    expect((await status()).retry?.inMs).toBeGreaterThanOrEqual(0);
    for (const path of ['positions', 'pnl'])
      expect((await at.owner('GET', `/v1/portfolio/${path}`)).body, path).toMatchObject({
        status: 503,
        detail: expect.stringMatching(/not connected, the next attempt comes in|is being made/),
      });
  });

  it('asks for delayed quotes when it was told to; the Web API has no such choice', async () => {
    await using at = await stage({ simulate: { marketData: 'delayed' } });
    await at.owner('POST', '/v1/session/disconnect', {});
    const { port } = at.desk.gateway ?? {};
    const told = await at.owner<{ marketData: string }>('POST', '/v1/session/connect', { port, marketData: 'delayed' });
    expect(told.body.marketData).toBe('delayed');
    expect((await at.owner('GET', '/v1/quotes/snapshot?symbol=AAPL')).body.source).toBe('delayed');
    await at.owner('POST', '/v1/session/disconnect', {});
    const web = await at.owner('POST', '/v1/session/connect', { kind: 'web', marketData: 'delayed' });
    expect([web.status, web.body.remedy]).toEqual([400, expect.stringContaining('Leave marketData out')]);
  });
});

describe('a live account', () => {
  const live = { accounts: [{ account: 'U9000001', kind: 'individual-margin' as const }] };

  it('is asked for by its id once per start, and nothing is open before', async () => {
    await using at = await stage({ simulate: live });
    const connect = (more: object = {}) =>
      at.owner('POST', '/v1/session/connect', { port: at.desk.gateway?.port, askLive: true, ...more });
    await at.owner('POST', '/v1/session/disconnect', {});
    const refused = await connect();
    expect(refused.body).toMatchObject({
      status: 409,
      type: 'urn:ibwire:desk:live',
      remedy: expect.stringContaining('Type the id'),
    });
    expect(JSON.stringify(refused.body)).not.toContain('U9000001');
    expect((await connect({ liveAccount: 'U9000002' })).status).toBe(409);
    expect(at.desk.connection.current).toBeUndefined();
    expect((await connect({ liveAccount: 'U9000001' })).status).toBe(200);
    await at.owner('POST', '/v1/session/disconnect', {});
    expect((await connect()).status).toBe(200);
  });

  it('is not asked for on paper', async () => {
    await using at = await stage();
    await at.owner('POST', '/v1/session/disconnect', {});
    expect((await at.owner('POST', '/v1/session/connect', { port: at.desk.gateway?.port, askLive: true })).status).toBe(200);
  });
});

it('an instrument of any class is found by its conId alone', async () => {
  await using at = await stage();
  const { universe, clock } = at.desk.gateway?.world ?? {};
  if (universe === undefined || clock === undefined) throw new Error('no simulated gateway');
  const [future] = universe.futures(clock.now());
  const all = [
    ...['STK', 'CASH', 'IND', 'CRYPTO'].map((secType) => universe.statics.find((one) => one.secType === secType)),
    future,
  ];
  for (const one of all) {
    const { status, body } = await at.owner<{ secType: string; exchange: string }>(
      'GET',
      `/v1/contracts/qualify?conId=${one?.conId}`,
    );
    expect([status, body.secType], one?.secType).toEqual([200, one?.secType]);
  }
});
