// Contracts of every source the gateway tells of: bonds, scans, searches, holdings that disagree with their details, options held.
import { describe, expect, it } from 'vitest';
import type { Ib } from '../../../src/client/connect.js';
import type { Script } from '../../helpers/scripted-gateway.js';
import { until } from '../../helpers/until.js';
import { answering, euribor, said, sent, session } from './told-session.js';

describe('by its conId and exchange alone goes', () => {
  const order = { action: 'BUY', orderType: 'LMT', totalQuantity: '1', lmtPrice: 97.5 } as const;
  const bond = { conId: 7, symbol: 'US-T', secType: 'BOND', exchange: 'SMART', currency: 'USD' };
  const future = {
    conId: 8,
    symbol: 'I',
    secType: 'FUT',
    exchange: 'ICEEU',
    lastTradeDateOrContractMonth: '20250915 10:00:00 GB',
  };
  const script: Script = {
    on: {
      reqContractDetails: ({ reqId }, peer) => {
        peer.send('bondContractDetails', { reqId, contract: { ...bond, lastTradeDateOrContractMonth: '20300915 10:00:00 EST' } });
        peer.send('contractDetailsEnd', { reqId });
      },
      reqScannerSubscription: ({ reqId }, peer) => peer.send('scannerData', { reqId, elements: [{ rank: 0, contract: future }] }),
      reqMatchingSymbols: ({ reqId }, peer) =>
        peer.send('symbolSamples', { reqId, contractDescriptions: [{ contract: { ...bond, symbol: 'T 4 1/2' } }] }),
    },
  };

  it.each<readonly [string, (ib: Ib) => Promise<object | undefined>]>([
    ['a bond of details', async (ib) => (await ib.contracts.details({ symbol: 'US-T', secType: 'BOND' }))[0]?.contract],
    [
      'a row of a scan',
      async (ib) => (await ib.scanner.run({ scanCode: 'X', instrument: 'FUT', locationCode: 'Y' }))[0]?.contract,
    ],
    ['what a search has found', async (ib) => (await ib.contracts.search('T 4')).contractDescriptions?.[0]?.contract],
  ])('%s, on both wires', async (_, find) => {
    for (const serverVersion of [176, 226]) {
      const { ib, gateway } = await session({ ...script, serverVersion });
      const { conId, exchange = 'SMART', ...rest } = (await find(ib)) as { conId: number; exchange?: string };
      ib.orders.place({ ...rest, conId, exchange: exchange || 'SMART' }, order);
      expect(said((await sent(gateway, 'placeOrder')).contract)).toEqual({ conId, exchange: exchange || 'SMART' });
    }
  });

  it.each([
    ['another day', { lastTradeDateOrContractMonth: '20250919' }],
    ['another class', { tradingClass: 'I2' }],
    ['a multiplier with a comma', { multiplier: '2,500' }],
    ['another symbol', { symbol: 'EUR3' }],
  ])('what details told, though the row of the holding tells %s', async (_, otherwise) => {
    const { ib, gateway } = await session({
      on: {
        ...answering(euribor('20250915 10:00:00 GB')).on,
        reqPositions: (__, peer) => {
          const contract = { conId: 495512563, symbol: 'I', secType: 'FUT', multiplier: '2500', ...otherwise };
          peer.send('position', { account: 'DU9000001', contract, position: '1', avgCost: 1 });
          peer.send('positionEnd', {});
        },
      },
    });
    const contract = await ib.contracts.qualify({ symbol: 'I', secType: 'FUT', exchange: 'ICEEU' });
    const [held] = await ib.accounts.positions();
    for (const told of [contract, { ...held!.contract, exchange: 'ICEEU' }]) {
      ib.orders.place(told, { ...order, action: 'SELL' });
      await until(() => gateway.received.filter(({ kind }) => kind === 'placeOrder').length === (told === contract ? 1 : 2));
      expect(said((await sent(gateway, 'placeOrder')).contract)).toEqual({ conId: 495512563, exchange: 'ICEEU' });
    }
  });
});

it.each([
  ['OPT', 'SMART'],
  ['FOP', undefined],
])(
  'an option held (%s) is exercised at %s with the contract of its row, or refused until an exchange is named',
  async (secType, route) => {
    const { ib, gateway } = await session({
      on: {
        reqPositions: (_, peer) => {
          const contract = {
            conId: 8,
            symbol: 'ES',
            secType,
            strike: 5_000,
            right: 'C',
            lastTradeDateOrContractMonth: '20261218',
          };
          peer.send('position', { account: 'DU9000001', contract, position: '2', avgCost: 1 });
          peer.send('positionEnd', {});
        },
      },
    });
    const [held] = await ib.accounts.positions();
    const exercise = (exchange?: string) =>
      ib.orders.exercise({ ...held!.contract, ...(exchange && { exchange }) }, { action: 'exercise', quantity: 1 });
    if (route === undefined) expect(() => exercise()).toThrow(/contract.exchange.*name it/);
    exercise(route === undefined ? 'CME' : undefined);
    expect(said((await sent(gateway, 'exerciseOptions')).contract)).toEqual({ conId: 8, exchange: route ?? 'CME' });
  },
);
