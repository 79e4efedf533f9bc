import { connect, type Ib } from 'ibwire';
import { type SimulatedGateway, simulate } from 'ibwire/gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectWeb } from '../src/client/connect.js';
import type { Web } from '../src/client/face.js';
import { gatewaySigner } from '../src/sign/gateway.js';
import { type WebGateway, webGateway } from '../src/simulate/web-gateway.js';
import { programs, type Setting } from './programs.js';
import { timerOf } from './web-world.js';

/** A Saturday: nothing moves. A Friday in the regular session. */
const WHEN = { closed: Date.parse('2026-08-29T14:00:00Z'), open: Date.parse('2026-09-04T14:00:00Z') } as const;
const STEP = 250;

let gateway: SimulatedGateway;
let door: WebGateway;
let web: Web;
let socket: Ib;

/** Moves time only while nothing happens by itself. */
async function run<T>(work: Promise<T>): Promise<T> {
  let isDone = false;
  const watched = work.finally(() => {
    isDone = true;
  });
  watched.catch(() => {});
  for (let past = 0; !isDone; past += STEP) {
    for (let turn = 0; turn < 25 && !isDone; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
    if (!isDone) await gateway.advance(STEP);
    if (past > 1_800_000) throw new Error('not within half an hour of virtual time');
  }
  return watched;
}

async function begin(startAt: number): Promise<void> {
  gateway = await simulate({
    clock: 'virtual',
    startAt,
    accounts: [{ kind: 'cash', holdings: { AAPL: 10, MSFT: 5 }, cash: { USD: 100_000, EUR: 2_000 } }],
  });
  door = webGateway(gateway);
  web = connectWeb({ signer: gatewaySigner(), send: door.send, stream: door.stream, timer: timerOf(gateway) });
  socket = await run(connect({ port: gateway.port, clientId: 1 }));
  await run(web.ready());
}

async function end(): Promise<void> {
  web.close();
  socket.close();
  await gateway.close();
}

function settingOf(face: 'socket' | 'web'): Setting {
  const { universe } = gateway.world;
  const now = gateway.clock.now();
  const chain = universe.chains.find(({ symbol }) => symbol === 'AAPL');
  const [listed] = chain === undefined ? [] : universe.options(chain, now);
  const es = universe.futures(now).find(({ symbol }) => symbol === 'ES');
  return {
    account: gateway.accounts[0] ?? '',
    ref: (name) => `${face}-${name}`,
    option: { expiry: listed?.lastTradeDate ?? '', strike: listed?.strike ?? 0 },
    future: { expiry: es?.lastTradeDate ?? '' },
  };
}

const both = async ({ run: program }: (typeof programs)[number]): Promise<readonly [unknown, unknown]> => [
  await run(program(socket, settingOf('socket'))),
  await run(program(web, settingOf('web'))),
];

describe.each(['closed', 'open'] as const)('one world, two doors, the market %s: the same answers', (when) => {
  beforeAll(() => begin(WHEN[when]));
  afterAll(end);

  it.each(programs.filter((program) => program.when === when))('$name', async (program) => {
    const [ofSocket, ofWeb] = await both(program);
    expect(ofSocket).toBeDefined();
    expect(ofWeb).toEqual(ofSocket);
  });
});
