// Commands that only look, against a simulated gateway whose clock stands still: what they print is known to the letter.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSimulated } from '../../src/cli/session/simulated.js';
import type { SimulatedGateway } from '../../src/gateway/simulate.js';
import { run, start } from './run-cli.js';

let gateway: SimulatedGateway;
beforeAll(async () => {
  gateway = await startSimulated({ clock: 'virtual' });
});
afterAll(() => gateway.close());

const at = (...argv: string[]): string[] => [...argv, '--port', String(gateway.port)];

describe('accounts', () => {
  it('says of each account whether it is paper, of what kind, and what it holds', async () => {
    const { code, lines } = await run(at('accounts'));
    expect(code).toBe(0);
    expect(lines).toEqual([
      '  account           type          currency  net liquidation        cash   positions  buying power',
      '  DU9000001  paper  INDIVIDUAL    USD            439,109.50  273,362.00  165,747.50  1,590,690.50',
      '  DU9000002  paper  IRA-ROTH NEW  USD             71,420.00   40,000.00   31,420.00     40,000.00',
    ]);
  });

  it('gives programs one document', async () => {
    const { json } = await run(at('accounts', '--json'));
    expect(json).toHaveLength(2);
    expect(json).toMatchObject([{ account: 'DU9000001', live: false, currency: 'USD', netLiquidation: '439109.50' }, {}]);
  });
});

describe('positions', () => {
  it('shows what is held with its value', async () => {
    const { code, lines } = await run(at('positions'));
    expect(code).toBe(0);
    expect(lines).toEqual([
      '  account    contract  type  quantity  average cost   price       value  unrealised  realised  currency',
      '  DU9000001  AAPL      STK        200        314.20  314.20   62,840.00        0.00      0.00  USD',
      '  DU9000001  MSFT      STK         50        503.19  503.19   25,159.50        0.00      0.00  USD',
      '  DU9000001  SPY       STK        120        647.90  647.90   77,748.00        0.00      0.00  USD',
      '  DU9000002  AAPL      STK        100        314.20  314.20   31,420.00        0.00      0.00  USD',
      '  total                                                      197,167.50        0.00      0.00  USD',
    ]);
  });

  it('leaves whole columns out where the terminal is narrow, and names them: no line breaks', async () => {
    const { lines } = await run(at('positions'), { terminal: true, columns: 80 });
    expect(lines).toEqual([
      '  account    contract  type  quantity   price       value  unrealised  currency',
      '  DU9000001  AAPL      STK        200  314.20   62,840.00        0.00  USD',
      '  DU9000001  MSFT      STK         50  503.19   25,159.50        0.00  USD',
      '  DU9000001  SPY       STK        120  647.90   77,748.00        0.00  USD',
      '  DU9000002  AAPL      STK        100  314.20   31,420.00        0.00  USD',
      '  total                                        197,167.50        0.00  USD',
      '  no room for average cost, realised: --json has all',
    ]);
  });

  it('takes one account, and asks without prices when it is told', async () => {
    const { lines } = await run(at('positions', '--no-prices', '--account', 'DU9000002'));
    expect(lines).toEqual([
      '  account    contract  type  quantity  average cost  currency',
      '  DU9000002  AAPL      STK        100        314.20  USD',
    ]);
  });

  it('keeps exact quantities for programs', async () => {
    const { json } = await run(at('positions', '--json', '--account', 'DU9000002'));
    expect(json).toMatchObject([{ account: 'DU9000002', position: '100', contract: { symbol: 'AAPL', conId: 265598 } }]);
  });

  it('names the accounts there are when one is asked for that is not', async () => {
    const { code, beside, lines } = await run(at('positions', '--account', 'DU9000009'));
    expect(code).toBe(2);
    expect(lines).toEqual([]);
    expect(beside).toEqual(['This login has no account DU9000009.', 'It has DU9000001 DU9000002.']);
  });
});

