// `ibwire order cancel ID`: takes orders back, asked first.

import type { Command } from 'commander';
import type { Ib } from '../../../client/connect.js';
import type { Call } from '../../../client/core.js';
import type { Trade } from '../../../client/orders/trade.js';
import { visibleText } from '../../../protocol/visible-text.js';
import { CliError, EXIT } from '../../exit-codes.js';
import type { Io } from '../../io.js';
import { type GatewayOptions, whole, withGatewayOptions } from '../../options.js';
import { confirmed } from '../../order/ask.js';
import { refuseLive } from '../../order/live.js';
import { termsOf } from '../../order/trade-text.js';
import { bad, good } from '../../print.js';
import { withSession } from '../../session/with-session.js';
import { show } from '../../show.js';
import { untilStopped } from '../../until-stopped.js';

interface Options extends GatewayOptions {
  readonly all?: boolean;
  readonly live?: boolean;
  readonly yes?: boolean;
}

export function addOrderCancel(order: Command, io: Io): void {
  withGatewayOptions(
    order
      .command('cancel')
      .argument('[id]', 'order id of this client id', whole(0, 2_147_483_647))
      .description('take an order back, or all of them'),
  )
    .option('--all', 'every order of the login, whoever placed it')
    .option('--live', 'on a live account')
    .option('--yes', 'do not ask')
    .action((id: number | undefined, options: Options) => {
      if ((id === undefined) === (options.all !== true)) throw new CliError(EXIT.usage, 'Name one order id, or --all.');
      return withSession(
        io,
        options,
        ({ ib, call }) => (id === undefined ? cancelAll(io, ib, options, call) : cancelOne(io, ib, id, options, call)),
        { readOnly: false, orders: { live: options.live === true } },
      );
    });
}

interface Row {
  readonly orderId: number;
  readonly outcome: string;
  readonly why: string | undefined;
}

async function cancelOne(io: Io, ib: Ib, id: number, options: Options, call: Call): Promise<void> {
  const open = await ib.orders.open({ ...call, which: 'own' });
  const trade = open.find((one) => one.orderId === id);
  if (trade === undefined)
    throw new CliError(
      EXIT.usage,
      `Client ${ib.clientId} has no open order ${id}.`,
      'See `ibwire order list`; an order of another client needs its --client-id.',
    );
  refuseLive(accountsOf([trade], ib), options.live);
  await confirmed(io, `Cancel order ${id}: ${termsOf(trade)}?`, options.yes);
  const outcome = await trade.cancel({ ...call });
  const row: Row = {
    orderId: id,
    outcome: outcome.at,
    why: outcome.at === 'refused' ? `${visibleText(outcome.notice.text)} (code ${outcome.notice.code})` : undefined,
  };
  show(io, options.json, row, () => lineOf(row));
  if (outcome.at !== 'cancelled') io.exitCode = EXIT.gateway;
}

async function cancelAll(io: Io, ib: Ib, options: Options, call: Call): Promise<void> {
  const trades = await ib.orders.open({ ...call, which: 'all' });
  if (trades.length === 0) {
    show(io, options.json, [], () => '  no open orders');
    return;
  }
  refuseLive(accountsOf(trades, ib), options.live);
  const list = trades.map((trade) => `\n  ${trade.orderId}  ${termsOf(trade)}`).join('');
  await confirmed(io, `Cancel every order of the login?${list}\n`, options.yes);
  ib.orders.cancelAll();
  const left = await untilGone(io, ib, trades, call);
  const rows = trades.map((trade): Row => {
    if (left.has(trade)) return { orderId: trade.orderId, outcome: 'open', why: 'still listed: it may live' };
    return { orderId: trade.orderId, outcome: trade.end?.at ?? 'cancelled', why: undefined };
  });
  show(io, options.json, rows, () => rows.map(lineOf).join('\n'));
  if (left.size > 0) io.exitCode = EXIT.timeout;
}

const LOOK_EVERY_S = 0.3;

/** Asks for open orders until none of these is among them: the end of another client's order is told to nobody else. */
async function untilGone(io: Io, ib: Ib, trades: readonly Trade[], call: Call): Promise<ReadonlySet<Trade>> {
  const deadline = io.now() + (call.timeout ?? 10_000);
  for (;;) {
    const listed = new Set(await ib.orders.open({ ...call, which: 'all' }));
    const left = new Set(trades.filter((trade) => trade.end === undefined && listed.has(trade)));
    if (left.size === 0 || io.now() > deadline) return left;
    await untilStopped(io, LOOK_EVERY_S);
    call.signal?.throwIfAborted();
  }
}

/** The accounts of the orders; all of the login when an order does not say. */
function accountsOf(trades: readonly Trade[], ib: Ib): readonly string[] {
  return [...new Set(trades.flatMap(({ account }) => (account === undefined ? ib.accounts.ids : [account])))];
}

function lineOf({ orderId, outcome, why }: Row): string {
  const text = outcome === 'cancelled' ? good(outcome) : bad(outcome);
  return `  order ${orderId}  ${text}${why === undefined ? '' : `: ${why}`}`;
}
