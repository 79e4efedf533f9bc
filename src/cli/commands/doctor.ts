// `ibwire doctor`: what is wrong between this machine and the markets, and what to do about it.

import type { Command } from 'commander';
import { visibleText } from '../../protocol/visible-text.js';
import type { CheckState, Examined } from '../doctor/check.js';
import { examine } from '../doctor/examine.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Io } from '../io.js';
import { type GatewayOptions, withGatewayOptions } from '../options.js';
import { bad, bold, dim, good, heading, warn, wrapped } from '../print.js';
import { KNOWN_PORTS } from '../session/ports.js';
import { startSimulated } from '../session/simulated.js';
import { show } from '../show.js';

interface Options extends GatewayOptions {
  readonly symbol: string;
}

export function addDoctor(program: Command, io: Io): void {
  withGatewayOptions(
    program.command('doctor').description('find out why there is no connection, no data or no orders, and what to do'),
  )
    .option('--symbol <symbol>', 'whose market data is tried', 'AAPL')
    .action((options: Options) => doctor(io, options));
}

async function doctor(io: Io, options: Options): Promise<void> {
  const simulated = options.simulate === true ? await startSimulated() : undefined;
  try {
    const { host, symbol, clientId } = options;
    const isSimulated = simulated !== undefined;
    const one = simulated?.port ?? options.port;
    const known = one === undefined ? KNOWN_PORTS : [{ port: one, application: nameOf(one, isSimulated) }];
    const within = (options.timeout ?? 10) * 1000;
    const examined: Examined[] = [];
    for (const { port, application } of known) {
      const found = {
        host: isSimulated ? '127.0.0.1' : host,
        port,
        clientId,
        within,
        symbol,
        isGuess: one === undefined,
        isSimulated,
      };
      const checks = await examine(io, found);
      examined.push({ port, application, checks });
      if (options.json !== true) io.out(textOf({ port, application, checks }, io.columns));
    }
    const code = verdictOf(examined);
    if (options.json === true) show(io, true, { healthy: code === EXIT.ok, gateways: examined }, () => '');
    else io.out(`\n${summary(examined, code)}`);
    io.exitCode = code;
  } finally {
    await simulated?.close();
  }
}

function nameOf(port: number, isSimulated: boolean): string {
  if (isSimulated) return 'simulated gateway';
  return KNOWN_PORTS.find((known) => known.port === port)?.application ?? 'a port of your own';
}

/** Healthy when some gateway is, and none has a check that failed. */
function verdictOf(examined: readonly Examined[]): ExitCode {
  const reached = examined.filter(({ checks }) => checks.length > 1);
  if (reached.length === 0) return EXIT.connect;
  const failed = reached.flatMap(({ checks }) => checks.filter(({ state }) => state === 'failed'));
  if (failed.length === 0) return EXIT.ok;
  return reached.some(({ checks }) => checks.every(({ state }) => state !== 'failed')) ? EXIT.failure : EXIT.connect;
}

const MARKS: Readonly<Record<CheckState, string>> = { ok: good('✓'), note: dim('·'), warning: warn('!'), failed: bad('✗') };

function textOf({ port, application, checks }: Examined, columns: number): string {
  const lines = checks.flatMap((check) => [
    ...beside(`${MARKS[check.state]} ${dim(check.step.padEnd(WIDTH))}`, check.says, columns),
    ...(check.todo === undefined ? [] : beside(`  ${' '.repeat(WIDTH)}`, `→ ${check.todo}`, columns)),
  ]);
  return [heading(`Port ${port}`, application), ...lines].join('\n');
}

const WIDTH = 'market data'.length;

/** A text to the right of what it is about, in as many lines as it takes. */
function beside(label: string, text: string, columns: number): readonly string[] {
  const lines = wrapped(visibleText(text), Math.max(40, columns - WIDTH - 6));
  return lines.map((line, i) => `  ${i === 0 ? label : ' '.repeat(WIDTH + 2)}  ${line}`);
}

function summary(examined: readonly Examined[], code: ExitCode): string {
  if (code === EXIT.ok) {
    const warnings = examined.flatMap(({ checks }) => checks.filter(({ state }) => state === 'warning')).length;
    const ports = examined.filter(({ checks }) => checks.length > 1).map(({ port }) => port);
    return `${good('Healthy')} on port ${ports.join(', ')}${warnings === 0 ? '.' : `, with ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}.`}`;
  }
  if (examined.every(({ checks }) => checks.length <= 1))
    return `${bad('No gateway found.')} Start TWS or IB Gateway and log in, name its port with --port, or try without one: ${bold('--simulate')}.`;
  return `${bad('Something is wrong')}: see the lines marked ${bad('✗')}.`;
}
