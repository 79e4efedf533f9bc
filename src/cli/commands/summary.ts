// `ibwire summary`: the numbers of the accounts, side by side.

import type { Command } from 'commander';
import type { Io } from '../io.js';
import { accountOption, type GatewayOptions, withGatewayOptions } from '../options.js';
import { dim, figure, table } from '../print.js';
import { accountsOf } from '../session/accounts-of.js';
import { withSession } from '../session/with-session.js';
import { show } from '../show.js';

interface Options extends GatewayOptions {
  readonly account?: string;
  readonly tags?: string;
}

const usual = [
  ...['AccountType', 'NetLiquidation', 'TotalCashValue', 'SettledCash', 'AccruedCash', 'GrossPositionValue', 'BuyingPower'],
  ...['AvailableFunds', 'ExcessLiquidity', 'InitMarginReq', 'MaintMarginReq', 'Cushion', 'Leverage', 'DayTradesRemaining'],
];

export function addSummary(program: Command, io: Io): void {
  withGatewayOptions(program.command('summary').description('balances and margin of the accounts, side by side'))
    .addOption(accountOption('one account only'))
    .option('--tags <tags>', 'official tags, separated by commas, such as NetLiquidation,Cushion or $LEDGER:ALL')
    .action((options: Options) =>
      withSession(io, options, async ({ ib, call }) => {
        const accounts = accountsOf(ib, options.account);
        const tags = options.tags?.split(',').map((tag) => tag.trim()) ?? usual;
        const rows = (await ib.accounts.summary(tags, call)).filter(({ account }) => accounts.includes(account ?? ''));
        const data = rows.map(({ account, tag, value, currency }) => ({ account, tag, value, currency: currency || undefined }));
        show(io, options.json, data, () => textOf(accounts, tags, data));
      }),
    );
}

interface Row {
  readonly account: string | undefined;
  readonly tag: string | undefined;
  readonly value: string | undefined;
  readonly currency: string | undefined;
}

/** A row for each tag and currency, a column for each account; tags in the order in which they were asked for. */
function textOf(accounts: readonly string[], tags: readonly string[], rows: readonly Row[]): string {
  if (rows.length === 0) return dim('  the gateway has none of these numbers');
  const keys = [...new Set(rows.map(({ tag, currency }) => `${tag}\t${currency ?? ''}`))];
  const place = (key: string): number => {
    const at = tags.indexOf(key.split('\t')[0] ?? '');
    return at < 0 ? tags.length : at;
  };
  keys.sort((a, b) => place(a) - place(b));
  return table(
    ['', ...accounts.map((name) => ({ name, align: 'right' as const })), 'currency'],
    keys.map((key) => {
      const [tag, currency] = key.split('\t');
      const cells = accounts.map((account) => {
        const found = rows.find((row) => row.account === account && row.tag === tag && (row.currency ?? '') === currency);
        return valueText(tag, found?.value, currency);
      });
      return [tag, ...cells, currency];
    }),
  );
}

/** Money with the decimals it has, two at least; other numbers and texts as they are. */
function valueText(tag: string | undefined, value: string | undefined, currency: string | undefined): string | undefined {
  if (tag === 'DayTradesRemaining' && value === '-1') return 'unlimited';
  if (value === undefined || !/^-?\d+(\.\d+)?$/.test(value) || currency === undefined || currency === '') return value;
  return figure(value, Math.max(2, value.split('.')[1]?.length ?? 0));
}
