// Orders from the command line: judged, asked, sent, followed, taken back; and what keeps them from leaving.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startSimulated } from '../../src/cli/session/simulated.js';
import type { SimulatedGateway } from '../../src/gateway/simulate.js';
import { scriptedGateway } from '../helpers/scripted-gateway.js';
import { run } from './run-cli.js';

let gateway: SimulatedGateway;
let sentBefore = 0;
beforeAll(async () => {
  gateway = await startSimulated();
});
afterAll(() => gateway.close());
beforeEach(() => {
  sentBefore = placed();
});

const at = (...argv: string[]): string[] => ['order', ...argv, '--port', String(gateway.port)];
const margin = ['--account', 'DU9000001', '--kind', 'reg-t'];
/** Orders that were really meant. */
const placed = (): number =>
  gateway.received.filter(({ message }) => message.kind === 'placeOrder' && message.order?.whatIf !== true).length;

describe('order preview', () => {
  it('says what, why, what would pass and where the rule comes from, and ends with 4', async () => {
    const { code, lines } = await run(at('preview', 'sell', '300', 'AAPL', '--account', 'DU9000002'));
    expect(code).toBe(4);
    expect(lines.slice(1)).toEqual([
      'SELL 300 AAPL, at market, DAY, DU9000002',
      '  It will not be sent: 1 reason  judged as ira-cash, account type IRA-ROTH NEW; --kind says how it is financed',
      '',
      '  ✗ IRA-SHORT-STOCK',
      '    what    Could end 200 AAPL short: 100 held, 0 already offered.',
      '    why     stock that could end below zero',
      '    passes  Sell at most 100.',
      '    source  broker knowledge base 188 and 2187',
      '',
      '  ✗ gateway 201',
      '    what    Order rejected - reason:Short stock positions are not allowed in this account. Available: 100.',
    ]);
    expect(placed()).toBe(sentBefore);
  });

  it('shows margin and commission as the gateway answers them', async () => {
    const { code, lines } = await run(at('preview', 'buy', '100', 'AAPL', '--limit', '300', ...margin));
    expect(code).toBe(0);
    expect(lines[2]).toBe(
      '  Nothing speaks against it  judged as reg-t, account type INDIVIDUAL; --kind says how it is financed',
    );
    expect(lines.some((line) => /^ {2}initial margin +[\d,]+\.\d\d {2}\+[\d,]+\.\d\d +[\d,]+\.\d\d {2}USD$/.test(line))).toBe(
      true,
    );
    expect(lines.at(-1)).toBe('  commission  1.00 USD');
    expect(placed()).toBe(sentBefore);
  });

  it('asks for the shares to borrow where a sale may be short, and holds it against them', async () => {
    const { shortableShares: shares = 0 } = gateway.market.instrument(265598) ?? {};
    const sold = (size: number) => run(at('preview', 'sell', String(size), 'AAPL', ...margin, '--max-quantity', '100000000'));
    const one = await sold(201);
    expect([one.code, one.text.includes('MARGIN-NO-LOCATE')]).toEqual([0, false]);
    const more = await sold(shares + 201);
    expect(more.code).toBe(4);
    expect(more.text).toContain(`${shares + 1} would be sold short, ${shares} can be borrowed.`);
  });

  it('counts what works already: two sales that pass alone do not pass together', async () => {
    const first = await run(
      at(
        'place',
        'sell',
        '100',
        'AAPL',
        '--limit',
        '900',
        '--yes',
        '--wait',
        '0.3',
        '--account',
        'DU9000002',
        '--json',
        '--collar',
        '500',
      ),
    );
    expect(first.code).toBe(0);
    const { orderId } = first.json as { orderId: number };
    const second = await run(at('preview', 'sell', '100', 'AAPL', '--limit', '900', '--account', 'DU9000002', '--collar', '500'));
    expect(second.code).toBe(4);
    expect(second.text).toContain('Could end 100 AAPL short: 100 held, 100 already offered.');
    expect((await run(at('cancel', String(orderId), '--yes'))).code).toBe(0);
  });

  it('judges an account whose buying power shows that it borrows as one that does, and says so', async () => {
    const { code, text } = await run(at('preview', 'buy', '100', '0700.HK', '--account', 'DU9000001'));
    expect(text).toContain('judged as reg-t, account type INDIVIDUAL, its buying power shows that it borrows;');
    expect([code, text.includes('Nothing speaks against it')]).toEqual([0, true]);
    const said = await run(at('preview', 'buy', '100', '0700.HK', '--account', 'DU9000001', '--kind', 'cash'));
    expect([said.code, said.text.includes('CASH-CCY-DEBIT')]).toEqual([4, true]);
  });

  it('gives programs the findings as data', async () => {
    const { json } = await run(at('preview', 'sell', '300', 'AAPL', '--account', 'DU9000002', '--json'));
    expect(json).toMatchObject({
      decision: 'reject',
      judgedAs: 'ira-cash',
      remarks: [{ code: 'IRA-SHORT-STOCK', severity: 'reject' }],
      refusal: { code: 201 },
    });
  });

  it('asks which account is meant when there are several', async () => {
    const { code, beside } = await run(at('preview', 'buy', '1', 'AAPL'));
    expect(code).toBe(2);
    expect(beside).toEqual(['The login has several accounts: say which with --account.', 'It has DU9000001 DU9000002.']);
  });

  it.each([
    [['hold', '1', 'AAPL'], 'It is one of BUY, SELL.'],
    [['buy', '0', 'AAPL'], 'It is a number above 0'],
    [['buy', '1', 'AAPL', '--trail', '1', '--limit', '2'], 'A trailing stop takes neither --limit nor --stop.'],
    [['buy', '1', 'AAPL', '--outside-rth'], 'needs a --limit'],
  ])('refuses %j', async (words, says) => {
    const { code, beside } = await run(at('preview', ...words, '--account', 'DU9000001'));
    expect(code).toBe(2);
    expect(beside.join('\n')).toContain(says);
  });
});

