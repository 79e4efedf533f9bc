// `ibwire bars SYMBOL`: history as a table with a sparkline, as JSON or CSV; long spans in pages with progress.

import { type Command, InvalidArgumentError } from 'commander';
import type { Bar } from '../../client/history/bar.js';
import type { WhatToShow } from '../../client/history/bar-size.js';
import type { SpanProgress } from '../../client/history/span.js';
import { barSizeOf, durationOf, instantOf } from '../bar-words.js';
import { contractOf } from '../contract-argument.js';
import { CliError } from '../exit-codes.js';
import type { Io } from '../io.js';
import { type GatewayOptions, oneOf, withGatewayOptions } from '../options.js';
import { dim, figure, heading, right, roomOf, sparkline, table } from '../print.js';
import { progressLine } from '../progress.js';
import { type Work, withSession } from '../session/with-session.js';
import { show } from '../show.js';

interface Options extends GatewayOptions {
  readonly size: string;
  readonly duration: string;
  readonly from?: Date;
  readonly to?: Date;
  readonly show?: WhatToShow;
  readonly allHours?: boolean;
  readonly csv?: boolean;
  readonly resume?: string;
}

const shows = oneOf<WhatToShow>(
  ...([
    'TRADES',
    'MIDPOINT',
    'BID',
    'ASK',
    'BID_ASK',
    'ADJUSTED_LAST',
    'HISTORICAL_VOLATILITY',
    'OPTION_IMPLIED_VOLATILITY',
  ] as const),
  ...(['FEE_RATE', 'YIELD_BID', 'YIELD_ASK', 'YIELD_BID_ASK', 'YIELD_LAST', 'AGGTRADES'] as const),
);

export function addBars(program: Command, io: Io): void {
  withGatewayOptions(
    program
      .command('bars')
      .argument('<symbol>', 'such as AAPL, EUR.USD or CONTFUT:ES@CME')
      .description('history: a table with a sparkline, JSON or CSV; long spans in pages'),
  )
    .option('--size <size>', 'length of a bar: 30s 5m 1h 1d 1w 1mo, or "5 mins"', '1h')
    .option('--duration <duration>', 'how far back: 5d 2w 3mo 1y, or "5 D"', '2d')
    .option('--from <instant>', 'from here on, as many requests as it takes: 2026-01-01 or 2026-09-02T14:30 (UTC)', instant)
    .option('--to <instant>', 'up to here; unset: now', instant)
    .option('--show <what>', 'what bars are made of; unset: TRADES, MIDPOINT for currency pairs', shows)
    .option('--all-hours', 'outside regular trading hours too')
    .option('--resume <token>', 'go on where a download with --from was broken off')
    .option('--csv', 'comma-separated values')
    .action((symbol: string, options: Options) => withSession(io, options, (work) => bars(io, work, symbol, options)));
}

function instant(text: string): Date {
  try {
    return instantOf(text);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof CliError ? `${error.message} ${error.hint}` : String(error));
  }
}

async function bars(io: Io, work: Work, word: string, options: Options): Promise<void> {
  const found = await download(io, work, word, options);
  if (options.csv === true) {
    io.out('time,open,high,low,close,volume,wap,count');
    for (const bar of found) io.out(csvOf(bar));
    return;
  }
  show(io, options.json, found, () => textOf(io, found, `${word} ${options.size}`));
}

async function download(io: Io, { ib, call }: Work, word: string, options: Options): Promise<readonly Bar[]> {
  const { from, to } = options;
  const contract = contractOf(word);
  const isPair = 'secType' in contract && contract.secType === 'CASH';
  const about = {
    ...call,
    size: barSizeOf(options.size),
    show: options.show ?? (isPair ? 'MIDPOINT' : 'TRADES'),
    useRTH: options.allHours !== true,
  };
  if (from === undefined)
    return ib.history.bars(contract, {
      ...about,
      duration: durationOf(options.duration),
      ...(to === undefined ? {} : { end: to }),
    });
  const progress = progressLine(io);
  let token = options.resume;
  const onProgress = (now: SpanProgress): void => {
    token = now.token;
    progress.at(now.done / now.total, `${figure(now.bars)} bars`, now.eta);
  };
  try {
    const resume = options.resume === undefined ? {} : { resume: options.resume };
    const span = await ib.history
      .span(contract, { ...about, from, ...(to === undefined ? {} : { to }), ...resume, onProgress })
      .all();
    progress.end();
    for (const gap of span.gaps)
      io.err(dim(`no bars from ${new Date(gap.from).toISOString()} to ${new Date(gap.to).toISOString()}`));
    return span.bars;
  } catch (error) {
    progress.end();
    if (token !== undefined) io.err(dim(`Go on with --resume ${token}`));
    throw error;
  }
}

const timeOf = ({ time, date }: Bar): string =>
  date === undefined
    ? `${time.toISOString().slice(0, 16).replace('T', ' ')}`
    : `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;

function csvOf(bar: Bar): string {
  const { open, high, low, close, volume, wap, count } = bar;
  return [bar.date ?? bar.time.toISOString(), open, high, low, close, volume, wap, count].map((value) => value ?? '').join(',');
}

/** Widest sparkline; more bars than that are thinned out. */
const WIDEST = 80;

function textOf(io: Io, found: readonly Bar[], title: string): string {
  if (found.length === 0) return dim('  no bars');
  // A terminal shows the newest; a file or pipe gets all.
  const room = io.isTerminal ? Math.max(10, io.rows - 8) : found.length;
  const shown = found.slice(-room);
  const decimals = Math.max(
    2,
    ...found.slice(-200).flatMap(({ open, close }) => [open, close].map((price) => String(price).split('.')[1]?.length ?? 0)),
  );
  const price = (value: number): string | undefined => figure(value, Math.min(decimals, 8));
  const hasVolume = found.some(({ volume }) => volume !== undefined);
  const rows = shown.map((bar) => [
    timeOf(bar),
    ...[bar.open, bar.high, bar.low, bar.close].map(price),
    ...(hasVolume ? [figure(bar.volume)] : []),
    bar.isForming ? dim('forming') : ' ',
  ]);
  const columns = [
    found[0]?.date === undefined ? 'time (UTC)' : 'date',
    ...['open', 'high', 'low', 'close'].map((name) => right(name)),
  ];
  const step = Math.max(1, Math.ceil(found.length / WIDEST));
  const closes = found.filter((_, i) => (found.length - 1 - i) % step === 0).map(({ close }) => close);
  const [first, last] = [found[0]?.open ?? 0, found.at(-1)?.close ?? 0];
  const change = `${last >= first ? '+' : ''}${figure((100 * (last - first)) / first, 2)} %`;
  return [
    heading(
      title,
      `${figure(found.length)} ${found.length === 1 ? 'bar' : 'bars'}${shown.length < found.length ? `, the last ${shown.length} here: --csv and --json have all` : ''}`,
    ),
    table([...columns, ...(hasVolume ? [right('volume', 1)] : []), ''], rows, roomOf(io)),
    `  ${sparkline(closes)}  ${dim(`close, ${change}`)}`,
  ].join('\n');
}
