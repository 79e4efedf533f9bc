// The command line as a person uses it: a desk is started, every verb talks to it, and its end writes what is to be written.

import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulate } from 'ibwire/gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../src/cli/program.js';
import { openStore } from '../src/store/store.js';

let folder = '';
let home: string | undefined;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ibwire-desk-cli-'));
  home = process.env['XDG_DATA_HOME'];
  process.env['XDG_DATA_HOME'] = folder;
});
afterAll(() => {
  if (home === undefined) delete process.env['XDG_DATA_HOME'];
  else process.env['XDG_DATA_HOME'] = home;
  rmSync(folder, { recursive: true, force: true });
});

interface Started {
  /** The first line that it printed. */
  readonly line: string;
  readonly lines: readonly string[];
  /** Ends it as SIGTERM does; resolves with its exit code. */
  end(): Promise<number>;
}

async function start(...args: readonly string[]): Promise<Started> {
  const control = new AbortController();
  const lines: string[] = [];
  let ready = (_: string): void => {};
  const first = new Promise<string>((resolve) => {
    ready = resolve;
  });
  const out = (text: string): void => {
    lines.push(text);
    ready(text);
  };
  const over = runCli([...args, '--port', '0'], { out, err: out, stop: control.signal });
  const line = await first;
  return {
    line,
    lines,
    end() {
      control.abort();
      return over;
    },
  };
}

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function run(...args: readonly string[]): Promise<Run> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runCli(args, { out: (text) => out.push(text), err: (text) => err.push(text) });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

const READY = /^\{"url":"http:\/\/127\.0\.0\.1:\d+","token":"ibd_[\w-]{43}","mode":"simulated","accounts":\["DU9000001"\]\}$/;

