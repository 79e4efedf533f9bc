// `ibwire order preview BUY 100 AAPL`: what the account rules and the gateway say, without sending an order.

import type { Command } from 'commander';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import type { Io } from '../../io.js';
import { type Judgement, judge } from '../../order/judge.js';
import { judgementText } from '../../order/judgement-text.js';
import { judging } from '../../order/judging.js';
import { type TicketOptions, ticketOf, withTicket } from '../../order/ticket.js';
import { withSession } from '../../session/with-session.js';
import { show } from '../../show.js';

export function addOrderPreview(order: Command, io: Io): void {
  withTicket(
    order.command('preview').description('what rules and gateway say of an order: what, why, what would pass, source'),
  ).action((action: 'BUY' | 'SELL', quantity: string, symbol: string, options: TicketOptions) => {
    const { prices, finance, orders } = judging(options);
    return withSession(
      io,
      options,
      async ({ ib, call }) => {
        const ticket = await ticketOf(ib, [action, quantity, symbol], options, call);
        const judged = await judge({ ib, call, prices, finance }, ticket);
        const { contract, draft, account } = ticket;
        show(io, options.json, { account, contract, order: draft, ...judged }, () => judgementText(ticket, judged, io.columns));
        io.exitCode = codeOf(judged);
      },
      // A what-if goes out as an order that only asks, of a live account too.
      { readOnly: false, orders: { ...orders, live: true } },
    );
  });
}

/** How a judgement ends the command. */
export function codeOf({ decision, refusal }: Judgement): ExitCode {
  if (decision === 'reject') return EXIT.refused;
  return refusal === undefined ? EXIT.ok : EXIT.gateway;
}
