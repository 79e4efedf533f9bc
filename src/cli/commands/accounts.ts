// `ibwire accounts`: the accounts of the login, of what kind they are, and what they hold in all.

import type { Command } from 'commander';
import { isPaper } from '../../rules/naming.js';
import type { Io } from '../io.js';
import { type GatewayOptions, withGatewayOptions } from '../options.js';
import { figure, right, roomOf, table } from '../print.js';
import { withSession } from '../session/with-session.js';
import { show } from '../show.js';

const tags = ['AccountType', 'NetLiquidation', 'TotalCashValue', 'GrossPositionValue', 'BuyingPower'];

export function addAccounts(program: Command, io: Io): void {
  withGatewayOptions(
    program.command('accounts').description('accounts of the login: live or paper, kind, net liquidation'),
  ).action((options: GatewayOptions) =>
    withSession(io, options, async ({ ib, call }) => {
      const rows = await ib.accounts.summary(tags, call);
      const valueIn = (account: string, tag: string): string | undefined =>
        rows.find((row) => row.account === account && row.tag === tag)?.value;
      const accounts = ib.accounts.ids.map((account) => ({
        account,
        live: !isPaper(account),
        type: valueIn(account, 'AccountType'),
        currency: rows.find((row) => row.account === account && row.tag === 'NetLiquidation')?.currency,
        netLiquidation: valueIn(account, 'NetLiquidation'),
        totalCash: valueIn(account, 'TotalCashValue'),
        grossPosition: valueIn(account, 'GrossPositionValue'),
        buyingPower: valueIn(account, 'BuyingPower'),
      }));
      show(io, options.json, accounts, () =>
        table(
          [
            ...['account', '', 'type', 'currency'],
            right('net liquidation'),
            right('cash'),
            right('positions', 1),
            right('buying power', 2),
          ],
          accounts.map((one) => [
            one.account,
            one.live ? 'live' : 'paper',
            one.type,
            one.currency,
            figure(one.netLiquidation, 2),
            figure(one.totalCash, 2),
            figure(one.grossPosition, 2),
            figure(one.buyingPower, 2),
          ]),
          roomOf(io),
        ),
      );
    }),
  );
}
