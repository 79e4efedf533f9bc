// Every example is run against the simulated gateway, and what it prints is checked.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SimulatedGateway, type SimulateOptions, simulate } from '../../src/gateway/index.js';
import { type ProgramOptions, runProgram } from '../helpers/program.js';

const examples = resolve(import.meta.dirname, '../../examples');
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ibwire-examples-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const margin = (holdings: Readonly<Record<string, number>>) => [{ kind: 'individual-margin', holdings } as const];

type Given = Omit<ProgramOptions, 'env'> & { readonly env?: Record<string, string> };

function run(name: string, gateway: SimulatedGateway, given: Given = {}): Promise<readonly string[]> {
  const env = { IBWIRE_PORT: String(gateway.port), ...given.env };
  return runProgram(readFileSync(join(examples, name), 'utf8'), { ...given, env });
}

/** Runs it against a gateway of its own. */
async function printed(name: string, options: SimulateOptions, argv: readonly string[] = []): Promise<string> {
  await using gateway = await simulate({ seed: 1, ...options });
  return (await run(name, gateway, { argv })).join('\n');
}

describe('the examples', () => {
  it('portfolio-report: all accounts, their holdings, a total', async () => {
    const accounts = [
      { kind: 'individual-margin', cash: { USD: 1_000 }, holdings: { AAPL: 100, MSFT: 10 } },
      { kind: 'roth-ira-cash', cash: { USD: 500 }, holdings: { AAPL: 1 } },
    ] as const;
    expect(await printed('portfolio-report.ts', { accounts, clock: 'virtual' })).toMatch(
      /^DU9000001 {2}INDIVIDUAL {2}\d+\.\d\d USD\n( {2}(AAPL|MSFT) +(100|10) {2}[\d.]+ {2}[\d.]+ {2}-?[\d.]+ USD\n){2}DU9000002 {2}IRA-ROTH NEW {2}\d+\.\d\d USD\n {2}AAPL +1 .*\nall accounts: \d+\.\d\d USD$/,
    );
  });

  it('portfolio-report: no total of two currencies', async () => {
    const accounts = [{ kind: 'individual-margin' }, { kind: 'cash', baseCurrency: 'EUR' }] as const;
    expect(await printed('portfolio-report.ts', { accounts, clock: 'virtual' })).toMatch(/\nno common total$/);
  });

  it('lasting-quotes: says the hole and goes on', async () => {
    await using gateway = await simulate({ seed: 1 });
    const onLine = (line: string): void => {
      if (line.startsWith('first price')) gateway.runFaults('restart');
    };
    const lines = await run('lasting-quotes.ts', gateway, { onLine });
    expect(lines.join('\n')).toMatch(
      /^first price [\d.]+ \/ [\d.]+\nlost: \w+; attempt 1 in \d+ ms\n(lost: .*\n)*connection 2 is ready\na hole of \d+ ms \(disconnected\).*\nstill here: [\d.]+ \/ [\d.]+$/,
    );
  });

  it('year-of-bars: the same bars in CSV and Parquet', async () => {
    const said = await printed('year-of-bars.ts', {}, ['AAPL', folder, '2026-06-01', '2026-09-01']);
    const count = Number(/(\d+) bars from 2026-06-01T13:30:00.000Z to 2026-08-31T19:00:00.000Z/.exec(said)?.[1]);
    expect(count, said).toBe(64 * 7);
    const csv = readFileSync(join(folder, 'AAPL.csv'), 'utf8').trimEnd().split('\n');
    expect(csv[0]).toBe('time,open,high,low,close,volume');
    const bytes = readFileSync(join(folder, 'AAPL.parquet'));
    const rows = await parquetReadObjects({ file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) });
    expect(rows).toHaveLength(count);
    const asText = rows.map((row) => [
      (row['time'] as Date).toISOString(),
      ...['open', 'high', 'low', 'close', 'volume'].map((name) => row[name]),
    ]);
    expect(asText.map((cells) => cells.join(','))).toEqual(csv.slice(1));
    expect(readdirSync(folder).filter((name) => name.startsWith('AAPL'))).toHaveLength(2);
  });

  it('chain-greeks: every Greek of every option', async () => {
    const said = (await printed('chain-greeks.ts', {})).split('\n');
    expect(said[0]).toMatch(/^AAPL at [\d.]+, 2026\d{4}: \d+ options, \d+ that do not exist$/);
    expect(said.length).toBeGreaterThan(6);
    for (const line of said.slice(2)) expect(line).toMatch(/^[CP] +\d+(\.\d+)?( +-?\d+\.\d{3}){6}$/);
  });

  it('bracket-bot: takes its exits up again after a crash, and buys once', async () => {
    await using gateway = await simulate({ seed: 1 });
    const argv = [folder];
    await expect(run('bracket-bot.ts', gateway, { argv, env: { CRASH: 'yes' } })).rejects.toThrow('the bot has crashed');
    const lines = await run('bracket-bot.ts', gateway, { argv });
    expect(lines).toEqual([
      'order 1 of an earlier run: filled',
      'order 2 of an earlier run: working',
      'order 3 of an earlier run: working',
      expect.stringMatching(/^taken up again: (LMT working, STP \w+|STP \w+, LMT working)$/),
      'cancelled 2 exits; done',
    ]);
    expect(gateway.positions().map(({ position }) => String(position))).toEqual(['10']);
  });

  it('ira-and-taxable: what one account may and the other may not', async () => {
    const accounts = [
      { kind: 'individual-margin', cash: { USD: 200_000 } },
      { kind: 'roth-ira-cash', cash: { USD: 50_000 } },
    ] as const;
    expect((await printed('ira-and-taxable.ts', { accounts })).split('\n')).toEqual([
      'buy 100 at 300',
      '  DU9000001: may go',
      '  DU9000002: may go',
      'buy 900 at 300',
      '  DU9000001: may go',
      expect.stringMatching(/^ {2}DU9000002: IRA-DEBIT\. .*166/),
      'sell 50 short',
      '  DU9000001: may go',
      expect.stringMatching(/^ {2}DU9000002: IRA-SHORT-STOCK\. /),
    ]);
  });

  it('rebalance: a plan that sends nothing, and one that ends at its targets', async () => {
    await using gateway = await simulate({ seed: 1, accounts: margin({ AAPL: 400 }) });
    const plan = await run('rebalance.ts', gateway);
    expect(plan.at(0)).toMatch(/^SELL \d+ AAPL: margin -?[\d.]+, commission [\d.]+$/);
    expect(plan.at(-1)).toBe('nothing was sent; --go sends');
    expect(gateway.orders).toEqual([]);
    const done = await run('rebalance.ts', gateway, { argv: ['--go'] });
    expect(done.filter((line) => line.startsWith('  filled at'))).toHaveLength(3);
    const again = await run('rebalance.ts', gateway);
    expect(again).toEqual(['nothing was sent; --go sends']);
  });

  it('covered-calls: as many as are covered, and none the second time', async () => {
    await using gateway = await simulate({ seed: 1, accounts: margin({ AAPL: 250, MSFT: 99 }) });
    const lines = await run('covered-calls.ts', gateway, { argv: ['--go'] });
    expect(lines).toEqual([
      expect.stringMatching(/^sell 2 AAPL 2026\d{4} [\d.]+ C at [\d.]+$/),
      expect.stringMatching(/^ {2}\w+$/),
    ]);
    expect(gateway.orders).toHaveLength(1);
    await run('covered-calls.ts', gateway, { argv: ['--go'] });
    expect(gateway.orders).toHaveLength(1);
  });

  it('pnl-alert: tells when the loss passes the limit', async () => {
    await using gateway = await simulate({ seed: 1, accounts: margin({ AAPL: 1_000 }), cadence: { pnl: 0.05 } });
    const price = gateway.market.quote(265598)?.last ?? 0;
    const onLine = (line: string): void => {
      if (line.startsWith('watching')) gateway.market.set('AAPL', Math.round(price * 0.97));
    };
    const lines = await run('pnl-alert.ts', gateway, { argv: ['5000'], onLine });
    expect(lines).toEqual(['watching: alert below -5000', expect.stringMatching(/^ALERT DU9000001: -\d+\.\d\d today$/)]);
  });

  it('scan-to-watch-list: a live quote for each row', async () => {
    const lines = (await printed('scan-to-watch-list.ts', {}, ['MOST_ACTIVE', '3'])).split('\n');
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line).toMatch(/^[A-Z.]+ +[\d.]+ \/ [\d.?]+ {2}volume [\d?]+$/);
  });

  it('tick-recorder: plays what it recorded', async () => {
    expect(await printed('tick-recorder.ts', {}, [join(folder, 'ticks.ibcap')])).toBe(
      'recorded 20 ticks\nplayed 20 ticks, the same',
    );
  });

  it('pipeline-core: signal, size, check, fill, in thirty lines', async () => {
    const lines = readFileSync(join(examples, 'pipeline-core.ts'), 'utf8')
      .split('\n')
      .filter((line) => line !== '');
    expect(lines.length).toBeLessThanOrEqual(30);
    expect(await printed('pipeline-core.ts', {})).toMatch(
      /^signal: (above|below)\nsize: 200, decided by maxQuantity\ncheck: nothing to say\nfilled: 200 at [\d.]+$/,
    );
  });

  it('are all listed, and all listed are there', () => {
    const readme = readFileSync(join(examples, 'README.md'), 'utf8');
    const listed = [...readme.matchAll(/\]\(([\w.-]+)\)/g)].map(([, name]) => name);
    expect(listed.sort()).toEqual(
      readdirSync(examples)
        .filter((name) => name !== 'README.md')
        .sort(),
    );
  });
});