// Each test starts whole desks: on a machine with much to do that takes its time.
describe('the command line', { timeout: 120_000 }, () => {
  it('shows what would be obeyed by a terminal or would hide', async () => {
    const { code, out, err } = await run('--x\u001b[31m\u202e\u200b\u009b');
    expect(code).not.toBe(0);
    expect(out + err).toContain(String.raw`x\u001b[31m\u202e\u200b\u009b`);
    expect(out + err).not.toMatch(/[^\P{C}\n]/u);
  });

  it('prints one line of JSON when it is ready; the token stands in a file for its owner alone', async () => {
    const db = join(folder, 'json.db');
    const desk = await start('--json', '--db', db);
    expect(desk.line).toMatch(READY);
    const { token } = JSON.parse(desk.line) as { token: string };
    expect(readFileSync(`${db}.owner-token`, 'utf8').trim()).toBe(token);
    for (const file of [db, `${db}.owner-token`, `${db}.running`]) expect(statSync(file).mode & 0o077, file).toBe(0);
    expect(await desk.end()).toBe(0);
    expect(desk.lines).toHaveLength(1);
    expect(existsSync(`${db}.running`)).toBe(false);
  });

  it('shows the token at the first start only', async () => {
    const db = join(folder, 'once.db');
    const first = await start('--db', db);
    await first.end();
    expect(first.lines.join('\n')).toMatch(/shown this once: ibd_/);
    const second = await start('--db', db);
    await second.end();
    expect(second.lines.join('\n')).not.toContain('ibd_');
  });

  it('sources of a portfolio that are not there are told at the start, before anything is opened', async () => {
    const { code, err } = await run(
      '--portfolio',
      join(folder, 'none.json'),
      '--db',
      join(folder, 'portfolio.db'),
      '--port',
      '0',
    );
    expect(code).toBe(1);
    expect(err).toMatch(/none\.json: it cannot be read \(ENOENT\)/);
    expect(existsSync(join(folder, 'portfolio.db'))).toBe(false);
  });

  it('does with verbs what there is to do', async () => {
    const db = join(folder, 'verbs.db');
    const at = ['--db', db];
    const desk = await start('--json', ...at);
    const waits = '{"sendAtOnce":{"simulated":false,"paper":false}}';
    expect((await run('call', 'control.setLimits', waits, ...at)).code).toBe(0);
    const order = '{"contract":{"symbol":"AAPL"},"order":{"action":"BUY","orderType":"MKT","totalQuantity":"5"}}';
    const draft = async (): Promise<string> => JSON.parse((await run('call', 'orders.draft', order, ...at)).out).id;
    const [one, two] = [await draft(), await draft()];
    const listed = JSON.parse((await run('drafts', ...at)).out) as { id: string }[];
    expect(listed.map(({ id }) => id).sort()).toEqual([one, two].sort());
    expect(JSON.parse((await run('approve', one, ...at)).out)).toMatchObject({ id: one, approvedBy: 'owner' });
    expect(JSON.parse((await run('decline', two, 'not', 'today', ...at)).out)).toMatchObject({
      state: 'refused',
      why: 'declined by owner: not today',
    });
    expect(JSON.parse((await run('log', two, ...at)).out).story).toContain('declined by owner: not today');
    expect(JSON.parse((await run('log', ...at)).out)[0]).toMatchObject({ account: 'DU9000001' });
    expect(JSON.parse((await run('stop', 'the', 'market', 'is', 'mad', ...at)).out).stopped.reason).toBe('the market is mad');
    expect((await run('approve', one, ...at)).err).toContain('the market is mad');
    expect(JSON.parse((await run('release', ...at)).out).stopped).toBeUndefined();
    const made = JSON.parse((await run('token', 'create', '--name', 'screen', '--scope', 'read,propose', ...at)).out);
    expect(made).toMatchObject({ name: 'screen', scopes: ['read', 'propose'] });
    expect(JSON.parse((await run('token', 'list', ...at)).out).map(({ name }: { name: string }) => name)).toEqual([
      'owner',
      'screen',
    ]);
    expect(JSON.parse((await run('token', 'revoke', made.id, ...at)).out).revoked).toBeDefined();
    expect(JSON.parse((await run('call', 'quotes.list', '{"symbols":["AAPL","MSFT"]}', ...at)).out).quotes).toHaveLength(2);
    expect(await desk.end()).toBe(0);
  });

  it.each([
    [['approve', 'nothing'], 'there is no draft of this id'],
    [['call', 'orders.everything'], 'no command orders.everything; there are session.status'],
    [['call', 'quotes.snapshot', '{symbol'], 'the input is no JSON: {symbol'],
    [['call', 'quotes.snapshot', '{"sideways":1}'], 'sideways'],
    [['token', 'create', '--name', 'x', '--scope', 'everything'], 'scopes.0'],
  ])('%j fails and says why', async (args, why) => {
    const db = join(folder, 'fails.db');
    const desk = await start('--json', '--db', db);
    const { code, err, out } = await run(...args, '--db', db);
    await desk.end();
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(why);
  });

  it('says when no desk is there', async () => {
    expect(await run('drafts', '--db', join(folder, 'none.db'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('no desk is known'),
    });
    const gone = await run('stop', '--url', 'http://127.0.0.1:9', '--db', join(folder, 'json.db'));
    expect(gone).toMatchObject({ code: 1, err: 'no desk answers at http://127.0.0.1:9' });
  });

  it('a database has one desk; simulated desks without --db have files of their own', async () => {
    const db = join(folder, 'shared.db');
    const desk = await start('--json', '--db', db);
    const second = await start('--json', '--db', db);
    expect(second.line).toBe(`another desk runs on ${db}: give this one a database of its own with --db`);
    expect(await second.end()).toBe(1);
    await desk.end();
    const own = [await start('--json'), await start('--json', '--simulate')];
    for (const one of own) expect(one.line).toMatch(READY);
    for (const one of own) expect(await one.end()).toBe(0);
    for (const name of ['simulated.db', 'simulated-2.db']) expect(existsSync(join(folder, 'ibwire-desk', name))).toBe(true);
  });

  it('ends with what became of its orders written down', async () => {
    await using gateway = await simulate({});
    const db = join(folder, 'end.db');
    const at = ['--db', db];
    const desk = await start('--json', '--gateway', `127.0.0.1:${gateway.port}`, '--client-id', '5', ...at);
    expect(JSON.parse(desk.line)).toMatchObject({ mode: 'paper' });
    await run('call', 'control.setLimits', '{"sendAtOnce":{"simulated":true,"paper":true}}', ...at);
    const order = '{"contract":{"symbol":"AAPL"},"order":{"action":"BUY","orderType":"MKT","totalQuantity":"5"}}';
    const asked = run('call', 'orders.draft', order, ...at);
    // The order is on its way when the desk is told to end.
    while (!gateway.received.some(({ message }) => message.kind === 'placeOrder' && message.order?.whatIf !== true))
      await new Promise((resolve) => setImmediate(resolve));
    expect(await desk.end()).toBe(0);
    await asked;
    const store = await openStore(db);
    const drafts = await store.db.selectFrom('drafts').selectAll().execute();
    const connections = await store.db.selectFrom('connections').selectAll().execute();
    await store.close();
    expect(drafts).toHaveLength(1);
    expect(['sent', 'working', 'done']).toContain(drafts[0]?.state);
    expect(drafts[0]?.order_id).toBeGreaterThan(0);
    expect(connections).toMatchObject([{ client_id: 5, mode: 'paper', why: expect.any(String), until: expect.any(String) }]);
  });

  it.each([
    [['--simulate', '--gateway', '4002'], 'exclude each other'],
    [['--tls-key', 'x'], 'TLS needs --tls-key and --tls-cert'],
    [['--host', '0.0.0.0'], 'not loopback'],
    [['--port', '70000'], 'a number from 0 to 65535'],
    [['--gateway', 'nowhere'], 'HOST:PORT or PORT'],
  ])('refuses %j', async (args, why) => {
    const { code, err } = await run(...args);
    expect(code).not.toBe(0);
    expect(err).toContain(why);
  });
});
