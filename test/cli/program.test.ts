// The program as a whole: its commands, its help, its errors.

import { describe, expect, it, vi } from 'vitest';
import { shown } from '../../src/cli/examples.js';
import { buildProgram } from '../../src/cli/program.js';
import { startSimulated } from '../../src/cli/session/simulated.js';
import { scriptedGateway } from '../helpers/scripted-gateway.js';
import { run, silentIo, start } from './run-cli.js';

describe('ibwire', () => {
  it('lists its commands and what exit codes mean', async () => {
    const { code, lines, text } = await run(['--help']);
    expect(code).toBe(0);
    const commands = lines.flatMap((line) => /^ {2}([a-z]+)(?: \[| <| {2})/.exec(line)?.[1] ?? []);
    expect(commands).toEqual(
      'demo doctor status accounts positions summary pnl quote book bars chain scan news watch order record replay simulate explain bench completion help'.split(
        ' ',
      ),
    );
    expect(text).toMatch(/4 refused by a rule or\s+guard/);
  });

  it('helps within 80 columns, every command of it', async () => {
    const names = buildProgram(silentIo).commands.flatMap((one) => [
      [one.name()],
      ...one.commands.map((under) => [one.name(), under.name()]),
    ]);
    for (const name of [[], ...names]) {
      const { lines } = await run([...name, '--help'], { columns: 80 });
      expect(lines.length, name.join(' ')).toBeGreaterThan(5);
      expect(lines.filter((line) => line.length > 80)).toEqual([]);
    }
  });

  it('shows the help when nothing is asked', async () => {
    const { code, lines } = await run([]);
    expect([code, lines[0]]).toEqual([0, 'Usage: ibwire [options] [command]']);
  });

  it('tells its version', async () => {
    expect((await run(['--version'])).text).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it.each([
    [['quotes'], "error: unknown command 'quotes'"],
    [['quote'], "error: missing required argument 'symbols'"],
    [['quote', 'AAPL', '--port', 'x'], 'It is a whole number from 1 to 65535.'],
    [['bars', 'AAPL', '--nope'], "error: unknown option '--nope'"],
  ])('%j is a usage error that says what is wrong', async (argv, says) => {
    const { code, beside, lines } = await run(argv);
    expect(code).toBe(2);
    expect(beside.join('\n')).toContain(says);
    expect(lines).toEqual([]);
  });

  it('has examples under every command, with options that there are', () => {
    const program = buildProgram(silentIo);
    const all = program.commands.flatMap((one) => [
      { name: one.name(), command: one },
      ...one.commands.map((under) => ({ name: `${one.name()} ${under.name()}`, command: under })),
    ]);
    expect(Object.keys(shown).sort()).toEqual(all.map(({ name }) => name).sort());
    for (const { name, command } of all) {
      const { examples = [] } = shown[name] ?? {};
      expect(examples.length, name).toBeGreaterThan(0);
      for (const line of examples) {
        expect(line.startsWith(name), line).toBe(true);
        const known = [command, ...command.commands].flatMap(({ options }) => options.map(({ long }) => long));
        for (const flag of line.match(/--[a-z-]+/g) ?? []) expect(known, line).toContain(flag);
      }
    }
  });

  it('shows them in the help of a command', async () => {
    const { code, text } = await run(['order', 'place', '--help']);
    expect([code, text.includes('Examples:\n  ibwire order place buy 100 AAPL --limit 187.50')]).toEqual([0, true]);
  });

  it('takes host, port, client id and account from the environment, and the command line before it', async () => {
    await using gateway = await startSimulated();
    vi.stubEnv('IBWIRE_PORT', String(gateway.port));
    vi.stubEnv('IBWIRE_CLIENT_ID', '31');
    vi.stubEnv('IBWIRE_ACCOUNT', 'DU9000002');
    try {
      const status = await run(['status', '--json']);
      expect(status.json).toMatchObject({ clientId: 31 });
      expect((await run(['status', '--json', '--client-id', '32'])).json).toMatchObject({ clientId: 32 });
      const { json } = await run(['positions', '--json']);
      expect(json).toMatchObject([{ account: 'DU9000002', contract: { symbol: 'AAPL' } }]);
      vi.stubEnv('IBWIRE_PORT', 'x');
      const wrong = await run(['status']);
      expect(wrong.code).toBe(2);
      expect(wrong.beside.join(' ')).toContain('It is a whole number from 1 to 65535.');
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('tells programs of errors as an object', async () => {
    const { code, beside, lines } = await run(['accounts', '--port', '1', '--json']);
    expect([code, lines, beside.length]).toEqual([3, [], 1]);
    expect(JSON.parse(beside[0] ?? '')).toMatchObject({
      error: { exitCode: 3, code: 'CONNECT', message: expect.stringContaining('Nothing listens there.') },
    });
  });

  it('says what to do when it cannot connect, without a stack', async () => {
    const { code, beside } = await run(['accounts', '--port', '1']);
    expect(code).toBe(3);
    expect(beside).toHaveLength(1);
    expect(beside[0]).toMatch(/^127\.0\.0\.1:1: .*Nothing listens there\. TWS listens on 7496/);
  });

  it('waits for a gateway that is not up yet, as long as --start-within says', async () => {
    const before = await scriptedGateway();
    await before.close();
    const running = start(['status', '--port', String(before.port), '--start-within', '60', '--json']);
    const gateway = await scriptedGateway({
      port: before.port,
      on: { reqCurrentTimeInMillis: (_, peer) => peer.send('currentTimeInMillis', { timeInMillis: 1_788_357_600_000 }) },
    });
    const { code } = await running.done.finally(() => gateway.close());
    expect(code).toBe(0);
    const late = await run(['status', '--port', '1', '--start-within', '0.2']);
    expect(late.code).toBe(3);
    expect(late.beside.join(' ')).toMatch(/Tried \d+ times/);
  });

  it('shows where an error comes from with --debug, wherever it stands', async () => {
    const { code, beside } = await run(['accounts', '--debug', '--port', '1']);
    expect(code).toBe(3);
    expect(beside.some((line) => line.includes('    at '))).toBe(true);
  });

  it('gives up after --timeout with 6', async () => {
    await using gateway = await scriptedGateway();
    const { code, beside } = await run(['accounts', '--port', String(gateway.port), '--timeout', '0.5']);
    expect(code).toBe(6);
    expect(beside[0]).toMatch(/^reqAccountSummary: no answer within \d+(\.\d+)? ms/);
  });

  it('ends with 130 when Ctrl-C comes before the answer', async () => {
    await using gateway = await scriptedGateway();
    const running = start(['accounts', '--port', String(gateway.port)]);
    while (gateway.received.every(({ kind }) => kind !== 'reqAccountSummary'))
      await new Promise((resolve) => setTimeout(resolve, 2));
    running.stop();
    const { code, beside } = await running.done;
    expect([code, beside]).toEqual([130, []]);
  });

  it('ends with 5 and the remedy when the gateway refuses', async () => {
    await using gateway = await scriptedGateway({
      on: {
        reqHistoricalData: ({ reqId }, peer) =>
          peer.send('error', {
            reqId,
            errorCode: 162,
            errorString: 'Historical Market Data Service error message:No market data permissions for ISLAND STK',
          } as never),
      },
    });
    const { code, beside } = await run(['bars', 'AAPL', '--port', String(gateway.port)]);
    expect(code).toBe(5);
    expect(beside[0]).toContain('(code 162)');
    expect(beside[1]?.length).toBeGreaterThan(20);
  });

  it('measures itself', async () => {
    const { json } = await run(['bench', '--seconds', '0.01', '--json']);
    const { cases } = json as { cases: { what: string; nsPerMessage: number }[] };
    expect(cases.map(({ what }) => what)).toEqual(
      Array.from({ length: 2 }, () => ['decode mixed ticks', 'decode tickPrice', 'encode placeOrder']).flat(),
    );
    for (const { nsPerMessage } of cases) expect(nsPerMessage).toBeGreaterThan(0);
  });
});

describe('demo', () => {
  it('tours quotes, accounts, a bracket, a refusal and an outage, within 80 columns', async () => {
    const { code, lines, text } = await run(['demo', '--seconds', '1']);
    expect(code).toBe(0);
    const found = [
      /^ {2}DU9000001 {2}INDIVIDUAL +[\d,]+\.\d\d/,
      /^ {2}DU9000002 {2}IRA-ROTH NEW +[\d,]+\.\d\d/,
      /^ {2}AAPL +314\.\d\d +314\.\d\d +314\.\d\d/,
      /^ +\d\.\d\d s {2}entry {3}executed 100 at 314\.\d\d on/,
      /^ +\d\.\d\d s {2}profit {2}executed 100 at 3\d\d\.\d\d on/,
      /^ +\d\.\d\d s {2}stop {4}cancelled$/,
      /^ {2}✗ not sent: IRA-SHORT-STOCK$/,
      /^ {4}Sell at most 100\.$/,
      /^ {2}lost, attempt 1 in \d+ ms$/,
      /^ {2}back as client 1, connection 2$/,
      /^ {2}gap of \d\.\d s in the stream \(disconnected\): nothing is certain in it$/,
      /^ {2}live again: AAPL bid 3\d\d\.\d\d, ask 3\d\d\.\d\d$/,
    ].map((pattern) => lines.findIndex((line) => pattern.test(line)));
    expect(found, text).toEqual([...found].sort((a, b) => a - b));
    expect(found[0], text).toBeGreaterThan(0);
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  it('plays recordings on both wires with --recorded, to the commission of an order', async () => {
    const { code, lines } = await run(['demo', '--recorded']);
    expect(code).toBe(0);
    expect(lines.filter((line) => /^\d\. The /.test(line))).toHaveLength(2);
    expect(lines.some((line) => /commission {3}1\.000003 USD$/.test(line))).toBe(true);
  });

  it('looks at a gateway with --port and places no order', async () => {
    await using gateway = await startSimulated();
    const { code, lines } = await run(['demo', '--port', String(gateway.port)]);
    expect([code, lines.at(-1)]).toEqual([0, 'No order was placed: the session was opened read-only.']);
    expect(gateway.orders).toEqual([]);
  });
});
