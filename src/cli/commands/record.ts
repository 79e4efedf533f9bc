// `ibwire record FILE`: stands between a client and a gateway and writes down what they say.

import { existsSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { startRecorder } from '../../capture/recorder.js';
import { Learnt } from '../../capture/redact/learnt.js';
import { type CaptureWriter, createCapture } from '../../capture/writer.js';
import { CliError, EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { type GatewayOptions, port as portOf, withGatewayOptions } from '../options.js';
import { startSimulated } from '../session/simulated.js';
import { findPort } from '../session/with-session.js';
import { jsonLine } from '../show.js';
import { legible } from '../terminal-text.js';
import { untilStopped } from '../until-stopped.js';
import { anotherName } from './replay-redact.js';

interface Options extends GatewayOptions {
  readonly listen?: number;
  readonly keepSecrets?: boolean;
  readonly hide: readonly string[];
  readonly force?: boolean;
}

export function addRecord(program: Command, io: Io): void {
  withGatewayOptions(
    program
      .command('record')
      .argument('<file>', 'capture to write (.ibcap); later connections get file-2.ibcap, file-3.ibcap …')
      .description('proxy between any client and a gateway that records the session'),
  )
    .option('--listen <port>', 'where clients come in; unset: a free port', portOf)
    .option('--keep-secrets', 'write account ids, names and order refs as they are')
    .option('--hide <name>', 'a name to replace from the first byte on; may be given several times', anotherName, [])
    .option('--force', 'overwrite files that exist')
    .action((file: string, options: Options) => record(io, file, options));
}

async function record(io: Io, file: string, options: Options): Promise<void> {
  if (!file.endsWith('.ibcap')) throw new CliError(EXIT.usage, `A capture is called ….ibcap, not '${file}'.`);
  const { hide } = options;
  new Learnt(hide); // refuses now what the first connection would be turned away for
  const fileOf = (connection: number): string => (connection === 0 ? file : file.replace(/\.ibcap$/, `-${connection + 1}.ibcap`));
  if (existsSync(file) && options.force !== true)
    throw new CliError(EXIT.usage, `${file} exists.`, 'Name another file, or overwrite it with --force.');
  const simulated = options.simulate === true ? await startSimulated() : undefined;
  try {
    const gateway = simulated === undefined ? options.host : '127.0.0.1';
    const gatewayPort = simulated?.port ?? options.port ?? (await findPort(gateway));
    const say = (event: string, facts: object, text: string): void =>
      io.out(options.json === true ? jsonLine({ event, at: new Date(io.now()).toISOString(), ...facts }) : text);
    const written: string[] = [];
    let latest: Promise<CaptureWriter | undefined> = Promise.resolve(undefined);
    const recorder = await startRecorder({
      gateway: { host: gateway, port: gatewayPort },
      listen: options.listen === undefined ? {} : { port: options.listen },
      open: (connection) => {
        const path = fileOf(connection);
        if (connection > 0 && existsSync(path) && options.force !== true)
          throw new CliError(EXIT.usage, `${path} exists: this connection is not recorded and was turned away.`);
        written.push(path);
        say('connection', { connection, file: path }, `connection ${connection + 1} → ${legible(basename(path))}`);
        if (options.force === true) rmSync(path, { force: true });
        const header = { serverVersion: undefined, serverVersionBounds: undefined, start: new Date(io.now()), source: undefined };
        const secrets = options.keepSecrets === true ? { redact: [], hide } : { hide };
        const before = latest;
        const opened = before.then((beside) => createCapture(path, header, { ...secrets, ...(beside && { beside }) }));
        latest = opened.catch(() => before);
        return opened;
      },
    });
    const redacted = options.keepSecrets === true ? 'nothing is hidden' : 'account ids, names and order refs are replaced';
    say(
      'listening',
      { port: recorder.port, gateway: `${gateway}:${gatewayPort}`, redacted: options.keepSecrets !== true },
      `recording 127.0.0.1:${recorder.port} → ${gateway}:${gatewayPort}, ${redacted}; Ctrl-C ends`,
    );
    await untilStopped(io);
    await recorder.close();
    say(
      'closed',
      { files: written },
      written.length === 0 ? 'nobody connected: nothing was written' : `written: ${legible(written.join(' '))}`,
    );
    for (const failure of recorder.failures) io.err(failure instanceof Error ? failure.message : String(failure));
    if (recorder.failures.length > 0) io.exitCode = EXIT.failure;
  } finally {
    await simulated?.close();
  }
}
