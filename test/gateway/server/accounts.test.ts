// Account summary, updates, positions and P&L, with their cadences, limits and takeovers.

import { afterEach, describe, expect, it } from 'vitest';
import type { SimulateOptions } from '../../../src/gateway/server/options.js';
import { type SimulatedGateway, simulate } from '../../../src/gateway/simulate.js';
import { AAPL, closeAll, left, type WireClient, wireClient } from './wire-client.js';

let gateway: SimulatedGateway;
let client: WireClient;

const begin = async (options: SimulateOptions = {}, version = 225): Promise<void> => {
  gateway = await simulate({ clock: 'virtual', pacing: 'off', orders: { echo: 'plain' }, ...options });
  client = await wireClient(gateway.port, { version });
  await settle();
  client.clear();
};
afterEach(async () => {
  expect(gateway.log.filter(({ what }) => what === 'trouble')).toEqual([]);
  closeAll();
  await gateway.close();
});

async function settle(one: WireClient = client): Promise<void> {
  const before = one.of('currentTime').length;
  one.send('reqCurrentTime', {});
  await one.wait('currentTime', () => one.of('currentTime').length > before);
}
const market = (orderId: number, action: string, quantity: number, account?: string): void =>
  client.send('placeOrder', {
    orderId,
    contract: AAPL,
    order: { action, orderType: 'MKT', totalQuantity: String(quantity), account, tif: 'DAY', transmit: true },
  });
const TAGS = 'NetLiquidation,TotalCashValue,SettledCash,AccountType,BuyingPower,Cushion';

describe('logins', () => {
  it('one account of each kind has its own rules and numbers', async () => {
    await begin({ accounts: 'all' });
    expect(gateway.accounts).toEqual(['DU9000001', 'DU9000002', 'DU9000003', 'DU9000004', 'DU9000005']);
    client.send('reqAccountSummary', { reqId: 1, group: 'All', tags: TAGS });
    await client.wait('accountSummaryEnd');
    const types = client
      .of('accountSummary')
      .filter(({ tag }) => tag === 'AccountType')
      .map(({ value }) => value);
    expect(types).toEqual(['INDIVIDUAL', 'INDIVIDUAL', 'IRA-ROTH NEW', 'IRA-TRADITIONAL NEW', 'CORPORATION']);
    client.send('reqManagedAccts', {});
    expect((await client.wait('managedAccounts')).accountsList).toBe(`${gateway.accounts.join(',')},`);
    // A margin account may sell what it has not, a Roth IRA may not.
    market(1, 'SELL', 10, 'DU9000001');
    market(2, 'SELL', 10, 'DU9000003');
    market(3, 'SELL', 10);
    await client.wait('execDetails', ({ execution }) => execution?.acctNumber === 'DU9000001');
    await settle();
    expect(client.of('error').map(({ reqId }) => reqId)).toEqual(expect.arrayContaining([2, 3]));
    expect(client.of('error').find(({ reqId }) => reqId === 3)?.errorCode).toBe(435);
  });

  it('an advisor has clients, a group, and shares out an order', async () => {
    await begin({ accounts: 'advisor' });
    expect(gateway.accounts).toEqual(['DF9000001', 'DU9000002', 'DU9000003', 'DU9000004']);
    client.send('requestFA', { faDataType: 1 });
    const { xml = '' } = await client.wait('receiveFA');
    expect(xml).toContain('<name>AllClients</name>');
    expect(xml.match(/<acct>DU9/g)).toHaveLength(3);
    client.send('requestFA', { faDataType: 3 });
    expect((await client.wait('receiveFA', ({ faDataType }) => faDataType === 3)).xml).toContain('ListOfAccountAliases');
    client.send('requestFA', { faDataType: 2 });
    expect(await client.wait('error')).toMatchObject({ errorCode: 585 });
    client.send('replaceFA', { faDataType: 1, cxml: '<ListOfGroups/>', reqId: 9 });
    expect(await client.wait('replaceFAEnd')).toMatchObject({ reqId: 9 });
    client.send('requestFA', { faDataType: 1 });
    await client.wait('receiveFA', ({ xml: text }) => text === '<ListOfGroups/>');
    client.send('placeOrder', {
      orderId: 1,
      contract: AAPL,
      order: {
        action: 'BUY',
        orderType: 'MKT',
        totalQuantity: '30',
        faGroup: 'AllClients',
        faMethod: 'Equal',
        tif: 'DAY',
        transmit: true,
      },
    });
    await client.wait('orderStatus', ({ status }) => status === 'Filled');
    client.send('reqPositions', {});
    await client.wait('positionEnd');
    expect(client.of('position').map(({ account, position }) => [account, position])).toEqual([
      ['DU9000002', '10'],
      ['DU9000003', '10'],
      ['DU9000004', '10'],
    ]);
    client.send('reqFamilyCodes', {});
    expect((await client.wait('familyCodes')).familyCodes).toHaveLength(4);
  });

  it('cash and holdings are as they were ordered', async () => {
    await begin({
      accounts: [
        {
          account: 'DU9111111',
          kind: 'cash',
          baseCurrency: 'EUR',
          cash: { EUR: 5_000, USD: 100 },
          holdings: { AAPL: 10, ESU6: 1 },
        },
      ],
    });
    client.send('reqAccountSummary', { reqId: 1, group: 'All', tags: '$LEDGER:ALL' });
    await client.wait('accountSummaryEnd');
    const cash = client
      .of('accountSummary')
      .filter(({ tag }) => tag === 'CashBalance')
      .map(({ value, currency }) => [currency, value]);
    expect(cash).toEqual(
      expect.arrayContaining([
        ['EUR', '5000.00'],
        ['USD', '100.00'],
      ]),
    );
    expect(gateway.positions().map(({ instrument, position }) => [instrument.localSymbol, position])).toEqual([
      ['AAPL', '10'],
      ['ESU6', '1'],
    ]);
    await expect(simulate({ accounts: [{ kind: 'cash', holdings: { NOSUCH: 1 } }] })).rejects.toThrow(RangeError);
    await expect(simulate({ accounts: [] })).rejects.toThrow(RangeError);
  });
});

