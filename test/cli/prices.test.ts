// Prices against a simulated gateway whose clock stands still or is moved by hand.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSimulated } from '../../src/cli/session/simulated.js';
import type { SimulatedGateway } from '../../src/gateway/simulate.js';
import { plain, run, start } from './run-cli.js';

let gateway: SimulatedGateway;
beforeAll(async () => {
  gateway = await startSimulated({ clock: 'virtual' });
});
afterAll(() => gateway.close());

const at = (...argv: string[]): string[] => [...argv, '--port', String(gateway.port)];

describe('quote', () => {
  it('shows a row for each symbol with what its market has', async () => {
    const { code, lines } = await run(at('quote', 'AAPL', 'EUR.USD'));
    expect(code).toBe(0);
    expect(lines).toEqual([
      '  symbol   bid size      bid      ask   ask size    last  change      %      volume  prices',
      '  AAPL          500   314.19   314.21        600  314.20   +3.23  +1.04  11,681,427  live',
      '  EUR.USD   250,000  1.16805  1.16815  3,750,000       -       -      -           -  live',
    ]);
  });

  it('shows the others when one symbol is unknown, says why, and ends with 5', async () => {
    const { code, lines } = await run(at('quote', 'AAPL', 'NOPE'));
    expect(code).toBe(5);
    expect(lines[1]).toMatch(/^ {2}AAPL .* live$/);
    expect(lines[2]).toMatch(/^ {2}NOPE( +-){8} {2}code 200$/);
    expect(lines[3]).toBe('  NOPE  reqMktData: No security definition has been found for the request (code 200)');
  });

  it('adds the Greeks of an option', async () => {
    const { lines } = await run(at('quote', 'OPT:AAPL:20261218:310:C'));
    expect(lines.at(-1)).toMatch(
      /^ {2}OPT:AAPL:20261218:310:C {2}implied volatility % \d+\.\d\d {2}delta 0\.\d{4} .* underlying 314\.\d\d$/,
    );
  });

  it('gives programs plain values with their source', async () => {
    const { json } = await run(at('quote', 'AAPL', '--json'));
    expect(json).toMatchObject([{ symbol: 'AAPL', source: 'live', close: 310.97, open: 313.92 }]);
  });

  it('does not ask for what it cannot read', async () => {
    const before = gateway.received.length;
    const { code, beside } = await run(at('quote', 'FUT:ES'));
    expect(code).toBe(2);
    expect(beside[0]).toContain('exchange');
    expect(gateway.received.slice(before).some(({ message }) => message.kind === 'reqMktData')).toBe(false);
  });
});

