// What `ibwire-portfolio` understands.

import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Command, CommanderError, Option } from 'commander';
import colours from 'picocolors';
import { configOf } from '../config.js';
import { merge, type Portfolio } from '../merge.js';
import { normalised } from '../normalised.js';
import { positionColumns, transactionColumns } from '../out/columns.js';
import { visibleLines, visibleText } from '../out/legible.js';
import { type Sheet, tableText } from '../out/table.js';
import { toCsv, toParquet } from '../out/write.js';
import { PortfolioError } from '../problem.js';
import { rebuild } from '../rebuild.js';
import { positionSheet, summarySheets, transactionSheet, viewSheet } from '../report.js';
import { fileSource, readAll, type Source } from '../source.js';
import { cash } from '../views/cash.js';
import { concentration, type Rate } from '../views/concentration.js';
import { totals, type ViewName, view } from '../views/groups.js';
import { lossSalesElsewhere, washSaleNeighbours } from '../views/wash-sales.js';

/** Where a command writes; a test gives its own. */
export interface Io {
  /** Printed as it is: whole text, its line ends in it. */
  out(text: string | Uint8Array): void;
  err(line: string): void;
  /** Whether a person reads what `out` gets. */
  readonly isTerminal: boolean;
}

/** Runs a command line and gives its exit code. What it prints for people is legible, whoever the text is from. */
export async function runCli(args: readonly string[], io: Io): Promise<number> {
  const run: Run = { io, exitCode: 0 };
  try {
    await programOf(run).parseAsync([...args], { from: 'user' });
    return run.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    const isOurs = error instanceof PortfolioError;
    const text = isOurs ? error.message : `it failed (${(error as { code?: string }).code ?? 'unknown'})`;
    io.err(colours.red(visibleText(text)));
    return isOurs && error.code === 'config' ? 2 : 1;
  }
}

/** One command line on its way. */
interface Run {
  readonly io: Io;
  exitCode: number;
}

interface Flags {
  readonly config?: string;
  readonly account?: string;
  readonly mapping?: string;
  readonly json?: boolean;
  readonly format?: 'table' | 'json' | 'csv' | 'parquet';
  readonly out?: string;
  readonly by?: ViewName;
  readonly in?: string;
  readonly rate?: readonly string[];
}

function ratesOf(texts: readonly string[] = []): readonly Rate[] {
  return texts.map((text) => {
    const match = /^([A-Z]{3})([A-Z]{3})=(\d+(?:\.\d+)?)$/.exec(text);
    if (match === null) throw new PortfolioError('config', `a rate looks like EURUSD=1.0850, not ${text}`);
    return { from: match[1]!, to: match[2]!, rate: match[3]!, source: 'given' };
  });
}

/** Reads what is configured and named; sources that fail are told on stderr and end in exit code 1. */
async function load(run: Run, files: readonly string[], flags: Flags): Promise<Portfolio> {
  const terms = { ...(flags.account && { account: flags.account }), ...(flags.mapping && { mapping: flags.mapping }) };
  const sources: Source[] = files.map((path) => fileSource(path, { name: path, ...terms }));
  let sameAccounts = {};
  if (flags.config !== undefined) {
    const config = configOf(await readFile(flags.config, 'utf8'), resolve(flags.config));
    sources.push(...config.sources);
    sameAccounts = config.sameAccounts;
  }
  if (sources.length === 0) throw new PortfolioError('config', 'name files, or give --config with sources');
  const attempts = await readAll(sources);
  for (const attempt of attempts) {
    if (attempt.at === 'read') continue;
    run.exitCode = 1;
    tell(run.io, `${attempt.source} is not in this report: ${attempt.error.message}`, colours.red);
  }
  const portfolio = merge(
    attempts.flatMap((one) => (one.at === 'read' ? [one.reading] : [])),
    sameAccounts,
  );
  for (const note of portfolio.notes) tell(run.io, `note: ${note}`, colours.yellow);
  if (portfolio.duplicates > 0) tell(run.io, `note: ${portfolio.duplicates} transactions stood in several files and count once`);
  for (const [code, count] of Object.entries(portfolio.unknownCodes))
    tell(run.io, `note: ${count} × unknown code ${code}`, colours.yellow);
  return portfolio;
}

/** One line beside the result; only its colour is obeyed. */
function tell(io: Io, text: string, colour: (text: string) => string = (same) => same): void {
  io.err(colour(visibleText(text)));
}

async function put({ io }: Run, text: string | Uint8Array, flags: Flags): Promise<void> {
  if (flags.out !== undefined) await writeFile(flags.out, text, { mode: 0o600 });
  else io.out(text);
}

async function show(run: Run, sheets: readonly Sheet[], data: unknown, flags: Flags): Promise<void> {
  const isJson = flags.json === true || flags.format === 'json';
  await put(run, isJson ? visibleLines(`${JSON.stringify(data, null, 2)}\n`) : sheets.map(tableText).join('\n'), flags);
}

