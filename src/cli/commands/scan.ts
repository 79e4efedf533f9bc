// `ibwire scan CODE`: the market scanner once, or the codes it knows.

import type { Command } from 'commander';
import { formatSymbol } from '../../client/contracts/format-symbol.js';
import type { ScanRow } from '../../client/scanner/facade.js';
import type { Io } from '../io.js';
import { type GatewayOptions, positive, seconds, whole, withGatewayOptions } from '../options.js';
import { dim, right, roomOf, table } from '../print.js';
import { allWhole, lastCells, lastColumns, quoteData, type Watched, watchQuotes } from '../quote-rows.js';
import { type Work, withSession } from '../session/with-session.js';
import { show } from '../show.js';

interface Options extends GatewayOptions {
  readonly instrument: string;
  readonly location: string;
  readonly rows: number;
  readonly abovePrice?: number;
  readonly belowPrice?: number;
  readonly aboveVolume?: number;
  readonly codes?: string | true;
  readonly prices: boolean;
  readonly wait: number;
}

export function addScan(program: Command, io: Io): void {
  withGatewayOptions(
    program
      .command('scan')
      .argument('[code]', 'such as TOP_PERC_GAIN, MOST_ACTIVE, HIGH_OPT_IMP_VOLAT', 'TOP_PERC_GAIN')
      .description('the market scanner: what gains, falls, trades most'),
  )
    .option('--instrument <type>', 'such as STK, ETF.EQ.US, FUT.US, STOCK.EU', 'STK')
    .option('--location <code>', 'such as STK.US.MAJOR, STK.HK.SEHK', 'STK.US.MAJOR')
    .option('--rows <rows>', 'most rows', whole(1, 50), 20)
    .option('--above-price <price>', 'only above', positive)
    .option('--below-price <price>', 'only below', positive)
    .option('--above-volume <volume>', 'only above', positive)
    .option('--no-prices', 'without prices: one request')
    .option('--wait <seconds>', 'longest wait for prices', seconds, 3)
    .option('--codes [text]', 'list the codes that the gateway knows, those with a text in them')
    .action((code: string, options: Options) =>
      withSession(io, options, (work) =>
        options.codes === undefined ? scan(io, work, code, options) : codes(io, work, options),
      ),
    );
}

async function scan(io: Io, { ib, call }: Work, code: string, options: Options): Promise<void> {
  const { abovePrice, belowPrice, aboveVolume } = options;
  const rows = await ib.scanner.run(
    {
      scanCode: code.toUpperCase(),
      instrument: options.instrument,
      locationCode: options.location,
      numberOfRows: options.rows,
      ...(abovePrice === undefined ? {} : { abovePrice }),
      ...(belowPrice === undefined ? {} : { belowPrice }),
      ...(aboveVolume === undefined ? {} : { aboveVolume }),
    },
    call,
  );
  const quotes = options.prices
    ? watchQuotes(
        ib,
        rows.map(({ contract }) => `id:${contract?.conId}`),
      )
    : [];
  await allWhole(io, quotes, options.wait * 1000);
  const data = rows.map((row, i) => ({ ...row, ...(quotes[i] !== undefined && { quote: quoteData(quotes[i]) }) }));
  show(io, options.json, data, () => textOf(rows, quotes, roomOf(io)));
  for (const { stream } of quotes) stream.close();
}

function textOf(rows: readonly ScanRow[], quotes: readonly Watched[], room: number): string {
  if (rows.length === 0) return dim('  nothing fits');
  const more = (['distance', 'benchmark', 'projection'] as const).filter((name) => rows.some((row) => (row[name] ?? '') !== ''));
  return table(
    [
      right('rank'),
      'contract',
      { name: 'type', spare: 5 },
      { name: 'exchange', spare: 4 },
      'currency',
      right('conId', 1),
      ...more,
      ...(quotes.length === 0 ? [] : lastColumns),
    ],
    rows.map((row, i) => [
      row.rank + 1,
      formatSymbol(row.contract ?? {}),
      row.contract?.secType,
      row.contract?.primaryExchange || row.contract?.exchange,
      row.contract?.currency,
      row.contract?.conId,
      ...more.map((name) => row[name]),
      ...(quotes[i] === undefined ? [] : lastCells(quotes[i].stream.view)),
    ]),
    room,
  );
}

async function codes(io: Io, { ib, call }: Work, options: Options): Promise<void> {
  const { scanCodes } = await ib.scanner.parameters(call);
  const text = typeof options.codes === 'string' ? options.codes.toLowerCase() : '';
  const found = scanCodes.filter(({ scanCode, displayName }) => `${scanCode} ${displayName}`.toLowerCase().includes(text));
  show(io, options.json, found, () =>
    table(
      ['code', 'name', 'instruments'],
      found.map(({ scanCode, displayName, instruments }) => {
        const list = instruments.join(' ');
        return [scanCode, displayName, list.length > 50 ? `${list.slice(0, 49)}…` : list];
      }),
    ),
  );
}
