// `ibwire order place BUY 100 AAPL --limit 187.50`: judged, asked, sent, followed.

import type { Command } from 'commander';
import { fileSink } from '../../../client/orders/journal/file-sink.js';
import type { Trade } from '../../../client/orders/trade.js';
import { CliError, EXIT } from '../../exit-codes.js';
import type { Io } from '../../io.js';
import { seconds } from '../../options.js';
import { confirmed } from '../../order/ask.js';
import { type Desk, type Judgement, judge } from '../../order/judge.js';
import { judgementText } from '../../order/judgement-text.js';
import { judging } from '../../order/judging.js';
import { refuseLive } from '../../order/live.js';
import { type Ticket, type TicketOptions, ticketOf, withTicket } from '../../order/ticket.js';
import { eventText, tradeData, tradeText } from '../../order/trade-text.js';
import { oneAccountOf } from '../../session/accounts-of.js';
import { withSession } from '../../session/with-session.js';
import { show } from '../../show.js';
import { untilStopped } from '../../until-stopped.js';

interface Options extends TicketOptions {
  readonly live?: boolean;
  readonly yes?: boolean;
  readonly wait: number;
  readonly journal?: string;
}

export function addOrderPlace(order: Command, io: Io): void {
  withTicket(order.command('place').description('send an order: judged first, asked first, followed until it is done'))
    .option('--live', 'on a live account: real money')
    .option('--yes', 'do not ask')
    .option('--wait <seconds>', 'how long to follow the order; it lives on', seconds, 10)
    .option('--journal <file>', 'write every attempt and outcome there, before anything is sent')
    .action((action: 'BUY' | 'SELL', quantity: string, symbol: string, options: Options) => {
      const { prices, finance, orders } = judging(options);
      return withSession(
        io,
        options,
        async ({ ib, call }) => {
          refuseLive([oneAccountOf(ib, options.account)], options.live);
          const ticket = await ticketOf(ib, [action, quantity, symbol], options, call);
          const desk = { ib, call, prices, finance };
          let judged = await approved(io, desk, ticket, options);
          await confirmed(io, `\nSend ${ticket.text}?`, options.yes);
          // Whoever was asked took time: prices and margin are old ones.
          if (options.yes !== true) judged = await approved(io, desk, ticket, { ...options, isRepeat: true });
          await send(io, desk, ticket, judged, options);
        },
        {
          readOnly: false,
          orders: {
            ...orders,
            live: options.live === true,
            ...(options.journal === undefined ? {} : { journal: fileSink({ path: options.journal, fsync: true }) }),
          },
        },
      );
    });
}

/** Prints the judgement; a repeat only when it refuses. @throws {CliError} refused. */
async function approved(
  io: Io,
  desk: Desk,
  ticket: Ticket,
  options: Options & { readonly isRepeat?: boolean },
): Promise<Judgement> {
  const judged = await judge(desk, ticket);
  const isRefused = judged.decision === 'reject';
  if (options.json === true && isRefused) show(io, true, { sent: false, ...judged }, () => '');
  const text = (): string => judgementText(ticket, judged, io.columns);
  if (options.json !== true && (isRefused || options.isRepeat !== true)) io.out(text());
  // Whoever is asked sees what speaks against it, beside the document.
  if (options.json === true && options.yes !== true && !isRefused && options.isRepeat !== true)
    for (const line of text().split('\n')) io.err(line);
  if (isRefused) throw new CliError(EXIT.refused, 'Not sent: the rules refuse it.', 'See what would pass above.');
  return judged;
}

async function send(io: Io, { ib, call }: Desk, ticket: Ticket, { whatIf }: Judgement, options: Options): Promise<void> {
  const { contract, draft, account } = ticket;
  const began = performance.now();
  const trade = ib.orders.place(contract, draft, { account, ...call, ...(whatIf !== undefined && { preview: whatIf }) });
  const isSilent = options.json === true;
  const tell = (text: string | undefined): void => {
    if (text !== undefined && !isSilent)
      io.out(`  ${`${((performance.now() - began) / 1000).toFixed(2)} s`.padStart(8)}  ${text}`);
  };
  const hasLeft = trade.sentAt !== undefined;
  if (hasLeft && !isSilent) io.out(`\n  order ${trade.orderId} sent`);
  trade.events.on((event) => {
    const isLeaving = event.is === 'state' && event.state.at === 'sent';
    tell(isLeaving ? (hasLeft ? undefined : `order ${trade.orderId} sent`) : eventText(event));
  });
  await untilStopped(io, options.wait, trade.done);
  if (trade.sentAt === undefined) {
    // It still waits for its turn, which must not come behind the word that it was not sent.
    await trade.cancel();
    const { by, text } = trade.end?.reason ?? {};
    if (by === 'client') throw new CliError(EXIT.refused, `Not sent: ${text}`, 'It was judged again when its turn came.');
    if (io.stop.aborted) throw new CliError(EXIT.interrupted, 'Not sent.');
    throw new CliError(
      EXIT.timeout,
      `Not sent: it had to wait for longer than ${options.wait} s.`,
      'A longer --wait lets it wait.',
    );
  }
  show(io, options.json, { sent: true, ...tradeData(trade) }, () => `\n  ${tradeText(trade, options.simulate !== true)}`);
  finish(io, trade);
}

function finish(io: Io, trade: Trade): void {
  const { state, end, heardAt } = trade;
  if (end?.at === 'rejected' || (end?.at === 'cancelled' && end.reason?.by !== 'user')) io.exitCode = EXIT.gateway;
  else if (end === undefined && heardAt === undefined) {
    throw new CliError(
      EXIT.timeout,
      `Order ${trade.orderId} was sent and nobody has answered.`,
      'It may live: look with `ibwire order list` before sending it again.',
    );
  } else if (state.at === 'unclear')
    io.err(`Nothing certain is known of order ${trade.orderId} (${state.why}): look with \`ibwire order list\`.`);
}
