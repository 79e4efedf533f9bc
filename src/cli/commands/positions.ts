// `ibwire positions`: what is held, where, and what it is worth.

import type { Command } from 'commander';
import type { PortfolioRow } from '../../client/accounts/portfolio.js';
import type { AccountPosition } from '../../client/accounts/position-row.js';
import { formatSymbol } from '../../client/contracts/format-symbol.js';
import type { Io } from '../io.js';
import { accountOption, type GatewayOptions, withGatewayOptions } from '../options.js';
import { bold, dim, figure, right, roomOf, signed, table } from '../print.js';
import { accountsOf } from '../session/accounts-of.js';
import { type Work, withSession } from '../session/with-session.js';
import { show } from '../show.js';
import { type Exact, sumOf } from '../sum.js';

interface Options extends GatewayOptions {
  readonly account?: string;
  /** False: only what is held, in one request. */
  readonly prices: boolean;
  readonly all?: boolean;
}

type Row = AccountPosition & Partial<PortfolioRow>;

export function addPositions(program: Command, io: Io): void {
  withGatewayOptions(program.command('positions').description('what is held, where, and what it is worth'))
    .addOption(accountOption('one account only'))
    .option('--no-prices', 'without market values: one request instead of one for each account')
    .option('--all', 'with positions closed today')
    .action((options: Options) =>
      withSession(io, options, async (work) => {
        const rows = (await held(work, options)).filter((row) => options.all === true || !row.position.eq(0));
        show(io, options.json, rows, () => textOf(rows, options.prices, roomOf(io)));
      }),
    );
}

async function held({ ib, call }: Work, options: Options): Promise<readonly Row[]> {
  if (!options.prices)
    return ib.accounts.positions({ ...call, ...(options.account === undefined ? {} : { account: options.account }) });
  const rows: Row[] = [];
  for (const account of accountsOf(ib, options.account)) {
    const portfolio = ib.accounts.portfolio(account, call);
    await portfolio.complete();
    rows.push(...portfolio.view.rows.values());
    portfolio.close();
  }
  return rows;
}

function textOf(rows: readonly Row[], prices: boolean, room: number): string {
  if (rows.length === 0) return dim('  nothing is held');
  const value = [right('price', 1), right('value'), right('unrealised'), right('realised', 3)];
  return table(
    [
      'account',
      'contract',
      { name: 'type', spare: 2 },
      right('quantity'),
      right('average cost', 4),
      ...(prices ? value : []),
      'currency',
    ],
    [
      ...rows.map((row) => [
        row.account,
        formatSymbol(row.contract),
        row.contract.secType,
        figure(row.position),
        figure(row.avgCost, 2),
        ...(prices ? [figure(row.marketPrice, 2), ...sums(row)] : []),
        row.contract.currency,
      ]),
      ...(prices ? totalsOf(rows) : []),
    ],
    room,
  );
}

type Sums = Pick<PortfolioRow, 'marketValue' | 'unrealizedPNL' | 'realizedPNL'>;

const sums = ({ marketValue, unrealizedPNL, realizedPNL }: Partial<Sums>): readonly (string | undefined)[] => [
  figure(marketValue, 2),
  signed(unrealizedPNL, 2),
  signed(realizedPNL, 2),
];

/** A row for each currency of which several lines are held. Of what one line does not tell there is no total. */
function totalsOf(rows: readonly Row[]): readonly (readonly (string | undefined)[])[] {
  return [...new Set(rows.map(({ contract }) => contract.currency))].flatMap((currency) => {
    const own = rows.filter(({ contract }) => contract.currency === currency);
    if (own.length < 2) return [];
    const sum = (of: keyof Sums): Exact => sumOf(own.map((row) => row[of]));
    const total = { marketValue: sum('marketValue'), unrealizedPNL: sum('unrealizedPNL'), realizedPNL: sum('realizedPNL') };
    return [[bold('total'), ' ', ' ', ' ', ' ', ' ', ...sums(total), currency]];
  });
}