describe('summary', () => {
  it('sends rows without a currency first, leaves out what does not apply, and tells changes every three minutes', async () => {
    await begin();
    client.send('reqAccountSummary', { reqId: 1, group: 'All', tags: TAGS });
    await client.wait('accountSummaryEnd');
    const rows = client.of('accountSummary');
    expect(rows.map(({ tag }) => tag)).toEqual(['AccountType', 'Cushion', 'BuyingPower', 'NetLiquidation', 'TotalCashValue']);
    client.clear();
    market(1, 'BUY', 100);
    await client.wait('orderStatus', ({ status }) => status === 'Filled');
    await gateway.advance(179_000);
    expect(client.of('accountSummary')).toEqual([]);
    await gateway.advance(1_000);
    await client.wait('accountSummary', ({ tag }) => tag === 'TotalCashValue');
    expect(client.of('accountSummary').some(({ tag }) => tag === 'AccountType')).toBe(false);
    client.send('reqAccountSummary', { reqId: 2, group: 'Nobody', tags: TAGS });
    expect(await client.wait('error')).toMatchObject({ reqId: 2, errorCode: 321 });
  });
});

describe('account updates', () => {
  it('give values, rows each with a time, an end that names the account, and changes after a fill', async () => {
    await begin({ accounts: [{ kind: 'individual-margin', holdings: { MSFT: 5, IBM: 7 } }] });
    client.send('reqAccountUpdates', { subscribe: true, acctCode: 'DU9000001' });
    expect(await client.wait('accountDownloadEnd')).toMatchObject({ accountName: 'DU9000001' });
    const kinds = client.messages.map(({ kind }) => kind);
    expect(kinds.slice(kinds.indexOf('updatePortfolio'))).toEqual([
      'updatePortfolio',
      'updateAccountTime',
      'updatePortfolio',
      'updateAccountTime',
      'accountDownloadEnd',
    ]);
    expect(client.of('updateAccountTime')[0]?.timeStamp).toBe('10:00');
    const values = new Map(client.of('updateAccountValue').map(({ key, currency, value }) => [`${key} ${currency}`, value]));
    expect(values.get('CashBalance USD')).toBe('1000000.00');
    expect(values.get('CashBalance BASE')).toBe('1000000.00');
    expect(values.has('NetLiquidation-S USD')).toBe(true);
    const [row] = client.of('updatePortfolio');
    expect(row).toMatchObject({ position: '5', accountName: 'DU9000001', contract: { symbol: 'MSFT' } });
    client.clear();
    market(1, 'BUY', 3);
    await client.wait('updatePortfolio', ({ contract, position }) => contract?.symbol === 'AAPL' && position === '3');
    client.clear();
    client.send('reqAccountUpdates', { subscribe: false, acctCode: 'DU9000001' });
    expect(await client.wait('error')).toMatchObject({ errorCode: 2100 });
    client.clear();
    await gateway.advance(400_000);
    expect(client.messages).toEqual([]);
  });

  it('another account takes over with 2100; another client’s other account is blocked with 2101', async () => {
    await begin({ accounts: 'all' });
    client.send('reqAccountUpdates', { subscribe: true, acctCode: 'DU9000001' });
    await client.wait('accountDownloadEnd');
    const other = await wireClient(gateway.port, { clientId: 2 });
    other.send('reqAccountUpdates', { subscribe: true, acctCode: 'DU9000002' });
    await other.wait('error', ({ errorCode }) => errorCode === 2101);
    expect(other.of('accountDownloadEnd')).toEqual([]);
    client.send('reqAccountUpdates', { subscribe: true, acctCode: 'DU9000002' });
    await client.wait('accountDownloadEnd', ({ accountName }) => accountName === 'DU9000002');
    expect(client.of('error').map(({ errorCode }) => errorCode)).toEqual([2100]);
    client.close();
    await left(gateway, 1);
    other.send('reqAccountUpdates', { subscribe: true, acctCode: 'DU9000003' });
    await other.wait('accountDownloadEnd');
    other.send('reqAccountUpdates', { subscribe: true, acctCode: 'DU1' });
    await other.wait('error', ({ errorCode }) => errorCode === 321);
  });

  it('by account and model they have settled cash by date, and of the ledger only when that is asked', async () => {
    await begin({ accounts: 'all' });
    client.send('reqAccountUpdatesMulti', { reqId: 1, account: 'DU9000002', modelCode: '', ledgerAndNLV: false });
    await client.wait('accountUpdateMultiEnd');
    const all = client.of('accountUpdateMulti');
    expect(all.find(({ key }) => key === 'SettledCashByDate')?.value).toBe('20260902:1000000.00');
    expect(all.every(({ account, reqId }) => account === 'DU9000002' && reqId === 1)).toBe(true);
    client.clear();
    client.send('reqAccountUpdatesMulti', { reqId: 2, account: 'DU9000002', modelCode: '', ledgerAndNLV: true });
    await client.wait('accountUpdateMultiEnd');
    expect(client.of('accountUpdateMulti').length).toBeLessThan(all.length / 2);
    expect(client.of('accountUpdateMulti').some(({ key }) => key === 'BuyingPower')).toBe(false);
  });
});

