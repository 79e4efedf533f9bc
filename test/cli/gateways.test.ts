// Gateways from the command line: simulate, record, replay, and what clients see of them.

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCapture } from '../../src/capture/reader.js';
import { RawClient } from '../gateway/replay/raw-client.js';
import { scriptedGateway } from '../helpers/scripted-gateway.js';
import { run, start } from './run-cli.js';

const root = resolve(import.meta.dirname, '../..');
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ibwire-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string): string => join(folder, name);

describe('simulate', () => {
  it('says its port and accounts in the first line, then what clients do', async () => {
    const running = start(['simulate', '--port', '0', '--seed', '7', '--server-version', '176']);
    const [line, port = ''] = await running.until(
      /^simulated gateway on 127\.0\.0\.1:(\d+), accounts DU9000001, server version 176; Ctrl-C ends$/,
    );
    expect(running.out[0]).toBe(line);
    const seen = await run(['accounts', '--port', port]);
    expect(seen.code).toBe(0);
    await running.until(/client 77 {2}request {4}reqAccountSummary$/);
    running.stop();
    const { code, lines } = await running.done;
    expect(code).toBe(0);
    expect(lines.at(-1)).toMatch(/^ended: \d+ requests, 0 orders$/);
  });

  it('is an object per line for programs', async () => {
    const running = start(['simulate', '--port', '0', '--json', '--accounts', 'all']);
    const [line] = await running.until(/^\{"event":"listening".*\}$/);
    expect(JSON.parse(line)).toMatchObject({ port: expect.any(Number), serverVersion: 226, seed: 1 });
    expect((JSON.parse(line) as { accounts: string[] }).accounts.length).toBeGreaterThan(3);
    running.stop();
    const { lines } = await running.done;
    for (const text of lines) expect(() => JSON.parse(text) as unknown).not.toThrow();
  });

  it('plays a fault script, and refuses one it cannot read', async () => {
    const running = start(['simulate', '--port', '0', '--fault', 'on reqPositions cut']);
    const [, port = ''] = await running.until(/127\.0\.0\.1:(\d+)/);
    const cut = await run(['positions', '--no-prices', '--port', port]);
    expect(cut.code).toBe(3);
    running.stop();
    await running.done;
    const wrong = await run(['simulate', '--fault', 'at noon cut']);
    expect(wrong.code).toBe(2);
    expect(wrong.beside[0]).toContain("cannot read the fault 'at noon cut'");
    expect(wrong.beside[1]).toMatch(/^Faults: /);
  });

  it('ends cleanly on Ctrl-C as a process, and answers a busy port with 2', async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', 'simulate', '--port', '0'], { cwd: root });
    try {
      const port = await portOf(child);
      const busy = await run(['simulate', '--port', port]);
      expect([busy.code, busy.beside]).toEqual([2, [`Port ${port} is taken by another program: name another one.`]]);
      const socket = createConnection({ host: '127.0.0.1', port: Number(port) });
      await new Promise((done) => socket.once('connect', done));
      socket.on('error', () => {});
      const ended = new Promise<{ code: number | null; signal: string | null }>((done) =>
        child.once('exit', (code, signal) => done({ code, signal })),
      );
      child.kill('SIGINT');
      expect(await ended).toEqual({ code: 0, signal: null });
      socket.destroy();
    } finally {
      child.kill('SIGKILL');
    }
  });
});

function portOf(child: ChildProcess): Promise<string> {
  return new Promise((done, fail) => {
    let text = '';
    child.stdout?.on('data', (bytes: Buffer) => {
      text += bytes.toString();
      const found = /127\.0\.0\.1:(\d+)/.exec(text)?.[1];
      if (found !== undefined) done(found);
    });
    child.once('exit', () => fail(new Error(`it ended: ${text}`)));
  });
}

