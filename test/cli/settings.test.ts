// Settings of a file, behind the command line and the environment; and what shells complete.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSimulated } from '../../src/cli/session/simulated.js';
import type { SimulatedGateway } from '../../src/gateway/simulate.js';
import { run } from './run-cli.js';

const folder = mkdtempSync(join(tmpdir(), 'ibwire-settings-'));
let gateway: SimulatedGateway;
beforeAll(async () => {
  gateway = await startSimulated({ clock: 'virtual' });
});
afterAll(async () => {
  await gateway.close();
  rmSync(folder, { recursive: true });
});

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('the file of settings', () => {
  it('stands behind the command line and the environment, and before the defaults', async () => {
    const path = file('all.json', JSON.stringify({ port: gateway.port, clientId: 31, account: 'DU9000002' }));
    const env = { IBWIRE_CONFIG: path };
    expect((await run(['status', '--json'], { env })).json).toMatchObject({ clientId: 31 });
    expect((await run(['status', '--json', '--client-id', '32'], { env })).json).toMatchObject({ clientId: 32 });
    expect((await run(['positions', '--json', '--no-prices'], { env })).json).toMatchObject([{ account: 'DU9000002' }]);
    process.env['IBWIRE_CLIENT_ID'] = '33';
    try {
      expect((await run(['status', '--json'], { env })).json).toMatchObject({ clientId: 33 });
    } finally {
      delete process.env['IBWIRE_CLIENT_ID'];
    }
  });

  it('is where the system keeps settings, unless it is named', async () => {
    mkdirSync(join(folder, 'home', '.config', 'ibwire'), { recursive: true });
    file('home/.config/ibwire/config.json', JSON.stringify({ port: gateway.port, clientId: 34 }));
    expect((await run(['status', '--json'], { env: { HOME: join(folder, 'home') } })).json).toMatchObject({ clientId: 34 });
  });

  it.each([
    ['a setting nobody knows', '{"prot": 4002}', 'prot; did you mean port?'],
    ['a value that cannot be', '{"port": "abc"}', 'port cannot be "abc". It is a whole number from 1 to 65535.'],
    ['no JSON', '{port: 4002}', 'is not a JSON object.'],
    ['a list', '[4002]', 'is not a JSON object.'],
  ])('is refused for %s, and the help still comes', async (_, text, says) => {
    const env = { IBWIRE_CONFIG: file('wrong.json', text) };
    const { code, beside } = await run(['status', '--simulate'], { env });
    expect([code, beside.join(' ').includes(says)], beside.join(' ')).toEqual([2, true]);
    expect((await run(['status', '--help'], { env })).code).toBe(0);
  });

  it('is missed only where it was named', async () => {
    const named = await run(['status', '--simulate'], { env: { IBWIRE_CONFIG: join(folder, 'none.json') } });
    expect([named.code, named.beside[0]]).toEqual([2, expect.stringContaining('The settings cannot be read')]);
    expect((await run(['status', '--port', String(gateway.port)], { env: { HOME: folder } })).code).toBe(0);
  });
});

describe('completion', () => {
  /** What bash offers for the last of these words. */
  async function offered(...words: string[]): Promise<readonly string[]> {
    const { text } = await run(['completion', 'bash']);
    const list = words.map((word) => `'${word}'`).join(' ');
    const ask = `COMP_WORDS=(ibwire ${list}); COMP_CWORD=${words.length}; _ibwire; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', `${text}\n${ask}`], { encoding: 'utf8' });
    expect(stderr).toBe('');
    return stdout.split('\n').filter((line) => line !== '');
  }

  it.each<[readonly string[], readonly string[]]>([
    [['po'], ['positions']],
    [
      ['order', ''],
      ['preview', 'place', 'list', 'cancel', '--help'],
    ],
    [
      ['order', 'place', 'buy', '10', 'AAPL', '--tr'],
      ['--trail', '--trail-percent'],
    ],
    [['positions', '--acc'], ['--account']],
    [['nothing', '--x'], []],
  ])('bash: %j', async (words, expected) => {
    expect(await offered(...words)).toEqual(expected);
  });

  it.each(['zsh', 'fish'])('%s has every command and option, and each text as one word', async (shell) => {
    const { code, text } = await run(['completion', shell]);
    expect(code).toBe(0);
    for (const word of ['positions', 'order place', shell === 'zsh' ? '--trail-percent' : '-l trail-percent'])
      expect(text).toContain(word);
    // Quotes are closed on every line.
    for (const line of text.split('\n')) expect((line.replaceAll("'\\''", '').match(/'/g) ?? []).length % 2, line).toBe(0);
  });

  it('names the shells there are', async () => {
    const { code, beside } = await run(['completion', 'csh']);
    expect([code, beside.join(' ').includes('bash, zsh, fish')]).toEqual([2, true]);
  });
});
