// Example: a year of hourly bars of a stock into CSV and Parquet. Arguments: symbol (AAPL), folder (.), first day (a year ago).
// Paced by itself; where it is broken off, `<symbol>.token` lets the next run go on below the last page.
import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parquetWriteFile } from 'hyparquet-writer';
import { type Bar, connect, stock } from 'ibwire';

const { IBWIRE_PORT = '4002' } = process.env;
const [symbol = 'AAPL', folder = '.', from = new Date(Date.now() - 365 * 86_400_000).toISOString(), to] = process.argv.slice(2);
const [parts, tokenFile] = [join(folder, `${symbol}.pages`), join(folder, `${symbol}.token`)];
const ib = await connect({ port: Number(IBWIRE_PORT), clientId: 103, readOnly: true });
try {
  const resume = await readFile(tokenFile, 'utf8').catch(() => undefined);
  if (resume !== undefined) console.log('going on where the last run was broken off');
  const span = ib.history.span(stock(symbol), {
    from: new Date(from),
    ...(to !== undefined && { to: new Date(to) }),
    size: '1 hour',
    onProgress: ({ done, total, bars }) => console.log(`${Math.round((100 * done) / total)} %, ${bars} bars`),
    ...(resume !== undefined && { resume }),
  });
  for await (const { bars, token } of span) {
    await appendFile(parts, bars.map((bar) => `${JSON.stringify(bar)}\n`).join(''));
    await writeFile(tokenFile, token); // after the bars: a break between the two repeats a page, which the map below takes once
  }
  const lines = (await readFile(parts, 'utf8')).split('\n').filter((line) => line !== '');
  const byTime = new Map(lines.map((line): [string, Bar] => [JSON.parse(line).time, JSON.parse(line)]));
  const times = [...byTime.keys()].sort();
  const bars = times.flatMap((time) => byTime.get(time) ?? []);

  const columns = ['open', 'high', 'low', 'close', 'volume'] as const;
  const rows = times.map((time, at) => [time, ...columns.map((name) => bars[at]?.[name] ?? '')].join(','));
  await writeFile(join(folder, `${symbol}.csv`), `time,${columns.join(',')}\n${rows.join('\n')}\n`);
  parquetWriteFile({
    filename: join(folder, `${symbol}.parquet`),
    columnData: [
      { name: 'time', data: times.map((time) => new Date(time)), type: 'TIMESTAMP' },
      ...columns.map((name) => ({ name, data: bars.map((bar) => bar[name] ?? null), type: 'DOUBLE' as const, nullable: true })),
    ],
  });
  await Promise.all([rm(parts), rm(tokenFile)]);
  console.log(`${bars.length} bars from ${times[0]} to ${times.at(-1)} in ${symbol}.csv and ${symbol}.parquet`);
} finally {
  ib.close();
}
