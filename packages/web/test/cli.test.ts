import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulate } from 'ibwire/gateway';
import { describe, expect, it } from 'vitest';
import { runCli } from '../src/cli/program.js';
import { listenWeb } from '../src/simulate/listen.js';
import { webGateway } from '../src/simulate/web-gateway.js';

/** How long commands would have waited for those before. */
const pauses: number[] = [];
/** Stands still: how busy the machine is changes no pause. */
const clock = { at: Date.now() };

async function run(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const pause = async (ms: number): Promise<void> => void pauses.push(ms);
  const code = await runCli(args, { out: (text) => out.push(text), err: (text) => err.push(text), pause, now: () => clock.at });
  return { code, out: out.join('\n'), err: err.join('\n') };
}
const json = async (...args: readonly string[]) => {
  const { code, out, err } = await run(...args, '--json');
  return { code, err, data: out === '' ? undefined : JSON.parse(out) };
};

async function listening() {
  const gateway = await simulate({ accounts: [{ kind: 'cash', cash: { USD: 5_000 }, holdings: { AAPL: 3 } }] });
  const web = webGateway(gateway);
  web.faults.enforcePacing = false; // commands follow one another without their pause
  const listened = await listenWeb(web);
  const at = ['--base', listened.base, '--fingerprint', listened.fingerprint] as const;
  return {
    web,
    listened,
    at,
    async [Symbol.asyncDispose]() {
      await listened.close();
      await gateway.close();
    },
  };
}

