// Settings of the terminal that change what messages mean: what the simulated gateway then sends, and what our client makes of it.

import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { settingsPage } from '../../../scripts/settings-docs.js';
import { settings } from '../../../src/cli/doctor/settings.js';
import { createValues } from '../../../src/client/accounts/values.js';
import { connect } from '../../../src/client/connect.js';
import { type SimulateOptions, simulate } from '../../../src/gateway/index.js';
import { settingsAs } from '../../../src/gateway/server/terminal-settings.js';
import { until } from '../../helpers/until.js';
import { AAPL, closeAll, wireClient } from './wire-client.js';

type Terminal = NonNullable<SimulateOptions['terminal']>;
const ACCOUNT = 'DU9000001';
const START: SimulateOptions = {
  clock: 'virtual',
  pacing: 'off',
  accounts: [{ kind: 'individual-margin', cash: { USD: 1000.4, EUR: 500.25 }, holdings: { AAPL: 10, 'EUR.USD': 100 } }],
};

afterEach(closeAll);

async function meet(terminal: Terminal, serverVersion = 226) {
  const gateway = await simulate({ ...START, terminal, serverVersion });
  const ib = await connect({ port: gateway.port, clientId: 1, limits: 'none', orders: { accounts: 'none' } });
  const end = (): Promise<void> => {
    ib.close();
    return gateway.close();
  };
  return { gateway, ib, [Symbol.asyncDispose]: end };
}

/** Cash by currency as the rules read it, from both account streams. */
async function cashOf(terminal: Terminal, serverVersion: number) {
  await using desk = await meet(terminal, serverVersion);
  const numbers = await desk.ib.accounts.numbers(ACCOUNT);
  const portfolio = desk.ib.accounts.portfolio(ACCOUNT);
  await portfolio.complete();
  const read = (from: typeof numbers | undefined) =>
    [...(from?.ledgers ?? [])].map(([currency, ledger]) => [currency, ledger.get('TotalCashBalance')?.value]);
  return [read(numbers), read(portfolio.view.numbers)];
}

