// Orders from a command line that is mistaken, hurried or stopped, with prices that are old and accounts that are live.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startSimulated } from '../../src/cli/session/simulated.js';
import type { SimulateOptions } from '../../src/gateway/server/options.js';
import type { SimulatedGateway } from '../../src/gateway/simulate.js';
import { type Ran, type RunOptions, run, start } from './run-cli.js';

const IRA = ['--account', 'DU9000002'];
const BUY = ['place', 'buy', '1', 'AAPL', '--account', 'DU9000001'];

interface Left extends Pick<Ran, 'code' | 'text' | 'beside'> {
  /** Orders that left, what-ifs aside. */
  readonly left: number;
}

const placed = ({ received }: SimulatedGateway): number =>
  received.filter(({ message }) => message.kind === 'placeOrder' && message.order?.whatIf !== true).length;

async function ordered(argv: readonly string[], how: SimulateOptions = {}, options: RunOptions = {}): Promise<Left> {
  await using gateway = await startSimulated(how);
  const { code, text, beside } = await run(['order', ...argv, '--port', String(gateway.port)], options);
  return { code, text, beside, left: placed(gateway) };
}

describe('prices that are not live', () => {
  const market = ['place', 'buy', '10', 'AAPL', ...IRA, '--yes', '--wait', '0.3'];
  it.each<[string, SimulateOptions]>([
    ['delayed ones', { marketData: 'delayed' }],
    ['those of Friday at the weekend', { startAt: Date.UTC(2026, 8, 5, 14) }],
  ])('%s bound no cost where nothing may be borrowed, and a limit does', async (_, how) => {
    const { code, left, text } = await ordered(market, how);
    expect([code, left, text.includes('PRICE-UNKNOWN')]).toEqual([4, 0, true]);
    expect((await ordered([...market, '--limit', '315'], how)).left).toBe(1);
  });
  it('do not keep a holding from being sold at the market', async () => {
    const { code, left } = await ordered(['place', 'sell', '10', 'AAPL', ...IRA, '--yes'], { marketData: 'delayed' });
    expect([code, left]).toEqual([0, 1]);
  });
  it('still show that a limit is a mistake', async () => {
    const wrong = await ordered([...BUY, '--limit', '3142', '--yes'], { marketData: 'delayed' });
    expect([wrong.code, wrong.left, wrong.text.includes('PRICE-COLLAR')]).toEqual([4, 0, true]);
  });
  it('none at all: what a stop to buy would fill at is not known where nothing may be borrowed', async () => {
    const stop = (...more: string[]) => ordered(['place', 'buy', '10', 'AAPL', ...IRA, '--yes', ...more], { marketData: 'none' });
    const unbounded = await stop('--stop', '10');
    expect([unbounded.code, unbounded.left, unbounded.text.includes('PRICE-UNKNOWN')]).toEqual([4, 0, true]);
    expect((await stop('--stop', '320', '--limit', '321', '--wait', '0.3')).left).toBe(1);
  });
});

describe('a preview', () => {
  it('of a live account is judged by its rules: nothing is sent', async () => {
    const live: SimulateOptions = { accounts: [{ account: 'U9000001', kind: 'individual-margin' }] };
    const { code, left, text } = await ordered(['preview', 'buy', '1', 'AAPL'], live);
    expect([code, left, text.includes('Nothing speaks against it')]).toEqual([0, 0, true]);
  });
});

describe('an order that is stopped', () => {
  it.each([true, false])('while the question stands is not sent, and ends with 130; answered all the same: %s', async (isYes) => {
    await using gateway = await startSimulated();
    const asked = start(['order', ...BUY, '--limit', '300', '--port', String(gateway.port)], {
      answers: [
        () => {
          asked.stop();
          return Promise.resolve(isYes ? 'y' : '');
        },
      ],
    });
    expect([(await asked.done).code, placed(gateway)]).toEqual([130, 0]);
  });

  /** The orders of others have grown old while the judgement was printed, and nobody tells of them any more: the order waits. */
  async function waiting(act: (running: ReturnType<typeof start>, on: SimulatedGateway) => void, wait = '0.5'): Promise<Left> {
    await using gateway = await startSimulated();
    const argv = ['order', 'place', 'sell', '1', 'AAPL', '--limit', '320', ...IRA, '--yes', '--wait', wait];
    const running = start([...argv, '--port', String(gateway.port)]);
    running.out.push = (...lines) => {
      gateway.faults.never('reqAllOpenOrders');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 150);
      setImmediate(() => act(running, gateway));
      return Array.prototype.push.apply(running.out, lines);
    };
    const { code, text, beside } = await running.done;
    return { code, text, beside, left: placed(gateway) };
  }
  it('for as long as it may be followed is not called sent', async () => {
    const { code, left, beside } = await waiting(() => {});
    expect([code, left]).toEqual([6, 0]);
    expect(beside).toEqual(['Not sent: it had to wait for longer than 0.5 s.', 'A longer --wait lets it wait.']);
  });
  it('with a longer --wait leaves when it may', async () => {
    const { code, left } = await waiting((_, on) => on.faults.answer('reqAllOpenOrders'), '2');
    expect([code, left]).toEqual([0, 1]);
  });
  it('by Ctrl-C while it waits is not called sent', async () => {
    const { code, left, beside } = await waiting((running) => running.stop());
    expect([code, left, beside]).toEqual([130, 0, ['Not sent.']]);
  });
});

describe('whoever is asked', () => {
  it('sees the judgement beside the document that programs get', async () => {
    const ran = await ordered([...BUY, '--limit', '300', '--json', '--wait', '0.3'], {}, { answers: ['y'] });
    expect([ran.code, ran.left, JSON.parse(ran.text).sent]).toEqual([0, 1, true]);
    expect(ran.beside.join('\n')).toContain('Nothing speaks against it');
  });
});

describe('a word that is wrong', () => {
  it.each(['--wait', '--timeout', '--start-within'])(
    '%s of more than a timer holds is refused, not over at once',
    async (option) => {
      const { code, left, beside } = await ordered([...BUY, '--limit', '300', '--yes', option, '2147484']);
      expect([code, left]).toEqual([2, 0]);
      expect(beside.join('\n')).toContain('It is at most 2147483 seconds.');
    },
  );
  it('an account that the login does not have is refused by `order list`: no list of it is empty', async () => {
    const { code, beside } = await ordered(['list', '--account', 'DU9000003']);
    expect([code, beside[0]]).toEqual([2, 'This login has no account DU9000003.']);
  });
  it.each([[['DU9000001']], [true], [null], [{}]])('the account %j of a settings file is none', async (account) => {
    const folder = mkdtempSync(join(tmpdir(), 'ibwire-settings-'));
    try {
      const file = join(folder, 'config.json');
      writeFileSync(file, JSON.stringify({ account }));
      const argv = ['place', 'buy', '1', 'AAPL', '--limit', '300', '--yes'];
      const { code, left, beside } = await ordered(argv, {}, { env: { IBWIRE_CONFIG: file } });
      expect([code, left]).toEqual([2, 0]);
      expect(beside[0]).toContain('account cannot be');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