describe('watch', () => {
  it('appends a line for a symbol only when something has changed', async () => {
    const running = start(at('watch', 'AAPL', 'TSLA', '--interval', '0.02'));
    await running.until(/^\d\d:\d\d:\d\d {2}AAPL {2}bid 314\.\d\d {2}ask 314\.\d\d {2}last 314\.\d\d$/);
    await running.until(/TSLA {2}bid/);
    for (const price of [500, 600, 700]) {
      gateway.market.set('TSLA', price);
      await running.until(new RegExp(`TSLA .*last ${price}\\.`));
    }
    expect(running.out.filter((line) => line.includes('AAPL'))).toHaveLength(1);
    gateway.market.set('AAPL', 320);
    await gateway.advance(2_000);
    await running.until(/bid 3(19|20)\.\d\d/);
    running.stop();
    expect((await running.done).code).toBe(0);
  });

  it('redraws one table on a terminal and gives the cursor back', async () => {
    const running = start(at('watch', 'EUR.USD', 'NOPE'), { terminal: true, columns: 130 });
    await running.until(/EUR\.USD +[\d,]+ +1\.1/);
    running.stop();
    const { code } = await running.done;
    expect(code).toBe(0);
    const drawn = running.out.join('\n');
    expect(drawn).toContain('\x1b[?25l');
    expect(drawn).toMatch(/\x1b\[\d+A\r/);
    expect(plain(drawn)).toContain('NOPE  reqMktData: No security definition');
  });

  it('fills the screen with --full: accounts, what is held, what it earns; the screen of before comes back', async () => {
    const running = start(at('watch', 'EUR.USD', '--full'), { terminal: true, columns: 100 });
    await running.until(/MSFT +[\d.]+ +[\d.]+ +[\d.]+ +[-+].* +50 /);
    running.stop();
    expect((await running.done).code).toBe(0);
    const drawn = running.out.join('\n');
    expect(drawn.startsWith('\x1b[?1049h\x1b[?25l')).toBe(true);
    // Drawn from the first line, again and again; the last picture stands on the screen of before.
    expect(drawn).toContain('\x1b[J\x1b[H');
    const last = plain(drawn.slice(drawn.lastIndexOf('  account')));
    expect(last).toMatch(/account +daily +unrealised +realised\n +DU9000001 .*\n +DU9000002 /);
    expect(last).toMatch(/symbol +bid +ask +last .* held +today +unrealised/);
    expect(last).toMatch(/EUR\.USD +1\.\d+ +1\.\d+/);
    expect(last).toMatch(/AAPL .* 300 /);
  });

  it('is one object for programs with --full --json, of one account where it is named', async () => {
    const { json } = await run(at('watch', '--full', '--json', '--account', 'DU9000002', '--seconds', '0.3'));
    expect(json).toMatchObject({
      accounts: [{ account: 'DU9000002' }],
      lines: [{ symbol: 'AAPL', held: '100', currency: 'USD' }],
    });
  });

  it('wants symbols, or --full', async () => {
    const { code, beside } = await run(at('watch'));
    expect([code, beside[0]]).toEqual([2, 'Say which symbols, or --full for all that is held.']);
  });

  it('ends with 5 when no symbol is left', async () => {
    const { code, beside } = await run(at('watch', 'NOPE'));
    expect(code).toBe(5);
    expect(beside[0]).toContain('code 200');
  });
});

describe('book', () => {
  it('prints the best prices as they change and the book in the end', async () => {
    const running = start(at('book', 'AAPL', '--rows', '3'));
    await running.until(/bid [\d,]+ @ \d+\.\d+ {2}ask [\d,]+ @ \d+/);
    running.stop();
    const { code, lines } = await running.done;
    expect(code).toBe(0);
    expect(lines.slice(-4)[0]).toMatch(/size +bid +ask +size/);
    expect(lines.at(-1)).toMatch(/^ {2}\S+ +█+ +[\d,]+ +\d+\.\d\d +\d+\.\d\d +[\d,]+ +█+ +\S+$/);
  });

  it('is a change on each line for programs', async () => {
    const running = start(at('book', 'FUT:ES:202612@CME', '--json'));
    const [line] = await running.until(/^\{"change":"insert".*\}$/);
    running.stop();
    await running.done;
    expect(JSON.parse(line)).toMatchObject({
      change: 'insert',
      position: expect.any(Number),
      level: { price: expect.any(Number) },
    });
  });
});

describe('bars', () => {
  it('shows a table, a sparkline and the change', async () => {
    const { code, lines } = await run(at('bars', 'AAPL', '--size', '1d', '--duration', '3d', '--to', '2026-09-01T22:00'));
    expect(code).toBe(0);
    expect(lines.slice(1)).toEqual([
      'AAPL 1d  3 bars',
      '  date          open    high     low   close      volume',
      '  2026-08-28  311.91  312.33  307.16  309.64  40,323,045',
      '  2026-08-31  313.97  317.76  311.13  315.48  31,184,988',
      '  2026-09-01  316.06  317.29  307.05  310.97  40,665,322',
      '  ▁█▃  close, -0.30 %',
    ]);
  });

  it('writes CSV', async () => {
    const { lines } = await run(at('bars', 'AAPL', '--size', '1d', '--duration', '1d', '--to', '2026-09-01T22:00', '--csv'));
    expect(lines[0]).toBe('time,open,high,low,close,volume,wap,count');
    expect(lines[1]).toMatch(/^20260901,316\.06,317\.29,307\.05,310\.97,40665322,/);
  });

  it('takes midpoints of a currency pair, which has no trades', async () => {
    const before = gateway.received.length;
    await run(at('bars', 'EUR.USD', '--duration', '1d'));
    const asked = gateway.received.slice(before).find(({ message }) => message.kind === 'reqHistoricalData');
    expect(asked?.message).toMatchObject({ whatToShow: 'MIDPOINT', barSizeSetting: '1 hour' });
  });

  it('downloads a long span in several requests and says how far it is', async () => {
    const before = gateway.received.length;
    const argv = at('bars', 'AAPL', '--from', '2026-08-03', '--to', '2026-08-24', '--size', '1m', '--csv');
    const running = start(argv, { terminal: true });
    const { code, lines } = await running.done;
    expect(code).toBe(0);
    const asked = gateway.received.slice(before).filter(({ message }) => message.kind === 'reqHistoricalData');
    expect(asked.length).toBeGreaterThan(1);
    expect(lines.length).toBe(1 + 15 * 390);
    expect(running.err.some((text) => /█+.* \d+ % {2}[\d,]+ bars/.test(plain(text)))).toBe(true);
  });
});

describe('chain', () => {
  it('lists expirations with the days to them', async () => {
    const { code, lines } = await run(at('chain', 'AAPL'));
    expect(code).toBe(0);
    expect(lines[1]).toBe('Options on AAPL  AAPL on SMART, multiplier 100');
    expect(lines).toContain('  2026-12-18   107');
  });

  it('prices the strikes around the money of one expiry', async () => {
    const { code, json } = await run(at('chain', 'AAPL', '--expiry', '202612', '--strikes', '2', '--json'));
    expect(code).toBe(0);
    const { expiry, options } = json as {
      expiry: string;
      options: { strike: number; call: { modelGreeks: { delta: number } } }[];
    };
    expect(expiry).toBe('20261218');
    expect(options).toHaveLength(4);
    const deltas = options.map(({ call }) => call.modelGreeks.delta);
    expect([...deltas].sort((a, b) => b - a)).toEqual(deltas);
  });

  it('shows every Greek of both sides, and on a narrow terminal fewer of them', async () => {
    const { lines } = await run(at('chain', 'AAPL', '--expiry', '202612', '--strikes', '1'));
    const side = 'bid +ask +last +iv % +delta +gamma +theta +vega +volume';
    expect(lines.find((line) => line.includes('strike'))).toMatch(new RegExp(`^ +${side} +strike +${side}$`));
    const narrow = await run(at('chain', 'AAPL', '--expiry', '202612', '--strikes', '1'), { terminal: true, columns: 80 });
    expect(narrow.lines.every((line) => line.length < 80)).toBe(true);
    expect(narrow.lines.at(-1)).toMatch(/^ {2}no room for .*vega.*: --json has all$/);
    expect(narrow.lines.find((line) => line.includes('strike'))).toMatch(/bid +ask .*iv % +delta/);
  });

  it('asks to say more when several expirations fit', async () => {
    const { code, beside } = await run(at('chain', 'AAPL', '--expiry', '2027'));
    expect(code).toBe(2);
    expect(beside[0]).toMatch(/^Several expirations begin with 2027: 20270115 /);
  });
});
