// Account values of a terminal that rounds them: the rules read the least that was meant.

import { describe, expect, it } from 'vitest';
import { createValues } from '../../../../src/client/accounts/values.js';
import { connect } from '../../../../src/client/connect.js';
import { situationOf } from '../../../../src/client/orders/judge/account-numbers.js';
import { simulate } from '../../../../src/gateway/index.js';
import { until } from '../../../helpers/until.js';

const ACCOUNT = 'DU9000001';
const about = { account: ACCOUNT, kind: undefined, accountType: 'INDIVIDUAL', isOneOfSeveral: false, isCurrent: true };

type Row = readonly [tag: string, value: string, currency: string];

function pictureOf(rows: readonly Row[]) {
  const values = createValues();
  for (const [tag, value, currency] of rows) values.set(ACCOUNT, tag, value, currency, 1);
  return situationOf(values.view.get(ACCOUNT), about);
}

const rows = (fraction: string, ...more: readonly Row[]): readonly Row[] => [
  ['NetLiquidation', `25000${fraction}`, 'USD'],
  ['AvailableFunds', `1000${fraction}`, 'USD'],
  ['ExcessLiquidity', `1200${fraction}`, 'USD'],
  ['TotalCashValue', `500${fraction}`, 'USD'],
  ['SettledCash', `500${fraction}`, 'USD'],
  ['CashBalance', `500${fraction}`, 'USD'],
  ...more,
];

describe('numbers of an account', () => {
  it('are as they were told where they have cents', () => {
    expect(pictureOf(rows('.00'))).toMatchObject({
      account: { netLiquidation: '25000', availableFunds: '1000', excessLiquidity: '1200' },
      cash: { USD: '500' },
      settledCash: { USD: '500' },
    });
  });

  it('are half a unit less where the terminal rounds them', () => {
    expect(pictureOf(rows(''))).toMatchObject({
      account: { netLiquidation: '24999.5', availableFunds: '999.5', excessLiquidity: '1199.5' },
      cash: { USD: '499.5' },
      settledCash: { USD: '499.5' },
    });
  });

  it('a debit is half a unit more, none is made of 0', () => {
    const { cash } = pictureOf(rows('', ['CashBalance', '-7', 'EUR'], ['CashBalance', '0', 'CHF']));
    expect(cash).toEqual({ USD: '499.5', EUR: '-7.5', CHF: '0' });
  });

  it('equal sums that were rounded do not prove that several currencies are settled', () => {
    const other: Row = ['CashBalance', '0', 'CHF'];
    expect(pictureOf(rows('.00', ['CashBalance', '0.00', 'CHF'])).settledCash).toEqual({ USD: '500', CHF: '0' });
    expect(pictureOf(rows('', other)).settledCash).toEqual({ USD: '499.5' });
  });

  it('come so from a gateway that rounds, whatever the true cash was', async () => {
    for (const [cash, least] of [
      [1000.4, '999.5'],
      [1000.6, '1000.5'],
    ] as const) {
      await using gateway = await simulate({
        clock: 'virtual',
        accounts: [{ kind: 'roth-ira-cash', cash: { USD: cash } }],
        terminal: { roundAccountValuesToNearestWholeNumber: true },
      });
      const ib = await connect({ port: gateway.port, clientId: 1 });
      await until(() => ib.orders.situationOf(ACCOUNT)?.cash?.['USD'] !== undefined);
      const { cash: seen, account } = ib.orders.situationOf(ACCOUNT) ?? {};
      ib.close();
      expect([seen?.['USD'], account?.netLiquidation]).toEqual([least, least]);
      expect(Number(least)).toBeLessThanOrEqual(cash);
    }
  });
});
