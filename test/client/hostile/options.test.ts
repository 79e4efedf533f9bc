// Numbers that are none, given as options: refused where they are given, with words that say what would pass.
import { describe, expect, it } from 'vitest';
import { connect } from '../../../src/client/connect.js';
import { channel } from '../../../src/client/conversation/subscription.js';
import { InputError } from '../../../src/client/input/input-error.js';
import type { ConnectOptions } from '../../../src/client/session/connect-options.js';
import { scriptedGateway } from '../../helpers/scripted-gateway.js';

const stock = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };

describe('connect', () => {
  it.each<[string, object, string]>([
    ['no port', { port: undefined }, 'port: must be a whole number from 1 to 65535, got undefined'],
    ['a port as text', { port: '4002' }, 'port: must be a whole number from 1 to 65535, got "4002"'],
    ['a port above all', { port: 70_000 }, 'port: must be a whole number from 1 to 65535, got 70000'],
    ['half a client id', { clientId: 1.5 }, 'clientId: must be a whole number from 0 to 2147483647, got 1.5'],
    [
      'a wait that is no number',
      { connectWithin: Number.NaN },
      'connectWithin: must be a number of milliseconds from 0 to 2147483647, got NaN',
    ],
    [
      'an endless step',
      { stepWithin: Infinity },
      'stepWithin: must be a number of milliseconds from 0 to 2147483647, got Infinity',
    ],
    ['a silence before now', { silence: -1 }, 'silence: must be a number of milliseconds from 0 to 2147483647, got -1'],
    [
      'a probe without time',
      { probeWithin: null },
      'probeWithin: must be a number of milliseconds from 0 to 2147483647, got null',
    ],
    [
      'a back-off without numbers',
      { backOff: {} },
      'backOff.baseMs: must be a number of milliseconds from 1 to 2147483647, got undefined',
    ],
    [
      'a back-off without a floor',
      { backOff: { baseMs: 500, capMs: 30_000, floorMs: 0 } },
      'backOff.floorMs: must be a number of milliseconds from 1 to 2147483647, got 0',
    ],
    [
      'a message rate of nothing',
      { limits: { messagesPerSecond: Number.NaN } },
      'limits.messagesPerSecond: must be a number of at least 1, got NaN',
    ],
    ['lines that are no number', { limits: { lines: '100' } }, 'limits.lines: must be a number of at least 0, got "100"'],
    ['a share above all', { limits: { shares: { cancel: 2 } } }, 'limits.shares.cancel: must be a number from 0 to 1, got 2'],
    ['versions upside down', { versions: [200, 100] }, 'versions[1]: must be a whole number from 200 to 9999, got 100'],
    [
      'a version that is no number',
      { versions: [Number.NaN, 225] },
      'versions[0]: must be a whole number from 1 to 9999, got NaN',
    ],
    [
      'a quiet time that is none',
      { restart: { at: '23:45', zone: 'America/New_York', quietMs: Number.NaN } },
      'restart.quietMs: must be a number of milliseconds from 0 to 2147483647, got NaN',
    ],
    [
      'a lifetime that is none',
      { contracts: { detailsLifetimeMs: Number.NaN } },
      'contracts.detailsLifetimeMs: must be a number of milliseconds of at least 0, got NaN',
    ],
    [
      'Greeks kept for no number',
      { options: { greeksLifetimeMs: 'long' } },
      'options.greeksLifetimeMs: must be a number of milliseconds of at least 0, got "long"',
    ],
    [
      'a patience that is none',
      { orders: { patience: { reason: Number.NaN } } },
      'orders.patience.reason: must be a number of milliseconds from 0 to 2147483647, got NaN',
    ],
    [
      'a reconcile time that is none',
      { orders: { reconcile: { openOrders: -5 } } },
      'orders.reconcile.openOrders: must be a number of milliseconds from 0 to 2147483647, got -5',
    ],
  ])('refuses %s', async (_, options, text) => {
    const refused = await connect({ port: 4002, ...options } as ConnectOptions).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(InputError);
    expect((refused as InputError).message).toBe(text);
  });
});

describe('batches', () => {
  const [stream] = channel<number>({ close() {} }, () => {});
  it.each<[string, object, string]>([
    [
      'a limit that is no number',
      { limit: Number.NaN, overflow: 'dropOldest' },
      'limit: must be a number of at least 1, got NaN',
    ],
    ['a limit of none', { limit: 0 }, 'limit: must be a number of at least 1, got 0'],
    [
      'an overflow that nobody knows',
      { overflow: 'drop' },
      'overflow: must be one of fail, dropOldest, latest, got "drop", did you mean dropOldest?',
    ],
  ])('refuse %s', (_, options, text) => {
    expect(() => stream.batches(options)).toThrow(new InputError(text.split(':')[0] ?? '', text.slice(text.indexOf(' ') + 1)));
  });
});

describe('calls', () => {
  const wrong = { timeout: Number.NaN };
  const text = 'timeout: must be a number of milliseconds of at least 0, got NaN';

  it('are refused with a deadline that is no number, and nothing leaves', async () => {
    await using gateway = await scriptedGateway();
    await using ib = await connect({ port: gateway.port, orders: { accounts: 'none' } });
    const before = gateway.received.length;
    await expect(ib.contracts.details(stock, wrong)).rejects.toThrow(text);
    await expect(ib.terminal.time(wrong)).rejects.toThrow(text);
    await expect(ib.accounts.positions(wrong)).rejects.toThrow(text);
    await expect(ib.history.bars(stock, { duration: '1 D', size: '1 hour', ...wrong })).rejects.toThrow(text);
    await expect(ib.contracts.qualify(stock, wrong)).rejects.toThrow(text);
    expect(() => ib.market.quotes(stock, wrong)).toThrow(text);
    expect(() => ib.history.span(stock, { from: new Date(0), size: '1 day', ...wrong })).toThrow(text);
    expect(() => ib.orders.place(stock, { action: 'BUY', totalQuantity: '1', orderType: 'LMT', lmtPrice: 1 }, wrong)).toThrow(
      text,
    );
    await expect(ib.contracts.details(stock, { maxRows: 0 })).rejects.toThrow('maxRows: must be a number of at least 1, got 0');
    expect(() => ib.market.depth(stock, { rows: Number.NaN })).toThrow('rows: must be a whole number from 1 to 1000, got NaN');
    expect(() => ib.market.tickByTick(stock, 'Last', { numberOfTicks: 2000 })).toThrow(
      'numberOfTicks: must be a whole number from 0 to 1000, got 2000',
    );
    await expect(ib.news.historical(1, { providers: ['BZ'], limit: Number.NaN })).rejects.toThrow(
      'limit: must be a whole number of at least 1, got NaN',
    );
    expect(gateway.received.length).toBe(before);
  });
});