describe('positions and P&L', () => {
  it('positions are told again when they change, closed ones with 0', async () => {
    await begin({ accounts: [{ kind: 'individual-margin', holdings: { AAPL: 10, ESU6: 2, 'AAPL  260918C00315000': 1 } }] });
    client.send('reqPositions', {});
    await client.wait('positionEnd');
    expect(
      client.of('position').map(({ contract, position }) => [contract?.secType, contract?.exchange ?? '', position]),
    ).toEqual([
      ['STK', 'NASDAQ', '10'],
      ['FUT', '', '2'],
      ['OPT', '', '1'],
    ]);
    expect(client.of('position')[1]?.avgCost).toBeGreaterThan(50 * 1000);
    client.clear();
    market(1, 'SELL', 10);
    expect(await client.wait('position')).toMatchObject({ position: '0', contract: { symbol: 'AAPL' }, avgCost: 0 });
    expect(client.of('position')).toHaveLength(1);
    client.send('cancelPositions', {});
    client.send('reqPositionsMulti', { reqId: 5, account: 'DU9000001', modelCode: '' });
    await client.wait('positionMultiEnd');
    expect(client.of('positionMulti')).toHaveLength(3);
    client.clear();
    market(2, 'BUY', 4);
    expect(await client.wait('positionMulti')).toMatchObject({ reqId: 5, position: '4' });
    expect(client.of('position')).toEqual([]);
  });

  it('P&L comes about once a second while it changes, and single P&L agrees with the price', async () => {
    await begin({ accounts: [{ kind: 'individual-margin', holdings: { AAPL: 100 } }] });
    client.send('reqPnL', { reqId: 1, account: 'DU9000001', modelCode: '' });
    client.send('reqPnLSingle', { reqId: 2, account: 'DU9000001', modelCode: '', conId: 265598 });
    await client.wait('pnlSingle');
    client.clear();
    const before = gateway.market.quote(265598).last;
    gateway.market.set('AAPL', before + 1);
    await gateway.advance(1_000);
    const single = await client.wait('pnlSingle');
    const { last } = gateway.market.quote(265598);
    expect(single).toMatchObject({ position: '100' });
    expect(single.value).toBeCloseTo(last * 100, 6);
    expect((await client.wait('pnl')).dailyPnL).toBeCloseTo(single.dailyPnL ?? 0, 4);
    client.clear();
    await gateway.advance(10_000);
    expect(client.of('pnl').length).toBeGreaterThan(4);
    expect(client.of('pnl').length).toBeLessThanOrEqual(10);
    client.send('cancelPnL', { reqId: 1 });
    client.send('cancelPnLSingle', { reqId: 2 });
    await settle();
    client.clear();
    await gateway.advance(5_000);
    expect(client.messages).toEqual([]);
    client.send('reqPnL', { reqId: 3, account: 'DU1', modelCode: '' });
    expect(await client.wait('error')).toMatchObject({ reqId: 3, errorCode: 321 });
  });

  it('a day later cash has settled and the daily result begins at nothing', async () => {
    await begin({ accounts: ['cash'] });
    market(1, 'BUY', 100);
    market(2, 'SELL', 100);
    await client.wait('orderStatus', ({ orderId, status }) => orderId === 2 && status === 'Filled');
    const settled = async (reqId: number): Promise<number> => {
      client.send('reqAccountSummary', { reqId, group: 'All', tags: 'SettledCash,TotalCashValue' });
      await client.wait('accountSummaryEnd', (message) => message.reqId === reqId);
      const value = (tag: string) =>
        Number(client.of('accountSummary').find((row) => row.reqId === reqId && row.tag === tag)?.value);
      client.send('cancelAccountSummary', { reqId });
      return value('TotalCashValue') - value('SettledCash');
    };
    expect(await settled(1)).toBeGreaterThan(30_000);
    await gateway.advance(24 * 3_600_000);
    expect(await settled(2)).toBeCloseTo(0, 2);
  });
});