describe('record and replay', () => {
  it('records a session, hides the account, and replays it to the same command', async () => {
    const recording = start(['record', file('one.ibcap'), '--simulate']);
    const [, port = ''] = await recording.until(
      /^recording 127\.0\.0\.1:(\d+) → .*account ids, names and order refs are replaced; Ctrl-C ends$/,
    );
    const seen = await run(['summary', '--tags', 'NetLiquidation', '--port', port]);
    expect(seen.lines[1]).toMatch(/^ {2}NetLiquidation +439,/);
    recording.stop();
    const recorded = await recording.done;
    expect(recorded.code).toBe(0);
    expect(recorded.lines.at(-1)).toBe(`written: ${file('one.ibcap')}`);
    const capture = await loadCapture(file('one.ibcap'));
    expect(capture.header.redactions).toEqual(['account', 'name', 'orderRef']);

    const replaying = start(['replay', file('one.ibcap')]);
    const [, again = ''] = await replaying.until(/^replaying one on 127\.0\.0\.1:(\d+); Ctrl-C ends$/);
    const replayed = await run(['summary', '--tags', 'NetLiquidation', '--port', again]);
    expect(replayed.code).toBe(0);
    expect(replayed.lines[1]).toBe(seen.lines[1]);
    await replaying.until(/^client 1 {2}reqAccountSummary {2}← one$/);
    replaying.stop();
    expect((await replaying.done).lines.at(-1)).toMatch(/^\d requests, \d without a recorded answer$/);

    const explained = await run(['explain', file('one.ibcap'), '--direction', 'out']);
    expect(explained.code).toBe(0);
    expect(explained.text).toContain('reqAccountSummary');
  });

  it('hides in one connection the name that another gave away', async () => {
    await using gateway = await scriptedGateway({
      on: {
        requestFA: (_, peer) => peer.send('receiveFA', { faDataType: 1, xml: '<Group><name>Growth Pot</name></Group>' }),
        reqCurrentTime: (_, peer) => peer.send('error', { reqId: -1, errorCode: 321, errorString: 'no Growth Pot here' }),
      },
    });
    const recording = start(['record', file('two.ibcap'), '--port', String(gateway.port)]);
    const [, port = ''] = await recording.until(/^recording 127\.0\.0\.1:(\d+) → /);
    for (const [kind, request] of [
      ['requestFA', { faDataType: 1 }],
      ['reqCurrentTime', {}],
    ] as const) {
      await using client = new RawClient(Number(port));
      await client.start(0);
      client.send(kind, request as never);
      await client.until(() => client.messages.some((message) => message.kind === 'receiveFA' || message.kind === 'error'));
    }
    recording.stop();
    await recording.done;
    const [first, second] = [readFileSync(file('two.ibcap'), 'latin1'), readFileSync(file('two-2.ibcap'), 'latin1')];
    expect(first).toContain('<name>name000001</name>');
    expect(second).toContain('no name000001 here');
  });

  it('redacts a finished capture, hides what is told beforehand, and says what is out of reach', async () => {
    const recording = start(['record', file('secret.ibcap'), '--simulate', '--keep-secrets']);
    const [, port = ''] = await recording.until(/^recording 127\.0\.0\.1:(\d+) → /);
    await run(['accounts', '--port', port]);
    recording.stop();
    await recording.done;
    const ran = await run(['replay', file('secret.ibcap'), '--redact', file('shared.ibcap'), '--hide', 'NetLiquidation']);
    expect(ran.code).toBe(0);
    expect(ran.lines).toEqual([
      `written: ${file('shared.ibcap')}, 2 account ids, 1 names and 0 order refs replaced`,
      'out of reach: short, partOfWord, unread, otherForm; docs/captures.md says what they are',
    ]);
    const again = await run(['replay', file('secret.ibcap'), '--redact', file('shared.ibcap')]);
    expect(again.code).toBe(1);
    const two = await run(['replay', file('secret.ibcap'), file('shared.ibcap'), '--redact', file('third.ibcap')]);
    expect([two.code, two.beside]).toEqual([2, ['This takes one capture, not 2.']]);
    const short = await run(['record', file('short.ibcap'), '--port', '1', '--hide', 'ab']);
    expect([short.code, short.beside]).toEqual([2, ['a name to hide has 3 to 256 signs and a letter']]);
  });

  it('overwrites no recording unless it is told', async () => {
    writeFileSync(file('kept.ibcap'), 'x');
    const { code, beside } = await run(['record', file('kept.ibcap'), '--port', '1']);
    expect(code).toBe(2);
    expect(beside).toEqual([`${file('kept.ibcap')} exists.`, 'Name another file, or overwrite it with --force.']);
  });

  it('writes nothing when nobody comes', async () => {
    const recording = start(['record', file('none.ibcap'), '--port', '1']);
    await recording.until(/^recording /);
    recording.stop();
    expect((await recording.done).lines.at(-1)).toBe('nobody connected: nothing was written');
    expect(existsSync(file('none.ibcap'))).toBe(false);
  });

  it.each([
    [['replay', 'nowhere.ibcap'], 2, 'nowhere.ibcap does not exist.'],
    [['replay', 'x.ibcap', '--pace', 'slow'], 2, 'It is recorded, fast, or a number above 0.'],
    [['record', 'x.txt'], 2, "A capture is called ….ibcap, not 'x.txt'."],
    [['explain', 'zz'], 2, "'zz' is neither a file, nor hexadecimal digits, nor a code of the gateway"],
  ])('%j ends with %i', async (argv, code, says) => {
    const ran = await run(argv);
    expect(ran.code).toBe(code);
    expect(ran.beside.join('\n')).toContain(says);
  });
});
