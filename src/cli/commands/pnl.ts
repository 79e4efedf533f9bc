// `ibwire pnl`: profit and loss of the accounts as it moves, or at one moment.

import type { Command } from 'commander';
import type { Pnl } from '../../client/accounts/pnl.js';
import { visibleText } from '../../protocol/visible-text.js';
import type { Io } from '../io.js';
import { liveView } from '../live-view.js';
import { accountOption, type GatewayOptions, seconds, withGatewayOptions } from '../options.js';
import { right, signed, table } from '../print.js';
import { accountsOf } from '../session/accounts-of.js';
import { type Work, withSession } from '../session/with-session.js';
import { jsonLine, show } from '../show.js';
import { streaming } from '../streaming.js';

interface Options extends GatewayOptions {
  readonly account?: string;
  readonly once?: boolean;
  readonly seconds?: number;
}

export function addPnl(program: Command, io: Io): void {
  withGatewayOptions(program.command('pnl').description('profit and loss of the accounts: daily, unrealised, realised'))
    .addOption(accountOption('one account only'))
    .option('--once', 'one reading instead of a stream')
    .option('--seconds <seconds>', 'end after this time; unset: Ctrl-C', seconds)
    .action((options: Options) => withSession(io, options, (work) => pnl(io, work, options)));
}

async function pnl(io: Io, { ib }: Work, options: Options): Promise<void> {
  const accounts = accountsOf(ib, options.account);
  const latest = new Map<string, Pnl>();
  const streams = accounts.map((account) => ib.accounts.pnl(account));
  if (options.once === true) {
    const first = (stream: (typeof streams)[number]): Promise<void> =>
      Promise.race([new Promise<void>((resolve) => void stream.on(() => resolve())), stream.ended.then(raise)]);
    await Promise.all(streams.map(first));
    const rows = streams.flatMap(({ latest }) => (latest === undefined ? [] : [latest]));
    show(io, options.json, rows, () => textOf(rows));
    for (const stream of streams) stream.close();
    return;
  }
  const view = io.isTerminal && options.json !== true ? liveView(io, () => textOf([...latest.values()])) : undefined;
  for (const stream of streams)
    stream.on((item) => {
      latest.set(item.account, item);
      if (options.json === true) io.out(jsonLine(item));
      else if (view === undefined) io.out(lineOf(item));
      else view.changed();
    });
  await streaming(io, streams, options.seconds);
  view?.close();
}

function raise(cause: Error | undefined): void {
  if (cause !== undefined) throw cause;
}

function textOf(rows: readonly Pnl[]): string {
  return table(
    ['account', right('daily'), right('unrealised'), right('realised')],
    rows.map((row) => [row.account, signed(row.dailyPnL, 2), signed(row.unrealizedPnL, 2), signed(row.realizedPnL, 2)]),
  );
}

function lineOf({ account, asOf, dailyPnL, unrealizedPnL, realizedPnL }: Pnl): string {
  const [daily, unrealised, realised] = [dailyPnL, unrealizedPnL, realizedPnL].map((amount) => signed(amount, 2) ?? '-');
  return `${new Date(asOf).toISOString().slice(11, 19)}  ${visibleText(account)}  daily ${daily}  unrealised ${unrealised}  realised ${realised}`;
}
