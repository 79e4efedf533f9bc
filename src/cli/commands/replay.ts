// `ibwire replay FILE…`: serves captures as a gateway, and says what clients ask of it.

import { basename } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { loadExcerpt } from '../../capture/excerpt.js';
import { type Pace, type ReplayGateway, replayGateway } from '../../gateway/replay/replay-gateway.js';
import type { NamedCapture } from '../../gateway/replay/script.js';
import { MAX_VERSION, MIN_VERSION } from '../../protocol/handshake.js';
import { captureTime, stretchOf, type TimeOptions } from '../capture-time.js';
import { CliError, EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { port as portOf, whole } from '../options.js';
import { dim, warn } from '../print.js';
import { jsonLine } from '../show.js';
import { legible } from '../terminal-text.js';
import { untilStopped } from '../until-stopped.js';
import { printDiff } from './replay-diff.js';
import { printAsJson } from './replay-json.js';
import { anotherName, redactTo } from './replay-redact.js';

interface Options extends TimeOptions {
  readonly port?: number;
  readonly pace: Pace;
  readonly serverVersion?: number;
  readonly diff?: boolean;
  readonly toJson?: boolean;
  readonly redact?: string;
  readonly hide: readonly string[];
  readonly json?: boolean;
}

export function addReplay(program: Command, io: Io): void {
  program
    .command('replay')
    .argument('<files...>', 'captures (.ibcap); several are joined into one script')
    .description('serve recorded sessions as a gateway on 127.0.0.1, or compare, print or redact them')
    .option('--port <port>', 'port to listen on; unset: a free one', portOf)
    .option('--pace <pace>', 'recorded, fast (at once), or how many times as fast as recorded', paceOf, 'fast' as Pace)
    .option('--server-version <version>', 'play at this version, whatever was recorded', whole(MIN_VERSION, MAX_VERSION))
    .option(
      '--from <time>',
      'leave out what comes before: 90s, 1.5m, 2h after the start, or an instant (2026-03-02T14:30:00Z)',
      captureTime,
    )
    .option('--to <time>', 'leave out what comes after', captureTime)
    .option(
      '--diff',
      'serve nothing: compare two captures message by message; ends with 0 when they are equal, 1 when not, else 2',
    )
    .option('--to-json', 'serve nothing: print every message as a JSON object on a line')
    .option('--redact <to>', 'serve nothing: write the capture anew with account ids, names and order refs replaced')
    .option('--hide <name>', 'a further name for --redact to replace; may be given several times', anotherName, [])
    .option('--json', 'one JSON object per line')
    .action((files: string[], options: Options) => chosen(io, files, options));
}

/** What is done with the captures: exactly one thing. */
function chosen(io: Io, files: readonly string[], options: Options): Promise<void> {
  const { diff, toJson, redact, hide, json } = options;
  const wishes = [diff === true, toJson === true, redact !== undefined].filter((isWished) => isWished).length;
  if (wishes > 1) throw new CliError(EXIT.usage, '--diff, --to-json and --redact do not go together.');
  if (diff === true) return printDiff(io, ...onlyTwo(files), options, json);
  if (toJson === true) return printAsJson(io, onlyOne(files), options);
  if (redact === undefined) return replay(io, files, options);
  if (options.from !== undefined || options.to !== undefined)
    throw new CliError(EXIT.usage, '--redact writes the whole capture: it takes neither --from nor --to.');
  return redactTo(io, { from: onlyOne(files), to: redact, hide, json });
}

function onlyOne(files: readonly string[]): string {
  const [file, ...more] = files;
  if (file === undefined || more.length > 0) throw new CliError(EXIT.usage, `This takes one capture, not ${files.length}.`);
  return file;
}

function onlyTwo(files: readonly string[]): readonly [a: string, b: string] {
  const [a, b, ...more] = files;
  if (a === undefined || b === undefined || more.length > 0)
    throw new CliError(EXIT.usage, `--diff takes two captures, not ${files.length}.`);
  return [a, b];
}

function paceOf(text: string): Pace {
  if (text === 'recorded' || text === 'fast') return text;
  const times = Number(text);
  if (!(times > 0) || !Number.isFinite(times)) throw new InvalidArgumentError('It is recorded, fast, or a number above 0.');
  return times;
}

async function replay(io: Io, files: readonly string[], options: Options): Promise<void> {
  const { port, pace, serverVersion } = options;
  const captures = await Promise.all(files.map((file) => excerpt(file, options)));
  await using gateway = await replayGateway({
    captures,
    pace,
    ...(port === undefined ? {} : { port }),
    ...(serverVersion === undefined ? {} : { serverVersion }),
  });
  const say = (event: string, facts: object, text: string): void =>
    io.out(options.json === true ? jsonLine({ event, ...facts }) : text);
  const names = gateway.sources.map((source) => source.name);
  say(
    'listening',
    { port: gateway.port, captures: names },
    `replaying ${legible(names.join(', '))} on 127.0.0.1:${gateway.port}; Ctrl-C ends`,
  );
  const { unplayed } = gateway;
  if (unplayed.length > 0)
    say(
      'unplayed',
      { frames: unplayed },
      dim(`${unplayed.length} recorded frames are not played, the first because ${legible(unplayed[0]?.why ?? '')}`),
    );
  const tell = teller(gateway, say);
  const timer = setInterval(tell, 50);
  await untilStopped(io);
  clearInterval(timer);
  tell();
  const { received, unmatched } = gateway;
  say(
    'closed',
    { requests: received.length, unmatched: unmatched.length },
    dim(`${received.length} requests, ${unmatched.length} without a recorded answer`),
  );
}

/** The whole file, or a stretch of it under its name. */
async function excerpt(file: string, times: TimeOptions): Promise<string | NamedCapture> {
  if (times.from === undefined && times.to === undefined) return file;
  return { name: basename(file, '.ibcap'), capture: await loadExcerpt(file, await stretchOf(file, times)) };
}

/** Says what has come since it was last called. */
function teller(gateway: ReplayGateway, say: (event: string, facts: object, text: string) => void): () => void {
  let requests = 0;
  let troubles = 0;
  return () => {
    for (const { connection, message, source } of gateway.received.slice(requests)) {
      requests++;
      const from = source ?? (message.kind === 'startApi' ? undefined : 'not recorded');
      const text = `client ${connection + 1}  ${message.kind}${from === undefined ? '' : dim(`  ← ${legible(from)}`)}`;
      say('request', { connection, kind: message.kind, source: source ?? null }, text);
    }
    for (const { connection, at, text } of gateway.troubles.slice(troubles)) {
      troubles++;
      say('trouble', { connection, at, text }, warn(`client ${connection + 1}  ${at}: ${legible(text)}`));
    }
  };
}