async function showRows(run: Run, kind: 'positions' | 'transactions', portfolio: Portfolio, flags: Flags): Promise<void> {
  const columns = kind === 'positions' ? positionColumns(portfolio.positions) : transactionColumns(portfolio.transactions);
  if (flags.format === 'csv') {
    const csv = toCsv(columns);
    // a file and a program get every sign as it is
    return put(run, run.io.isTerminal && flags.out === undefined ? visibleLines(csv) : csv, flags);
  }
  if (flags.format === 'parquet') {
    if (flags.out === undefined) throw new PortfolioError('config', 'Parquet goes into a file: give --out');
    return put(run, toParquet(columns), flags);
  }
  return show(run, [kind === 'positions' ? positionSheet(portfolio) : transactionSheet(portfolio)], portfolio[kind], flags);
}

/** All commands, printing to the run's `io` and ending by an error instead of the process. */
function programOf(run: Run): Command {
  const { io } = run;
  const program = new Command('ibwire-portfolio')
    .description('One read-only portfolio over Interactive Brokers, SnapTrade, Alpaca and brokers’ files')
    .showHelpAfterError()
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.out(text), writeErr: (text) => io.err(visibleLines(text.trimEnd())) });

  const command = (name: string, description: string, work: (portfolio: Portfolio, flags: Flags) => Promise<void>): Command =>
    program
      .command(`${name} [files...]`)
      .description(description)
      .option('-c, --config <file>', 'sources and the places of their secrets')
      .option('--account <number>', 'account of files that name none or mask it')
      .option('--mapping <file>', 'what the columns of these files are')
      .option('--json', 'JSON instead of a table')
      .option('-o, --out <file>', 'into a file that only you may read')
      .action(async (files: string[], flags: Flags) => work(await load(run, files, flags), flags));

  const withRates = (one: Command): Command =>
    one
      .option('--in <currency>', 'one currency for all; needs a rate for each other one')
      .option('--rate <pair=rate...>', 'a named rate: EURUSD=1.0850');
  const withFormats = (one: Command): Command =>
    one.addOption(
      new Option('-f, --format <format>', 'how to write it').choices(['table', 'json', 'csv', 'parquet']).default('table'),
    );

  withRates(
    command('show', 'the whole: accounts, concentration, cash, differences, wash-sale neighbours', (portfolio, flags) => {
      const rates = ratesOf(flags.rate);
      const data = {
        accounts: view(portfolio, 'account'),
        concentration: concentration(portfolio, flags.in, rates),
        cash: cash(portfolio),
        totals: totals(portfolio),
        washSaleNeighbours: washSaleNeighbours(portfolio),
      };
      return show(run, summarySheets(portfolio, flags.in, rates), data, flags);
    }),
  );
  withFormats(command('positions', 'every holding', (portfolio, flags) => showRows(run, 'positions', portfolio, flags)));
  withFormats(
    command('transactions', 'every transaction, once', (portfolio, flags) => showRows(run, 'transactions', portfolio, flags)),
  );
  command('view', 'totals by account, instrument, broker, currency or class', (portfolio, flags) =>
    show(run, [viewSheet(portfolio, flags.by!)], view(portfolio, flags.by!), flags),
  ).addOption(
    new Option('--by <what>', 'what to group by')
      .choices(['account', 'instrument', 'broker', 'currency', 'class'])
      .default('instrument'),
  );
  command('rebuild', 'positions rebuilt from transactions', (portfolio, flags) =>
    show(
      run,
      [
        {
          title: 'Rebuilt from transactions',
          head: ['account', 'instrument', 'quantity', 'transactions', 'untold'],
          rows: rebuild(portfolio.transactions).map((one) => [
            one.account,
            one.instrument.option ? JSON.stringify(Object.values(one.instrument.option).join(' ')) : one.instrument.symbol,
            one.quantity,
            `${one.transactions}`,
            one.untold.join('; '),
          ]),
        },
      ],
      rebuild(portfolio.transactions),
      flags,
    ),
  );
  command('loss-sales', 'input of the core’s wash-sale rule for one account (--for broker:number)', (portfolio, flags) => {
    const { for: account, today = new Date().toISOString().slice(0, 10) } = flags as { for?: string; today?: string };
    return show(run, [], lossSalesElsewhere(portfolio, account ?? '', today), { ...flags, json: true });
  })
    .requiredOption('--for <broker:number>', 'the account that would buy')
    .option('--today <date>', 'YYYY-MM-DD');
  program
    .command('read <file>')
    .description('what one file says, in the short form of the example files')
    .option('--account <number>', 'account of a file that names none or masks it')
    .option('--mapping <file>', 'what the columns are')
    .action(async (path: string, flags: Flags) => {
      const reading = await fileSource(path, { name: path, ...(flags as object) }).read();
      io.out(visibleLines(`${JSON.stringify(normalised(reading), null, 1)}\n`));
    });
  return program;
}