describe('ibwire-web', () => {
  it('shows what would be obeyed by a terminal or would hide, as text and as JSON, which stays the same JSON', async () => {
    const odd = 'a\u001b[31m\u202e\u200b\u009b';
    const [text, asJson] = [await run(odd), await run(odd, '--json')];
    expect(text.err).toContain(String.raw`\u001b[31m\u202e\u200b\u009b`);
    expect(text.err + asJson.err).not.toMatch(/[^\P{C}\n]/u);
    expect(JSON.parse(asJson.err).error.message).toContain(odd);
  });

  it('helps with examples, in 80 columns', async () => {
    for (const words of [
      ['status'],
      ['accounts'],
      ['positions'],
      ['quote'],
      ['order', 'preview'],
      ['simulate'],
      ['fingerprint'],
    ]) {
      const { code, out } = await run(...words, '--help');
      expect(code).toBe(0);
      expect(out).toContain(`Examples:\n  ibwire-web ${words.join(' ')}`);
      expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    }
  });

  it('refuses what nobody knows with 2, for programs as an object', async () => {
    expect(await run('positions', '--nope')).toMatchObject({ code: 2, err: expect.stringMatching(/unknown option '--nope'/) });
    expect(await run('qoute', 'AAPL')).toMatchObject({ code: 2, err: expect.stringMatching(/unknown command/) });
    expect(await run('status', '--timeout', 'soon')).toMatchObject({ code: 2, err: expect.stringMatching(/seconds/) });
    const { code, out, err } = await run('positions', '--nope', '--json');
    expect([code, out, JSON.parse(err)]).toMatchObject([
      2,
      '',
      { error: { exitCode: 2, message: expect.stringMatching(/--nope/) } },
    ]);
    expect(await run('order', 'preview', 'hold', '1', 'AAPL', '--simulate')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/neither buy nor sell/),
    });
    expect(await run('order', 'preview', 'buy', 'many', 'AAPL')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/decimal number/),
    });
  });

  it('shows session, accounts, holdings and prices of the gateway behind a pinned certificate', async () => {
    await using there = await listening();
    expect((await json('status', ...there.at)).data).toMatchObject({
      state: { at: 'ready' },
      accounts: [{ account: 'DU9000001', isPaper: true }],
    });
    expect((await run('accounts', ...there.at)).out.split('\n')).toEqual([
      '  account    kind   currency   cash',
      '  DU9000001  paper  USD       5,000',
    ]);
    expect((await json('positions', ...there.at)).data).toMatchObject([
      { account: 'DU9000001', symbol: 'AAPL', quantity: '3', currency: 'USD' },
    ]);
    const { data } = await json('quote', 'aapl', ...there.at);
    expect(data).toMatchObject([{ symbol: 'AAPL', conId: 265598, prices: 'live' }]);
    expect([data[0].bid < data[0].ask, data[0].last > 0]).toEqual([true, true]);
  }, 60_000);

  it('waits for the command before, which was the same user name to the broker', async () => {
    await using there = await listening();
    pauses.length = 0;
    await run('status', ...there.at);
    expect(pauses).toEqual([]);
    await run('status', ...there.at);
    expect(pauses).toEqual([5_500]);
    clock.at += 5_600;
    await run('status', ...there.at);
    expect(pauses).toHaveLength(1);
  }, 30_000);

  it('previews an order: rules and broker, nothing placed; 4 where the rules refuse', async () => {
    await using there = await listening();
    const few = await json('order', 'preview', 'buy', '1', 'AAPL', '--limit', '300', ...there.at);
    expect(few).toMatchObject({
      code: 0,
      data: {
        decision: 'accept',
        findings: [],
        commission: expect.stringMatching(/\d/),
        initMarginChange: expect.stringMatching(/\d/),
      },
    });
    const many = await run('order', 'preview', 'buy', '900', 'AAPL', '--limit', '300', ...there.at);
    expect([many.code, many.out]).toMatchObject([4, expect.stringMatching(/reject[\s\S]*CASH-DEBIT/)]);
    expect(there.web.door.gateway.orders).toEqual([]);
  }, 60_000);

  it('says why there is no session, and what to do', async () => {
    await using there = await listening();
    there.web.reset(true);
    expect(await run('accounts', ...there.at)).toMatchObject({
      code: 3,
      err: expect.stringMatching(/Nobody is logged in[\s\S]*Log in at https:\/\/127/),
    });
    there.web.login();
    there.web.compete(true);
    expect(await run('accounts', ...there.at)).toMatchObject({
      code: 3,
      err: expect.stringMatching(/Another login[\s\S]*--compete/),
    });
    expect(await run('accounts', ...there.at, '--compete')).toMatchObject({ code: 0 });
    there.web.reset(true);
    const { code, data } = await json('status', ...there.at);
    expect([code, data.state]).toMatchObject([3, { at: 'signedOut', needsPerson: true }]);
    const other = await run('accounts', '--base', there.listened.base);
    expect(other).toMatchObject({
      code: 3,
      err: expect.stringMatching(/give its fingerprint: ibwire-web fingerprint --port \d+/),
    });
    expect(await run('accounts', '--base', 'https://127.0.0.1:1/v1/api', '--fingerprint', 'AB'.repeat(32))).toMatchObject({
      code: 3,
    });
    expect(await run('quote', 'NOSUCH', '--simulate')).toMatchObject({ code: 5 });
  }, 60_000);

  it('signs in at the hosted API by a file whose secrets stand in files of their own', async () => {
    const home = mkdtempSync(join(tmpdir(), 'ibwire-web-'));
    const file = (name: string, value: unknown): string => {
      const path = join(home, name);
      writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value), { mode: 0o600 });
      return path;
    };
    const two = { kind: 'oauth2', clientId: 'c', clientKeyId: 'k', credential: 'u', ip: '192.0.2.1' };
    const tried = async (value: unknown) =>
      run('accounts', '--sign-in', file('how.json', value), '--base', 'https://127.0.0.1:1/v1/api');
    expect(await tried('SECRET{')).toMatchObject({ code: 2, err: expect.not.stringContaining('SECRET') });
    expect(await tried({ kind: 'magic' })).toMatchObject({ code: 2, err: expect.stringMatching(/oauth1 or oauth2/) });
    expect(await tried({ ...two, privateKey: 'SECRET' })).toMatchObject({
      code: 2,
      err: expect.stringMatching(/files of their own/),
    });
    expect(await tried({ ...two, privateKey: { file: 'x' }, clientid: 'c' })).toMatchObject({
      code: 2,
      err: expect.stringMatching(/did you mean clientId/),
    });
    const key = file('key.pem', 'SECRET');
    expect(await tried({ ...two, privateKey: { file: key } })).toMatchObject({
      code: 3,
      err: expect.stringMatching(/private key: it is no private key/),
    });
    expect(await run('accounts', '--sign-in', join(home, 'none'))).toMatchObject({ code: 2 });
  }, 30_000);

  it('simulates until it is stopped, and says where in one line for programs', async () => {
    const stop = new AbortController();
    let line = '';
    const ran = runCli(['simulate', '--port', '0', '--json'], {
      out(text) {
        line = text;
        const { base, fingerprint } = JSON.parse(text);
        void run('positions', '--base', base, '--fingerprint', fingerprint).then(({ code }) => stop.abort(code));
      },
      err: () => {},
      stop: stop.signal,
    });
    expect(await ran).toBe(0);
    expect(stop.signal.reason).toBe(0);
    expect(JSON.parse(line)).toMatchObject({ accounts: [expect.stringMatching(/^DU9/)], socketPort: expect.any(Number) });
  }, 60_000);

  it('text of others moves no cursor', async () => {
    const { table } = await import('../src/cli/print.js');
    expect(table(['a'], [['x\u001b[2J\u202e']])).toBe('  a\n  x\\u001b[2J\\u202e');
  });

  it('is a process with exit codes', () => {
    const ran = spawnSync(
      process.execPath,
      ['--import', 'tsx', new URL('../src/cli/main.ts', import.meta.url).pathname, 'accounts', '--simulate', '--json'],
      { encoding: 'utf8', cwd: new URL('../../..', import.meta.url).pathname },
    );
    expect([ran.status, ran.stderr]).toEqual([0, '']);
    expect(JSON.parse(ran.stdout)[0]).toMatchObject({ account: expect.stringMatching(/^DU9/) });
  }, 60_000);
});
