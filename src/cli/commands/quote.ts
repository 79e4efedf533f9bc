// `ibwire quote SYMBOL…`: prices at this moment.

import type { Command } from 'commander';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { type GatewayOptions, seconds, withGatewayOptions } from '../options.js';
import { roomOf, table } from '../print.js';
import {
  allWhole,
  greeksText,
  quoteColumns,
  quoteData,
  quoteRow,
  troubleLines,
  type Watched,
  watchQuotes,
} from '../quote-rows.js';
import { withSession } from '../session/with-session.js';
import { show } from '../show.js';

interface Options extends GatewayOptions {
  readonly wait: number;
}

export function addQuote(program: Command, io: Io): void {
  withGatewayOptions(
    program
      .command('quote')
      .argument('<symbols...>', 'such as AAPL 0700.HK EUR.USD FUT:ES:202612@CME')
      .description('prices at this moment: live where the login may see them, else delayed'),
  )
    .option('--wait <seconds>', 'longest wait for all prices', seconds, 3)
    .action((symbols: string[], options: Options) =>
      withSession(io, options, async ({ ib }) => {
        const all = watchQuotes(ib, symbols);
        await allWhole(io, all, options.wait * 1000);
        show(io, options.json, all.map(quoteData), () => textOf(all, roomOf(io)));
        if (io.stop.aborted) io.exitCode = EXIT.interrupted;
        else if (all.some(({ cause }) => cause !== undefined)) io.exitCode = EXIT.gateway;
        else if (all.some(({ stream }) => stream.latest === undefined)) io.exitCode = EXIT.timeout;
        for (const { stream } of all) stream.close();
      }),
    );
}

function textOf(all: readonly Watched[], room: number): string {
  const greeks = all.flatMap((watched) => {
    const text = greeksText(watched);
    return text === undefined ? [] : [`  ${watched.word}  ${text}`];
  });
  return [table(quoteColumns, all.map(quoteRow), room), ...greeks, ...troubleLines(all)].join('\n');
}