describe('order place', () => {
  it('sends nothing when nobody is there to say yes, and ends with 4', async () => {
    const { code, beside } = await run(at('place', 'buy', '10', 'AAPL', ...margin));
    expect(code).toBe(4);
    expect(beside).toEqual(['Not sent: nobody is there to say yes.', 'A program says it with --yes.']);
    expect(placed()).toBe(sentBefore);
  });

  it.each(['', 'n', 'no', 'yess'])('takes %j for no', async (answer) => {
    const { code, beside } = await run(at('place', 'buy', '10', 'AAPL', ...margin), { answers: [answer] });
    expect(code).toBe(4);
    expect(beside).toContain('Not sent.');
    expect(placed()).toBe(sentBefore);
  });

  it('sends after a yes and follows the order to its commission', async () => {
    const { code, lines } = await run(at('place', 'buy', '10', 'AAPL', ...margin), { answers: ['y'] });
    expect(code).toBe(0);
    expect(placed()).toBe(sentBefore + 1);
    const order = gateway.orders.at(-1);
    expect(lines.some((line) => /^ +\d\.\d\d s {2}executed 10 at 314\.\d\d on [A-Z]+$/.test(line))).toBe(true);
    expect(lines.at(-1)).toMatch(
      new RegExp(`^ {2}order ${order?.orderId} is filled, 10 of 10 at 314\\.\\d\\d on average, commission 1\\.00 USD$`),
    );
  });

  it('leaves an order that rests, lists it and takes it back', async () => {
    const { code, lines } = await run(
      at('place', 'buy', '10', 'AAPL', '--limit', '300', ...margin, '--yes', '--wait', '0.3', '--ref', 'mine'),
    );
    expect(code).toBe(0);
    const id = /order (\d+) is working; `ibwire order cancel \d+` takes it back$/.exec(lines.at(-1) ?? '')?.[1] ?? '';
    const list = await run(at('list'));
    expect(list.lines[1]).toBe(
      `  ${id.padStart(5)}      77  DU9000001  BUY        10  AAPL      LMT   300.00     -  DAY  working       0`,
    );
    const refused = await run(at('cancel', id));
    expect(refused.code).toBe(4);
    const asked = await run(at('cancel', id), { answers: ['y'] });
    expect(asked.code).toBe(0);
    expect(asked.lines).toEqual([`  order ${id}  cancelled`]);
    expect((await run(at('list'))).lines).toEqual(['  no open orders']);
    const executions = await run(at('list', '--executions'));
    expect(executions.lines[1]).toMatch(/DU9000001 {2}BOT +10 {2}AAPL +314\.\d\d {2}[A-Z]+ +1\.00 USD$/);
  });

  it('does not send what the rules refuse, whatever was said', async () => {
    const { code, beside, text } = await run(at('place', 'sell', '300', 'AAPL', '--account', 'DU9000002', '--yes'));
    expect(code).toBe(4);
    expect(text).toContain('Sell at most 100.');
    expect(beside).toEqual(['Not sent: the rules refuse it.', 'See what would pass above.']);
    expect(placed()).toBe(sentBefore);
  });

  it('judges again after the answer: what was allowed when it asked may not be any more', async () => {
    const argv = ['place', 'sell', '100', 'AAPL', '--limit', '900', '--collar', '500', '--account', 'DU9000002'];
    const meanwhile = async (): Promise<string> => {
      expect((await run(at(...argv, '--yes', '--wait', '0.2', '--client-id', '78'))).code).toBe(0);
      return 'y';
    };
    const { code, lines, beside } = await run(at(...argv), { answers: [meanwhile] });
    expect(lines.some((line) => line.includes('Nothing speaks against it'))).toBe(true);
    expect(code).toBe(4);
    expect(beside).toContain('Not sent: the rules refuse it.');
    expect(placed()).toBe(sentBefore + 1);
    expect((await run(at('cancel', '--all', '--yes'))).code).toBe(0);
  });

  it('writes a journal when it is told', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ibwire-journal-'));
    const file = join(folder, 'orders.ndjson');
    try {
      await run(at('place', 'buy', '10', 'AAPL', ...margin, '--yes', '--journal', file));
      const lines = readFileSync(file, 'utf8').trim().split('\n');
      expect(lines.length).toBeGreaterThan(1);
      expect(lines[0]).toContain('DU9000001');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('ends with 2 for an order id that is not open, and for no id at all', async () => {
    const unknown = await run(at('cancel', '99999', '--yes'));
    expect([unknown.code, unknown.beside[0]]).toEqual([2, 'Client 77 has no open order 99999.']);
    const none = await run(at('cancel', '--yes'));
    expect([none.code, none.beside[0]]).toEqual([2, 'Name one order id, or --all.']);
  });

  it('cancels every order of the login with --all', async () => {
    const place = (limit: string) =>
      run(at('place', 'buy', '10', 'MSFT', '--limit', limit, ...margin, '--yes', '--wait', '0.2', '--json'));
    await place('490');
    await place('491');
    const { code, json } = await run(at('cancel', '--all', '--yes', '--json'));
    expect(code).toBe(0);
    expect(json).toMatchObject([{ outcome: 'cancelled' }, { outcome: 'cancelled' }]);
  });
});

describe('live accounts', () => {
  it('are refused without --live, even to somebody who says yes; paper ones beside them are not', async () => {
    await using live = await startSimulated({
      accounts: [
        { account: 'U9000001', kind: 'individual-margin' },
        { account: 'DU9000002', kind: 'individual-margin' },
      ],
    });
    const argv = ['order', 'place', 'buy', '1', 'AAPL', '--kind', 'reg-t', '--yes', '--port', String(live.port), '--account'];
    const { code, beside } = await run([...argv, 'U9000001'], { answers: ['y'] });
    expect(code).toBe(4);
    expect(beside.slice(-2)).toEqual([
      'Not sent: U9000001 is a live account with real money.',
      'Use a paper account, try it with --simulate, or add --live when it is meant.',
    ]);
    expect(live.orders).toEqual([]);
    expect((await run([...argv, 'DU9000002'])).code).toBe(0);
    expect((await run([...argv, 'U9000001', '--live'])).code).toBe(0);
    expect(live.orders.map(({ order }) => order.account)).toEqual(['DU9000002', 'U9000001']);
  });

  it('keep their orders too without --live', async () => {
    await using live = await scriptedGateway({
      accounts: 'U9000001',
      on: {
        reqOpenOrders: (_, peer) => {
          const contract = { conId: 265598, symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };
          const order = {
            clientId: 77,
            permId: 5,
            account: 'U9000001',
            action: 'SELL',
            totalQuantity: '1',
            orderType: 'STP',
            auxPrice: 100,
          };
          peer.send('openOrder', { orderId: 4, contract, order, orderState: { status: 'Submitted' } } as never);
          peer.send('openOrderEnd', {});
        },
      },
    });
    const { code, beside } = await run(['order', 'cancel', '4', '--yes', '--port', String(live.port)]);
    expect(code).toBe(4);
    expect(beside.join(' ')).toContain('real money');
    expect(live.received.filter(({ kind }) => kind === 'cancelOrder')).toEqual([]);
  });
});
