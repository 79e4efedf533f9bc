// Whatever signs the gateway puts into its texts, no command prints one that a terminal would obey or hide.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildProgram } from '../../src/cli/program.js';
import type { SimulatedGateway } from '../../src/gateway/simulate.js';
import { simulate } from '../../src/gateway/simulate.js';
import { incomingEncoder } from '../../src/protocol/encode.js';
import { type PoisonedGateway, poisonedGateway } from '../helpers/poisoned-gateway.js';
import { scriptedGateway } from '../helpers/scripted-gateway.js';
import { plain, type Running, type RunOptions, silentIo, start } from './run-cli.js';

/** Clears, puts a link under what follows, colours, turns the direction, hides, and begins a line that nobody wrote. */
const TAIL = '\u001b[2J\u001b]8;;x\u0007\u009b31m\u202e\u2066\u200b\u061c\r\nFORGED';
const SHOWN = '\\u001b[2J\\u001b]8;;x\\u0007\\u009b31m\\u202e\\u2066\\u200b\\u061c FORGED';
const OBEYED = /[\p{Cc}\p{Cf}]/u;

const ACCOUNT = `DU9000001${TAIL}`;
/** Read as words of a list by whoever asked: with a tail they would only be unknown. */
const spared = new Set(['tag', 'key', 'action', 'side', 'right', 'status', 'secType', 'orderType', 'tif', 'currency']);

let gateway: SimulatedGateway;
let poisoned: PoisonedGateway;
beforeAll(async () => {
  const accounts = [{ kind: 'individual-margin', cash: { USD: 250_000 }, holdings: { AAPL: 200 } }] as const;
  gateway = await simulate({ seed: 1, accounts, speed: 20 });
  poisoned = await poisonedGateway(gateway.port, 225, { tail: TAIL, spared });
});
afterAll(async () => {
  await poisoned[Symbol.asyncDispose]();
  await gateway.close();
});

/** What is typed; `shows` where texts of the gateway are printed, `bare` where all are numbers and words of our own. */
interface Case {
  readonly argv: readonly string[];
  readonly shows: boolean;
  readonly answers?: readonly string[];
}

const shows = (...argv: string[]): Case => ({ argv, shows: true });
const bare = (...argv: string[]): Case => ({ argv, shows: false });
const bought = ['AAPL', '--kind', 'reg-t', '--limit'];
const cases: readonly Case[] = [
  shows('doctor'),
  shows('status'),
  shows('accounts'),
  shows('positions'),
  shows('positions', '--no-prices', '--account', ACCOUNT),
  shows('positions', '--account', 'DU9000009'),
  shows('summary'),
  shows('pnl', '--once'),
  shows('pnl', '--seconds', '1.5'),
  bare('quote', 'AAPL'),
  shows('quote', 'NOSUCH'),
  shows('book', 'AAPL', '--seconds', '0.2'),
  bare('bars', 'AAPL', '--size', '1d', '--duration', '3d'),
  shows('bars', 'NOSUCH'),
  shows('chain', 'AAPL'),
  shows('chain', 'AAPL', '--expiry', 'next', '--strikes', '1', '--wait', '1'),
  shows('chain', 'AAPL', '--class', 'NONE'),
  shows('scan'),
  shows('scan', 'NONE'),
  bare('scan', '--codes'),
  shows('news'),
  shows('news', 'AAPL'),
  shows('news', '--article', 'DJ-N:none'),
  bare('watch', 'AAPL', '--seconds', '0.5', '--interval', '0.1'),
  shows('watch', 'NOSUCH', '--seconds', '5'),
  shows('demo', '--port', 'PORT'),
  shows('order', 'preview', 'buy', '1', ...bought, '300'),
  shows('order', 'preview', 'sell', '300', 'AAPL', '--kind', 'ira-cash'),
  shows('order', 'place', 'buy', '1', ...bought, '330', '--yes', '--wait', '2'),
  shows('order', 'list', '--executions'),
  { ...shows('order', 'place', 'buy', '1', ...bought, '290', '--wait', '0.5'), answers: ['y'] },
  shows('order', 'list'),
  { ...shows('order', 'cancel', '--all'), answers: ['y'] },
];
/** Without texts of a gateway; `explain` has a test below, those of captures and of played gateways are in hostile-files.test.ts. */
const others = ['bench', 'completion', 'explain', 'record', 'replay', 'simulate'];

