// `ibwire simulate`: a gateway for any client, without an account, and what its clients do.

import type { Command } from 'commander';
import { FAULT_VERBS } from '../../gateway/faults/script.js';
import type { SimulateOptions } from '../../gateway/server/options.js';
import type { LogEntry } from '../../gateway/server/record.js';
import { type SimulatedGateway, simulate } from '../../gateway/simulate.js';
import { MAX_VERSION, MIN_VERSION } from '../../protocol/handshake.js';
import { CliError, codeOf, EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { oneOf, positive, whole } from '../options.js';
import { bad, dim, good, warn } from '../print.js';
import { jsonLine } from '../show.js';
import { legible } from '../terminal-text.js';
import { untilStopped } from '../until-stopped.js';

interface Options {
  readonly port?: number;
  readonly seed: number;
  readonly serverVersion: number;
  readonly fault: readonly string[];
  readonly accounts: 'one' | 'all' | 'advisor';
  readonly speed: number;
  readonly wallClock?: boolean;
  readonly readOnly?: boolean;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

export function addSimulate(program: Command, io: Io): void {
  program
    .command('simulate')
    .description('a simulated gateway on 127.0.0.1 for any client: markets, orders, accounts, faults on demand')
    .option(
      '--port <port>',
      'port to listen on, 0 for a free one; unset: 4002 where the programs of the guide look, a free one when it is taken',
      whole(0, 65_535),
    )
    .option('--seed <seed>', 'decides prices and ids: the same seed gives the same session', whole(0, 2_147_483_647), 1)
    .option(
      '--server-version <version>',
      `${MIN_VERSION} to ${MAX_VERSION}; up to 200 speaks text`,
      whole(MIN_VERSION, MAX_VERSION),
      MAX_VERSION,
    )
    .option('--fault <script>', 'such as "at 5s cut; on reqMktData never"; may be given more than once', collect, [])
    .option('--accounts <which>', 'one margin account, one of all kinds, or an advisor', oneOf('one', 'all', 'advisor'), 'one')
    .option('--speed <times>', 'how fast its clock runs', positive, 1)
    .option('--wall-clock', 'true time instead of a Wednesday morning in New York: markets may be closed')
    .option('--read-only', 'refuse orders as a gateway with "Read-Only API" does')
    .option('--quiet', 'only the first line')
    .option('--json', 'one JSON object per line')
    .addHelpText('after', faultsText)
    .action((options: Options) => run(io, options));
}

function faultsText(): string {
  const lines = [''];
  for (const verb of FAULT_VERBS) {
    const last = lines.length - 1;
    if (`${lines[last]} ${verb},`.length > 70) lines.push(` ${verb},`);
    else lines[last] += ` ${verb},`;
  }
  return `
Faults: [at <time> | every <time> | on <request> | after <n> frames]
        <what> [for client <id>], where <what> is one of
${lines
  .map((line) => `       ${line}`)
  .join('\n')
  .slice(0, -1)}`;
}

/** Where a paper IB Gateway listens, and where the programs of the README look. */
const USUAL_PORT = 4002;

function collect(script: string, before: readonly string[]): readonly string[] {
  return [...before, script];
}

async function run(io: Io, options: Options): Promise<void> {
  await using gateway = await open(options);
  if (options.json === true)
    io.out(
      jsonLine({
        event: 'listening',
        port: gateway.port,
        accounts: gateway.accounts,
        serverVersion: gateway.serverVersion,
        seed: options.seed,
      }),
    );
  else
    io.out(
      `simulated gateway on 127.0.0.1:${gateway.port}, accounts ${gateway.accounts.join(' ')}, server version ${gateway.serverVersion}; Ctrl-C ends`,
    );
  const stop = gateway.onLog((entry) => {
    if (options.quiet === true || entry.what === 'listening') return;
    io.out(
      options.json === true ? jsonLine({ event: entry.what, ...entry, time: new Date(entry.time).toISOString() }) : lineOf(entry),
    );
  });
  await untilStopped(io);
  stop();
  const { length } = gateway.received;
  if (options.json === true) io.out(jsonLine({ event: 'ended', requests: length, orders: gateway.orders.length }));
  else io.out(dim(`ended: ${length} requests, ${gateway.orders.length} orders`));
}

async function open({ seed, serverVersion, fault, speed, accounts, ...rest }: Options): Promise<SimulatedGateway> {
  const settings: SimulateOptions = {
    seed,
    serverVersion,
    speed,
    faults: fault,
    ...(accounts === 'one' ? {} : { accounts }),
    ...(rest.wallClock === true ? { clock: 'wall' as const } : {}),
    ...(rest.readOnly === true ? { readOnly: true } : {}),
  };
  try {
    return await listen(rest.port, settings);
  } catch (error) {
    if (error instanceof Error && error.name === 'FaultScriptError')
      throw new CliError(EXIT.usage, error.message, `Faults: ${FAULT_VERBS.join(', ')}.`);
    throw error;
  }
}

/** On the port that was named; else on the usual one of a paper gateway, or a free one when that is taken. */
async function listen(named: number | undefined, settings: SimulateOptions): Promise<SimulatedGateway> {
  if (named !== undefined) return simulate({ ...settings, port: named });
  try {
    return await simulate({ ...settings, port: USUAL_PORT });
  } catch (error) {
    if (codeOf(error) !== 'EADDRINUSE') throw error;
    return simulate(settings);
  }
}

const COLOURS: Readonly<Partial<Record<LogEntry['what'], (text: string) => string>>> = {
  error: bad,
  trouble: bad,
  fault: warn,
  order: good,
};

function lineOf({ time, connection, clientId, what, text: said }: LogEntry): string {
  const text = legible(said);
  const clock = new Date(time).toISOString().slice(11, 19);
  const who = connection === 0 ? '' : `#${connection}${clientId === undefined ? '' : ` client ${clientId}`}`;
  // 2100 to 2169: news of the connection, not errors.
  const word = what === 'error' && /^21[0-6]\d /.test(text) ? 'notice' : what;
  const colour = word === 'notice' ? dim : (COLOURS[what] ?? ((same: string) => same));
  return `${dim(clock)}  ${who.padEnd(12)}  ${colour(word.padEnd(9))}  ${word === 'notice' ? dim(text) : text}`.trimEnd();
}
