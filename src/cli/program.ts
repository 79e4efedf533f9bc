// All commands in one list, and how any of them ends: a line that says what is wrong and an exit code.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, CommanderError } from 'commander';
import { explain } from '../client/notices/explain.js';
import { GatewayError } from '../client/wire/errors.js';
import { addAccounts } from './commands/accounts.js';
import { addBars } from './commands/bars.js';
import { addBench } from './commands/bench.js';
import { addBook } from './commands/book.js';
import { addChain } from './commands/chain.js';
import { addCompletion } from './commands/completion.js';
import { addDemo } from './commands/demo.js';
import { addDoctor } from './commands/doctor.js';
import { addExplain } from './commands/explain.js';
import { addNews } from './commands/news.js';
import { addOrder } from './commands/order.js';
import { addPnl } from './commands/pnl.js';
import { addPositions } from './commands/positions.js';
import { addQuote } from './commands/quote.js';
import { addRecord } from './commands/record.js';
import { addReplay } from './commands/replay.js';
import { addScan } from './commands/scan.js';
import { addSimulate } from './commands/simulate.js';
import { addStatus } from './commands/status.js';
import { addSummary } from './commands/summary.js';
import { addWatch } from './commands/watch.js';
import { takeConfig } from './config.js';
import { examplesText, shown } from './examples.js';
import { CliError, codeOf, EXIT, type ExitCode, exitCodeOf } from './exit-codes.js';
import type { Io } from './io.js';
import { bad, dim } from './print.js';
import { jsonLine } from './show.js';
import { legibleIo } from './terminal-text.js';

const commands: readonly ((program: Command, io: Io) => void)[] = [
  addDemo,
  addDoctor,
  addStatus,
  addAccounts,
  addPositions,
  addSummary,
  addPnl,
  addQuote,
  addBook,
  addBars,
  addChain,
  addScan,
  addNews,
  addOrder,
  addWatch,
  addRecord,
  addReplay,
  addSimulate,
  addExplain,
  addBench,
  addCompletion,
];

const EXIT_CODES = `
Settings:   IBWIRE_HOST, IBWIRE_PORT, IBWIRE_CLIENT_ID and IBWIRE_ACCOUNT stand
            for the options that are not given; behind them host, port, clientId
            and account of a JSON file: IBWIRE_CONFIG, or
            ~/.config/ibwire/config.json.
Exit codes: 0 ok, 1 failure, 2 usage, 3 cannot connect, 4 refused by a rule or
            guard, 5 refused by the gateway, 6 no answer in time, 7 a budget is
            spent, 8 server too old, 130 interrupted.
Symbols:    AAPL  0700.HK  VOD.L  BRK.B  EUR.USD  id:265598  FUT:ES:202612@CME
            OPT:AAPL:20261218:190:C  IND:SPX@CBOE`;

/** The program with all its commands, printing to `io` and ending by an error instead of the process. */
export function buildProgram(io: Io): Command {
  const program = new Command('ibwire')
    .description('Interactive Brokers from the command line.')
    .version(version())
    .option('--debug', 'show where an error comes from')
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => io.draw(text),
      writeErr: (text) => io.drawBeside(text),
      getOutHelpWidth: () => io.columns,
      getErrHelpWidth: () => io.columns,
    })
    .addHelpText('after', EXIT_CODES);
  for (const add of commands) add(program, io);
  program.hook('preAction', (_, command) => takeConfig(program, command, io.env));
  for (const command of program.commands) {
    command.helpGroup(shown[command.name()]?.group ?? 'Commands:');
    withExamples(command, command.name());
    for (const under of command.commands) withExamples(under, `${command.name()} ${under.name()}`);
  }
  return program;
}

function withExamples(command: Command, name: string): void {
  const text = examplesText(name);
  if (text !== undefined) command.addHelpText('after', text);
}

/** Runs a command line and gives its exit code. What it prints is legible, whatever the gateway sends. Never throws. */
export async function runCli(argv: readonly string[], outside: Io): Promise<ExitCode> {
  const io = legibleIo(outside);
  const debug = argv.includes('--debug') || io.env['IBWIRE_DEBUG'] === '1';
  const program = buildProgram(io);
  try {
    if (argv.length === 0) {
      program.outputHelp();
      return EXIT.ok;
    }
    await program.parseAsync(
      argv.filter((word) => word !== '--debug'),
      { from: 'user' },
    );
    return io.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return exitCodeOf(error); // commander has said it
    if (io.stop.aborted && !(error instanceof CliError)) return EXIT.interrupted;
    if (argv.includes('--json')) io.err(jsonLine(errorData(error)));
    else tell(error, debug, io);
    return exitCodeOf(error);
  }
}

/** What programs get of an error: one object on one line beside the result. */
function errorData(error: unknown): object {
  const hint = hintOf(error);
  return {
    error: {
      message: error instanceof Error ? messageOf(error) : String(error),
      exitCode: exitCodeOf(error),
      ...(codeOf(error) !== undefined && { code: codeOf(error) }),
      ...(error instanceof GatewayError && { gatewayCode: error.errorCode }),
      ...(hint !== undefined && { hint }),
    },
  };
}

function tell(error: unknown, debug: boolean, io: Io): void {
  const isKnown = error instanceof CliError || codeOf(error) !== undefined;
  if (!(error instanceof Error)) io.err(bad(String(error)));
  else if (debug) for (const line of (error.stack ?? error.message).split('\n')) io.err(bad(line));
  else io.err(bad(isKnown ? messageOf(error) : `Unexpected: ${error.message}`));
  const hint = hintOf(error);
  if (hint !== undefined) io.err(dim(hint));
  if (!isKnown && !debug) io.err(dim('This is a defect of ibwire. Run it again with --debug to see where it comes from.'));
}

/** Errors of the system in words. */
function messageOf(error: Error): string {
  const path = 'path' in error && typeof error.path === 'string' ? error.path : undefined;
  switch (codeOf(error)) {
    case 'ENOENT':
      return `${path ?? 'The file'} does not exist.`;
    case 'EISDIR':
      return `${path ?? 'That'} is a folder, not a file.`;
    case 'EADDRINUSE':
      return `Port ${'port' in error ? String(error.port) : ''} is taken by another program: name another one.`;
    default:
      return error.message;
  }
}

function hintOf(error: unknown): string | undefined {
  if (error instanceof CliError) return error.hint;
  if (!(error instanceof GatewayError)) return undefined;
  return explain(error.errorCode).isKnown ? `${error.meaning} ${error.remedy}` : undefined;
}

/** From package.json, above the sources or above the built command. */
function version(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (let up = 0; up < 4; up++) {
    const file = join(folder, 'package.json');
    if (existsSync(file)) return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
    folder = dirname(folder);
  }
  return 'unknown';
}