describe('summary', () => {
  it('stands the accounts side by side, money in its currency, the rest as it is', async () => {
    const { code, lines } = await run(at('summary'));
    expect(code).toBe(0);
    expect(lines.slice(0, 4)).toEqual([
      '                         DU9000001     DU9000002  currency',
      '  AccountType           INDIVIDUAL  IRA-ROTH NEW  -',
      '  NetLiquidation        439,109.50     71,420.00  USD',
      '  TotalCashValue        273,362.00     40,000.00  USD',
    ]);
    expect(lines.at(-1)).toBe('  DayTradesRemaining     unlimited     unlimited  -');
  });

  it('asks for the tags it is given, and keeps the digits of a rate', async () => {
    const { lines } = await run(at('summary', '--tags', '$LEDGER:ALL', '--account', 'DU9000001'));
    expect(lines[0]).toBe('                             DU9000001  currency');
    expect(lines.some((line) => /^ {2}CashBalance +20,000\.00 {2}EUR$/.test(line))).toBe(true);
    expect(lines.some((line) => /^ {2}ExchangeRate +1\.16\d+ {2}EUR$/.test(line))).toBe(true);
  });
});

describe('pnl', () => {
  it('reads each account once when it is told', async () => {
    const { code, lines } = await run(at('pnl', '--once'));
    expect(code).toBe(0);
    expect(lines).toEqual([
      '  account    daily  unrealised  realised',
      '  DU9000001   0.00        0.00      0.00',
      '  DU9000002   0.00        0.00      0.00',
    ]);
  });

  it('is a line for each change until Ctrl-C, which is a good end', async () => {
    const running = start(at('pnl', '--json', '--account', 'DU9000001'));
    await running.until(/"dailyPnL":"0"/);
    running.stop();
    expect((await running.done).code).toBe(0);
  });
});

describe('status', () => {
  it('tells version, wire, clock, accounts and farms', async () => {
    const { code, lines } = await run(at('status', '--client-id', '5'));
    expect(code).toBe(0);
    expect(lines).toContain('  server version  226, protobuf');
    expect(lines).toContain('  client id       5');
    expect(lines).toContain('  accounts        DU9000001 (paper) DU9000002 (paper)');
    expect(lines).toContain('  ushmds     history      up');
  });
});

describe('news and scan', () => {
  it('lists the providers of the login', async () => {
    const { lines } = await run(at('news'));
    expect(lines.slice(0, 2)).toEqual(['  code     provider', '  BRFG     Briefing.com General Market Columns']);
  });

  it('shows headlines with the id that --article takes', async () => {
    const { code, json } = await run(at('news', 'AAPL', '--limit', '2', '--json'));
    expect(code).toBe(0);
    const { headlines, hasMore } = json as {
      headlines: { providerCode: string; articleId: string; text: string }[];
      hasMore: boolean;
    };
    expect(headlines).toHaveLength(2);
    expect(hasMore).toBe(true);
    const [first] = headlines;
    const table = await run(at('news', 'AAPL', '--limit', '2'));
    expect(table.lines[1]).toContain(first?.text ?? 'no headline');
    const article = await run(at('news', '--article', `${first?.providerCode}:${first?.articleId}`));
    expect(article.code).toBe(0);
    expect(article.text.length).toBeGreaterThan(10);
  });

  it('scans with a rank and the prices of each row', async () => {
    const { code, lines } = await run(at('scan', 'TOP_PERC_GAIN', '--rows', '3'));
    expect([code, lines.length]).toEqual([0, 4]);
    expect(lines[0]).toMatch(/conId +last +change +% +volume$/);
    expect(lines[1]).toMatch(/^ {5}1 {2}\S+ +STK +\S+ +USD +\d+ +[\d.,]+ +\+[\d.]+ +\+[\d.]+ +[\d,]+$/);
    const { json } = await run(at('scan', 'TOP_PERC_GAIN', '--rows', '2', '--json'));
    expect(json).toMatchObject([{ rank: 0, quote: { last: expect.any(Number), change: expect.any(Number) } }, { rank: 1 }]);
  });

  it('scans in one request where prices are not wanted', async () => {
    const { code, lines } = await run(at('scan', 'TOP_PERC_GAIN', '--rows', '3', '--no-prices'));
    expect(code).toBe(0);
    expect(lines).toHaveLength(4);
    expect(lines[1]).toMatch(/^ {5}1 {2}\S+ +STK +\S+ +USD +\d+$/);
  });

  it('finds the codes of the scanner by a part of their names', async () => {
    const { json } = await run(at('scan', '--codes', 'gainers since', '--json'));
    expect(json).toMatchObject([{ scanCode: 'TOP_OPEN_PERC_GAIN', displayName: 'Top % Gainers Since Open' }]);
  });
});
