// `ibwire watch SYMBOL…`: prices as they move: a table that redraws, or lines that append.

import type { Command } from 'commander';
import { CliError, EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { liveView } from '../live-view.js';
import { accountOption, type GatewayOptions, seconds, withGatewayOptions } from '../options.js';
import { dim, figure, roomOf, sparkline, table } from '../print.js';
import { decimalsOf, quoteColumns, quoteData, quoteRow, troubleLines, type Watched, watchQuotes } from '../quote-rows.js';
import { type Work, withSession } from '../session/with-session.js';
import { jsonLine } from '../show.js';
import { untilStopped } from '../until-stopped.js';
import { watchHeld } from '../watch/held.js';

interface Options extends GatewayOptions {
  readonly seconds?: number;
  readonly interval: number;
  readonly full?: boolean;
  readonly account?: string;
}

/** Last prices that a sparkline shows. */
const TRAIL = 24;

export function addWatch(program: Command, io: Io): void {
  withGatewayOptions(
    program
      .command('watch')
      .argument('[symbols...]', 'such as AAPL 0700.HK EUR.USD; with --full none are needed')
      .description('prices as they move: a table that redraws, or lines where no terminal is'),
  )
    .option('--seconds <seconds>', 'end after this time; unset: Ctrl-C', seconds)
    .option('--interval <seconds>', 'least time between two lines of a symbol', seconds, 1)
    .option('--full', 'the whole screen: profit and loss of the accounts, and what is held beside the prices')
    .addOption(accountOption('with --full: one account only'))
    .action((symbols: string[], options: Options) => {
      if (options.full === true) return withSession(io, options, (work) => watchHeld(io, work, symbols, options));
      if (symbols.length === 0) throw new CliError(EXIT.usage, 'Say which symbols, or --full for all that is held.');
      return withSession(io, options, (work) => watch(io, work, symbols, options));
    });
}

async function watch(io: Io, { ib }: Work, symbols: readonly string[], options: Options): Promise<void> {
  const all = watchQuotes(ib, symbols);
  const trails = new Map<Watched, number[]>(all.map((watched) => [watched, []]));
  const isDrawn = io.isTerminal && options.json !== true;
  const view = isDrawn ? liveView(io, () => textOf(all, trails, io.now(), roomOf(io))) : undefined;
  const pending = new Set<Watched>();
  const said = new Map<Watched, string>();
  const say = (watched: Watched): void => {
    const line = options.json === true ? jsonLine(quoteData(watched)) : lineOf(watched);
    if (said.get(watched) === line) return;
    said.set(watched, line);
    const at = new Date(io.now()).toISOString();
    io.out(options.json === true ? `{"at":"${at}",${line.slice(1)}` : `${at.slice(11, 19)}  ${line}`);
  };
  const flush = (): void => {
    for (const watched of pending) say(watched);
    pending.clear();
  };
  const timer = view === undefined ? setInterval(flush, options.interval * 1000) : undefined;
  for (const watched of all) {
    watched.stream.on((tick) => {
      if (tick.field === 'last' && tick.value !== undefined) trailed(trails.get(watched), tick.value);
      if (view === undefined) pending.add(watched);
      else view.changed();
    });
    void watched.stream.ended.then((cause) => {
      if (cause === undefined || io.stop.aborted) return;
      if (view === undefined) pending.add(watched);
      else view.changed();
    });
  }
  view?.changed();
  // One symbol that cannot be had does not end the others; when none is left there is nothing to wait for.
  const allEnded = Promise.all(all.map(({ stream }) => stream.ended));
  await Promise.race([untilStopped(io, options.seconds), allEnded]);
  clearInterval(timer);
  view?.close();
  if (view === undefined) flush();
  const causes = all.map(({ cause }) => cause);
  for (const { stream } of all) stream.close();
  const [cause] = causes;
  if (cause !== undefined && causes.every((one) => one !== undefined) && !io.stop.aborted) throw cause;
}

function trailed(trail: number[] | undefined, price: number): void {
  if (trail === undefined || trail.at(-1) === price) return;
  trail.push(price);
  if (trail.length > TRAIL) trail.shift();
}

function textOf(all: readonly Watched[], trails: ReadonlyMap<Watched, readonly number[]>, now: number, room: number): string {
  const rows = all.map((watched) => {
    const trail = trails.get(watched) ?? [];
    return [...quoteRow(watched), trail.length < 2 ? '' : sparkline(trail), isStale(watched) ? dim('stale') : ' '];
  });
  const clock = new Date(now).toISOString().slice(11, 19);
  return [
    table([...quoteColumns, 'last prices', ''], rows, room),
    ...troubleLines(all),
    '',
    `  ${dim(`${clock} UTC, Ctrl-C ends`)}`,
  ].join('\n');
}

function isStale({ stream }: Watched): boolean {
  return stream.state.at === 'stale';
}

function lineOf(watched: Watched): string {
  const { word, cause, stream } = watched;
  if (cause !== undefined) return `${word}  ${cause.message}`;
  const { bid, ask, last, dataType } = stream.view;
  const [b, a, l] = [bid, ask, last].map((tick) => figure(tick?.value, decimalsOf(stream.view)) ?? '-');
  return `${word}  bid ${b}  ask ${a}  last ${l}${dataType === 'live' ? '' : `  ${dataType}`}${isStale(watched) ? '  stale' : ''}`;
}