describe.each([176, 226])('at server version %i', (version) => {
  it('cash is the same with the prefix and without', async () => {
    const plain = await cashOf({}, version);
    expect(plain[0]).toEqual(plain[1]);
    expect(new Map(plain[0] as [string, string][]).get('EUR')).toBe('600.25'); // 100 of them are held as EUR.USD
    expect(await cashOf({ ledgerPrefix: true }, version)).toEqual(plain);
  });

  it('the prefix stands before rows of currencies in both account updates, and before none of the account', async () => {
    await using gateway = await simulate({ ...START, terminal: { ledgerPrefix: true } });
    const client = await wireClient(gateway.port, { version });
    client.send('reqAccountUpdates', { subscribe: true, acctCode: ACCOUNT });
    client.send('reqAccountUpdatesMulti', { reqId: 1, account: ACCOUNT, modelCode: '', ledgerAndNLV: false });
    await client.wait('accountUpdateMultiEnd');
    const keys = [client.of('updateAccountValue').map(({ key }) => key), client.of('accountUpdateMulti').map(({ key }) => key)];
    for (const told of keys) {
      expect(told).toEqual(
        expect.arrayContaining(['AccruedCash', '$LEDGER-AccruedCash', '$LEDGER-CashBalance', 'NetLiquidation']),
      );
      expect(told).not.toContain('CashBalance');
      expect(told).not.toContain('$LEDGER-NetLiquidation');
    }
  });

  it('rounded account values have no cents, rates keep theirs', async () => {
    await using desk = await meet({ roundAccountValuesToNearestWholeNumber: true }, version);
    const { ledgers } = await desk.ib.accounts.numbers(ACCOUNT);
    expect(ledgers.get('EUR')?.get('CashBalance')?.value).toBe('600');
    expect(ledgers.get('EUR')?.get('ExchangeRate')?.value).toMatch(/\.\d{7}$/);
  });

  it('virtual currency positions are listed or not', async () => {
    for (const includeVirtualFxPositions of [true, false]) {
      await using desk = await meet({ includeVirtualFxPositions }, version);
      const kinds = (await desk.ib.accounts.positions()).map(({ contract }) => contract.secType);
      expect(kinds.includes('CASH')).toBe(includeVirtualFxPositions);
      expect(kinds).toContain('STK');
    }
  });

  it('sizes and volumes of US stocks are lots where the setting says so, those of others stay', async () => {
    const sizesOf = async (terminal: Terminal, contract: object): Promise<readonly (number | undefined)[]> => {
      await using desk = await meet(terminal, version);
      const { view } = desk.ib.market.quotes({ secType: 'STK', exchange: 'SMART', ...contract });
      await until(() => view.volume !== undefined);
      return [view.bidSize?.value, view.volume?.value];
    };
    const lots = { sendMarketDataInLotsForUsStocks: true };
    const aapl = { symbol: 'AAPL', currency: 'USD' };
    const shares = await sizesOf({}, aapl);
    const isVolumeInLots = version < 220;
    const inLots = ([bidSize = 0, volume = 0]: typeof shares) => [
      Math.floor(bidSize / 100),
      isVolumeInLots ? volume : Math.floor(volume / 100),
    ];
    expect(shares[0]).toBeGreaterThan(100);
    expect(await sizesOf(lots, aapl)).toEqual(inLots(shares));
    const sap = { symbol: 'SAP', currency: 'EUR', exchange: 'IBIS' };
    expect(await sizesOf(lots, sap)).toEqual(await sizesOf({}, sap));
  });

  it('NASDAQ is ISLAND in compatibility mode', async () => {
    await using desk = await meet({ compatibilityModeNasdaqStocks: true }, version);
    const [details] = await desk.ib.contracts.details(AAPL);
    expect(details?.contract?.primaryExchange).toBe('ISLAND');
    expect(details?.contractDetails?.validExchanges).toMatch(/\bISLAND\b/);
    expect(details?.contractDetails?.validExchanges).not.toMatch(/\bNASDAQ\b/);
  });
});

it('account updates of another client are refused, or taken over where the setting says so', async () => {
  for (const [isOn, code] of [
    [false, 2101],
    [true, 2100],
  ] as const) {
    await using gateway = await simulate({
      ...START,
      accounts: 'all',
      terminal: { letApiAccountRequestsSwitchSubscription: isOn },
    });
    const [first, second] = [await wireClient(gateway.port), await wireClient(gateway.port, { clientId: 2 })];
    first.send('reqAccountUpdates', { subscribe: true, acctCode: ACCOUNT });
    await first.wait('accountDownloadEnd');
    second.send('reqAccountUpdates', { subscribe: true, acctCode: 'DU9000002' });
    expect((await (isOn ? first : second).wait('error', ({ errorCode }) => errorCode === code)).reqId ?? -1).toBe(-1);
  }
});