async function run(argv: readonly string[], options?: RunOptions): Promise<Running> {
  const port = String(poisoned.port);
  const words = argv.map((word) => (word === 'PORT' ? port : word));
  const running = start(words.includes('--port') ? words : [...words, '--port', port], options);
  await running.done;
  return running;
}

function legibleLines({ out, err, asked }: Running): string {
  const lines = [...out, ...err, ...asked.flatMap((question) => question.split('\n'))];
  expect(lines.filter((line) => OBEYED.test(line))).toEqual([]);
  expect(lines.filter((line) => /^\s*FORGED/.test(line))).toEqual([]);
  return lines.join('\n');
}

describe.each(cases.map((one) => [one.argv.join(' '), one] as const))('ibwire %s', (_, { argv, shows, answers }) => {
  it('prints every sign as something to read', async () => {
    const text = legibleLines(await run(argv, answers === undefined ? {} : { answers }));
    if (shows) expect(text).toContain(SHOWN);
  });
});

it('every command is among them', () => {
  const known = new Set([...cases.map(({ argv }) => argv[0]), ...others]);
  expect(
    buildProgram(silentIo)
      .commands.map((one) => one.name())
      .filter((name) => !known.has(name)),
  ).toEqual([]);
});

/** Every text in a document. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.entries(value).flat().flatMap(textsOf) : [];
}

describe.each([
  [['accounts']],
  [['positions']],
  [['summary']],
  [['scan']],
  [['news', 'AAPL']],
  [['chain', 'AAPL']],
  [['doctor']],
  [['order', 'list', '--executions']],
])('ibwire %j --json', (argv) => {
  it('has them escaped, and the text whole', async () => {
    const { out, err } = await run([...argv, '--json']);
    const printed = [...out, ...err].join('\n');
    expect(printed.replaceAll('\n', '')).not.toMatch(OBEYED);
    expect(textsOf(JSON.parse(out.join('\n'))).some((text) => text.includes(TAIL))).toBe(true);
    expect(printed).toContain('\\u009b31m\\u202e');
  });
});

describe('on a terminal', () => {
  it.each([
    ['book', ['book', 'AAPL', '--seconds', '0.5']],
    ['pnl', ['pnl', '--seconds', '1.5']],
    ['watch', ['watch', 'AAPL', 'NOSUCH', '--seconds', '0.5']],
  ])('%s draws with its own control sequences only', async (_, argv) => {
    const { out, err } = await run(argv, { terminal: true, columns: 2_000 });
    const drawn = out.map((line) => line.replaceAll(/\x1b\[(\?25[lh]|\d*[AJKm])|\r/g, ''));
    expect(drawn.filter((line) => OBEYED.test(line))).toEqual([]);
    expect([...drawn, ...err.map(plain)].join('\n')).toContain(SHOWN);
  });
});

describe('texts of a start that fails', () => {
  it('a greeting that sends elsewhere', async () => {
    await using gateway = await scriptedGateway({
      onSocket(socket) {
        const body = new TextEncoder().encode(`-1\0host${TAIL}\0`);
        socket.once('data', () => socket.write(Uint8Array.of(0, 0, 0, body.length, ...body)));
        return true;
      },
    });
    expect(legibleLines(await run(['accounts', '--port', String(gateway.port)]))).toContain('\\u001b[2J');
    expect(legibleLines(await run(['accounts', '--port', String(gateway.port), '--debug']))).toContain('\\u001b[2J');
  });

  it('headlines as they come', async () => {
    await using gateway = await scriptedGateway({
      on: {
        reqNewsProviders: (_, peer) => peer.send('newsProviders', { newsProviders: [{ code: 'A', name: 'A' }] }),
        reqMktData: ({ reqId }, peer) =>
          peer.send('tickNews', { reqId, timeStamp: 1_788_300_000_000, providerCode: 'A', articleId: 'x', headline: `H${TAIL}` }),
      },
    });
    const { done, out } = start(['news', 'AAPL', '--live', '--seconds', '0.3', '--port', String(gateway.port)]);
    await done;
    expect(out).toEqual([expect.stringContaining(`H${SHOWN}`)]);
  });
});

it('explain shows what a frame holds', async () => {
  const frame = incomingEncoder(225).encode('error', { reqId: -1, errorCode: 2109, errorString: TAIL });
  const running = start(['explain', Buffer.from(frame).toString('hex')]);
  await running.done;
  expect(legibleLines(running)).toContain('\\u001b[2J\\u001b]8;;x\\u0007');
});
