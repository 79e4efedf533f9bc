// `ibwire book SYMBOL`: the order book as it moves.

import type { Command } from 'commander';
import type { Book, BookLevel } from '../../client/market/book.js';
import { contractOf } from '../contract-argument.js';
import type { Io } from '../io.js';
import { liveView } from '../live-view.js';
import { type GatewayOptions, seconds, whole, withGatewayOptions } from '../options.js';
import { bad, dim, figure, good, right, table } from '../print.js';
import { type Work, withSession } from '../session/with-session.js';
import { jsonLine } from '../show.js';
import { streaming } from '../streaming.js';

interface Options extends GatewayOptions {
  readonly rows: number;
  readonly smart?: boolean;
  readonly seconds?: number;
  readonly exchange?: string;
}

export function addBook(program: Command, io: Io): void {
  withGatewayOptions(
    program.command('book').argument('<symbol>', 'such as AAPL or FUT:ES:202612@CME').description('the order book as it moves'),
  )
    .option('--rows <rows>', 'levels of each side', whole(1, 60), 10)
    .option('--smart', 'one book of all exchanges')
    .option('--exchange <exchange>', 'the book of one exchange, such as ISLAND')
    .option('--seconds <seconds>', 'end after this time; unset: Ctrl-C', seconds)
    .action((symbol: string, options: Options) => withSession(io, options, (work) => book(io, work, symbol, options)));
}

async function book(io: Io, { ib }: Work, word: string, options: Options): Promise<void> {
  const { rows, exchange } = options;
  const contract = contractOf(word);
  // SMART alone is no place with a book: unless an exchange is named, the one of all exchanges is meant.
  const isSmartDepth = options.smart ?? (exchange === undefined && contract.exchange === 'SMART');
  const stream = ib.market.depth(
    { ...contract, ...(exchange === undefined ? {} : { exchange: exchange.toUpperCase() }) },
    { rows, isSmartDepth },
  );
  const view = io.isTerminal && options.json !== true ? liveView(io, () => textOf(stream.view)) : undefined;
  let best = '';
  stream.on((change) => {
    if (options.json === true) io.out(jsonLine(change));
    else if (view === undefined) {
      const now = bestOf(stream.view);
      if (now !== best) io.out(`${new Date(io.now()).toISOString().slice(11, 23)}  ${now}`);
      best = now;
    } else view.changed();
  });
  try {
    await streaming(io, [stream], options.seconds);
  } finally {
    view?.close();
  }
  if (view === undefined && options.json !== true) io.out(textOf(stream.view));
}

function bestOf({ bids: [bid], asks: [ask], isCrossed }: Book): string {
  const side = (level: BookLevel | undefined): string =>
    level === undefined ? '-' : `${figure(level.size)} @ ${figure(level.price)}`;
  return `bid ${side(bid)}  ask ${side(ask)}${isCrossed ? '  crossed' : ''}`;
}

function textOf({ bids, asks }: Book): string {
  const height = Math.max(bids.length, asks.length);
  if (height === 0) return dim('  the book is empty');
  const decimals = Math.max(2, ...[...bids, ...asks].map(({ price }) => String(price).split('.')[1]?.length ?? 0));
  const most = Math.max(...[...bids, ...asks].map(({ size }) => size));
  const rows = Array.from({ length: height }, (_, i) => {
    const [bid, ask] = [bids[i], asks[i]];
    return [
      bid?.marketMaker ?? ' ',
      bid === undefined ? ' ' : good(bar(bid.size, most)),
      bid === undefined ? ' ' : figure(bid.size),
      bid === undefined ? ' ' : figure(bid.price, decimals),
      ask === undefined ? ' ' : figure(ask.price, decimals),
      ask === undefined ? ' ' : figure(ask.size),
      ask === undefined ? ' ' : bad(bar(ask.size, most)),
      ask?.marketMaker ?? ' ',
    ];
  });
  return table(['', right(''), right('size'), right('bid'), right('ask'), right('size'), '', ''], rows);
}

const WIDEST = 16;

function bar(size: number, most: number): string {
  return '█'.repeat(Math.max(1, Math.round((size / most) * WIDEST)));
}