describe('the configuration', () => {
  it('tells the settings that have a field, and a change of one leaves the others as they are', async () => {
    await using desk = await meet({ includeVirtualFxPositions: false });
    const before = (await desk.ib.terminal.config()).api?.settings;
    expect(before).toMatchObject({ includeVirtualFxPositions: false, roundAccountValuesToNearestWholeNumber: false });
    expect(before).not.toHaveProperty('ledgerPrefix');
    await desk.ib.terminal.updateConfig({ api: { settings: { roundAccountValuesToNearestWholeNumber: true } } });
    const after = (await desk.ib.terminal.config()).api?.settings;
    expect(after).toEqual({ ...before, roundAccountValuesToNearestWholeNumber: true });
    expect((await desk.ib.accounts.numbers(ACCOUNT)).ledgers.get('EUR')?.get('CashBalance')?.value).toBe('600');
  });

  it('makes the doctor name what should be known, and nothing else', async () => {
    await using plain = await meet({});
    expect(await settings(plain.ib, {})).toEqual([]);
    await using desk = await meet({ roundAccountValuesToNearestWholeNumber: true, sendMarketDataInLotsForUsStocks: true });
    const checks = await settings(desk.ib, {});
    expect(checks.map(({ state, says }) => [state, says.split(':')[0]])).toEqual([
      ['warning', '"Send market data in lots for US stocks" is on'],
      ['warning', '"Round account values to the nearest whole number" is on'],
    ]);
    await using old = await meet({ roundAccountValuesToNearestWholeNumber: true }, 218);
    expect(await settings(old.ib, {})).toEqual([]);
  });

  it('is refused by name where a setting does not exist', async () => {
    await expect(simulate({ terminal: { ledgerprefix: true } as never })).rejects.toThrow(/ledgerPrefix/);
    expect(settingsAs({ ledgerPrefix: true })).toMatchObject({ ledgerPrefix: true, includeVirtualFxPositions: true });
  });
});

describe('AccruedCash without the prefix', () => {
  const told = (rows: readonly (readonly [value: string, currency: string])[]) => {
    const values = createValues();
    values.set(ACCOUNT, 'NetLiquidation', '1', 'USD', 1);
    for (const [value, currency] of rows) values.set(ACCOUNT, 'AccruedCash', value, currency, 1);
    const numbers = values.view.get(ACCOUNT);
    return [
      numbers?.totals.get('AccruedCash')?.value,
      numbers?.ledgers.get('USD')?.get('AccruedCash')?.value,
      numbers?.ledgers.get('EUR')?.get('AccruedCash')?.value,
      numbers?.base.get('AccruedCash')?.value,
    ];
  };

  it.each<[string, readonly (readonly [string, string])[], readonly (string | undefined)[]]>([
    [
      'the account first, then its currency',
      [
        ['1500', 'USD'],
        ['1000', 'USD'],
      ],
      ['1500', '1000', undefined, undefined],
    ],
    [
      'other currencies and the sum between',
      [
        ['9', 'USD'],
        ['9', 'BASE'],
        ['4', 'EUR'],
        ['5', 'USD'],
      ],
      ['9', '5', '4', '9'],
    ],
    [
      'a picture that comes twice',
      [
        ['9', 'USD'],
        ['5', 'USD'],
        ['9', 'USD'],
        ['5', 'USD'],
      ],
      ['9', '5', undefined, undefined],
    ],
    [
      'a lone row later is either: neither is told',
      [
        ['9', 'USD'],
        ['5', 'USD'],
        ['6', 'USD'],
      ],
      [undefined, undefined, undefined, undefined],
    ],
  ])('%s', (_name, rows, expected) => expect(told(rows)).toEqual(expected));

  it('begins anew with a new picture', () => {
    const values = createValues();
    const set = (value: string) => values.set(ACCOUNT, 'AccruedCash', value, 'USD', 1);
    for (const value of ['9', '5']) set(value);
    values.begin();
    for (const value of ['10', '6']) set(value);
    const numbers = values.view.get(ACCOUNT);
    expect([numbers?.totals.get('AccruedCash')?.value, numbers?.ledgers.get('USD')?.get('AccruedCash')?.value]).toEqual([
      '10',
      '6',
    ]);
  });

  it('is of the ledgers alone in a stream that tells nothing else', () => {
    const values = createValues({ isOfLedgers: true });
    values.set(ACCOUNT, 'AccruedCash', '5', 'USD', 1);
    expect(values.view.get(ACCOUNT)?.ledgers.get('USD')?.get('AccruedCash')?.value).toBe('5');
  });
});

it('docs/settings.md is written from the table as it is', () => {
  expect(readFileSync(new URL('../../../docs/settings.md', import.meta.url), 'utf8')).toBe(settingsPage());
});
