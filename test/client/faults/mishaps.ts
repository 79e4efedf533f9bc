// Answers that are not as they should be: their end comes twice, they come when nobody waits any more, the connection ends behind
// their first message, or they bear an id that nobody asked with. What the caller sees, and what it sees when it asks again.

import { connectBy, type Ib } from '../../../src/client/connect.js';
import { openLink } from '../../../src/client/wire/link.js';
import type { openTransport } from '../../../src/client/wire/transport.js';
import { type VirtualClock, virtualClock } from '../../../src/gateway/clock.js';
import { simulateOn } from '../../../src/gateway/simulate.js';
import { incomingDecoder } from '../../../src/protocol/decode.js';
import { incomingEncoder } from '../../../src/protocol/encode.js';
import { FrameDecoder, frame } from '../../../src/protocol/frames.js';
import { readGreeting } from '../../../src/protocol/handshake.js';
import { memoryNetwork } from '../../helpers/memory-network.js';
import { countedTimer, pass, passUntil } from '../../helpers/virtual-time.js';
import { type Family, families } from './families.js';
import { ACCOUNT, LOOK_MS, lifeOf, passWhile, START, wordOf } from './play.js';

/** What becomes of the answer to the first request. */
export const mishaps = {
  twice: 'Its last message comes twice; where none is the last, every one.',
  late: 'It is kept until the call has given up, or the stream was closed, and comes when the same is asked for again.',
  'cut in the middle': 'The connection ends behind its first message.',
  'unknown id': 'It bears an id that nobody asked with.',
} as const;
export type Mishap = keyof typeof mishaps;
type Name = keyof typeof families;

export interface Mended {
  readonly first: string;
  readonly again: string;
  /** Requests, streams, timers and connections that are left when the session has closed. */
  readonly leaks: number;
  /** What was thrown meanwhile, and what could not be read. */
  readonly troubles: readonly unknown[];
}

/** Answers to requests without an id, and ends. */
const WITHOUT_ID: ReadonlySet<string> = new Set([
  ...['familyCodes', 'position', 'positionEnd'],
  ...['updateAccountValue', 'updatePortfolio', 'updateAccountTime', 'accountDownloadEnd'],
]);
const isEnd = (kind: string): boolean => /End$/.test(kind);
/** Families whose answer has an end of its own. */
const ENDED: ReadonlySet<Name> = new Set([
  ...['list of contracts', 'bars', 'picture of positions', 'account summary', 'snapshot of a quote'],
  ...['bars kept up to date', 'account updates'],
]);
/** A value without the id of its request. */
const textOf = (value: unknown): string => JSON.stringify(value, (key, held: unknown) => (key === 'reqId' ? undefined : held));

/** Calls whose answer is another one a moment later. */
const MOVING: ReadonlySet<Name> = new Set(['bars', 'snapshot of a quote']);
/** Families whose requests bear no id. */
export const IDLESS: ReadonlySet<Name> = new Set(['one, without id', 'picture of positions', 'account updates']);

interface Message {
  readonly kind: string;
  readonly reqId?: number | undefined;
}

/** Stands where bytes come in, and does to the answer of the first request what is asked. */
class Tamper {
  isOn = false;
  private readonly name: Name;
  private readonly mishap: Mishap;
  private readonly cut: () => void;
  private readonly held: Uint8Array[] = [];
  private id: number | undefined;
  private isCut = false;
  private isGone = false;
  private deliver: (bytes: Uint8Array) => void = () => {};

  constructor(name: Name, mishap: Mishap, cut: () => void) {
    this.name = name;
    this.mishap = mishap;
    this.cut = cut;
  }

  transport(open: typeof openTransport): typeof openTransport {
    return (options, events) => {
      const frames = new FrameDecoder();
      let wire: ReturnType<typeof wireAt> | undefined;
      this.deliver = (bytes) => events.chunk(bytes);
      this.isGone = false;
      return open(options, {
        ...events,
        chunk: (bytes) =>
          frames.push(bytes, (all, start, end) => {
            const whole = frame(all.subarray(start, end));
            if (wire === undefined) {
              wire = wireAt(readGreeting(all, start, end).serverVersion);
              events.chunk(whole);
            } else for (const one of this.turned(whole, wire.read(all, start, end), wire.write)) events.chunk(one);
          }),
      });
    };
  }

  /** What was kept comes now. */
  release(): void {
    this.isOn = false;
    for (const bytes of this.held.splice(0)) this.deliver(bytes);
  }

  private isOfAnswer({ kind, reqId }: Message): boolean {
    if (WITHOUT_ID.has(kind)) return true;
    if (reqId === undefined || reqId < 0) return false;
    this.id ??= reqId;
    return this.id === reqId;
  }

  private turned(bytes: Uint8Array, message: Message, write: (message: Message) => Uint8Array): readonly Uint8Array[] {
    if (this.isGone) return [];
    if (!this.isOn || !this.isOfAnswer(message)) return [bytes];
    switch (this.mishap) {
      case 'twice':
        return isEnd(message.kind) || !ENDED.has(this.name) ? [bytes, bytes] : [bytes];
      case 'late':
        this.held.push(bytes);
        return [];
      case 'cut in the middle':
        if (this.isCut) return [bytes];
        this.isCut = true;
        this.isGone = true;
        this.cut();
        return [bytes];
      case 'unknown id':
        return [write({ ...message, reqId: (message.reqId ?? 0) + 1_000_000 })];
      default:
        return this.mishap satisfies never;
    }
  }
}

function wireAt(serverVersion: number): {
  read(bytes: Uint8Array, start: number, end: number): Message;
  write(message: Message): Uint8Array;
} {
  const [decoder, encoder] = [incomingDecoder(serverVersion), incomingEncoder(serverVersion)];
  return {
    read: (bytes, start, end) => decoder.decode(bytes, start, end) as Message,
    write: (message) => encoder.encode(message.kind as never, message as never),
  };
}

interface Stage {
  readonly name: Name;
  readonly clock: VirtualClock;
  readonly ib: Ib;
  readonly tamper: Tamper;
  readonly mishap: Mishap;
}

export async function playMishap(name: Name, mishap: Mishap): Promise<Mended> {
  const family = families[name];
  if (family === undefined) throw new RangeError(`no such family: ${name}`);
  const clock = virtualClock(START);
  const network = memoryNetwork(clock);
  const timer = countedTimer(clock, () => 'good');
  const gateway = await simulateOn(network, {
    clock,
    accounts: [{ account: ACCOUNT, kind: 'individual-margin', holdings: { AAPL: 100 } }],
  });
  const tamper = new Tamper(name, mishap, () => gateway.faults.cut());
  const transport = tamper.transport(network.openTransport);
  const connecting = connectBy((options, events) => openLink(options, events, transport), {
    ...{ port: gateway.port, timer, random: () => 0.5, startWithin: 60_000 },
    orders: { accounts: 'none' },
  });
  const ib = await passUntil(clock, connecting, LOOK_MS);
  const troubles: unknown[] = [];
  ib.on('thrown', (error) => troubles.push(error));
  ib.on('unreadable', (what) => troubles.push(what));
  tamper.isOn = true;
  const seen = await (family.shape === 'call' ? callTwice : openTwice)({ name, clock, ib, tamper, mishap }, family as never);
  ib.close();
  const { openRequests, liveStreams } = ib.health;
  const timers = timer.pending;
  await gateway.close();
  await pass(clock, 0);
  return { ...seen, troubles, leaks: openRequests + liveStreams + timers + network.open };
}

type Seen = Pick<Mended, 'first' | 'again'>;

async function callTwice({ name, clock, ib, tamper }: Stage, { call }: Extract<Family, { shape: 'call' }>): Promise<Seen> {
  let told: unknown;
  const ask = (): Promise<string> =>
    call(ib).then((value) => {
      told = value;
      return 'value';
    }, wordOf);
  const first = await passUntil(clock, ask(), LOOK_MS);
  await passWhile(clock, LOOK_MS, () => ib.state.at !== 'ready');
  const asking = ask();
  tamper.release();
  const again = await passUntil(clock, asking, LOOK_MS);
  if (MOVING.has(name) || again !== 'value') return { first, again };
  const whole = textOf(told);
  await passUntil(clock, ask(), LOOK_MS);
  return { first, again: textOf(told) === whole ? again : 'another value' };
}

async function openTwice({ clock, ib, tamper, mishap }: Stage, { open }: Extract<Family, { shape: 'stream' }>): Promise<Seen> {
  const look = async (within: number): Promise<readonly [word: string, close: () => void]> => {
    const stream = open(ib, ACCOUNT);
    const gaps = new Set<string>();
    stream.onGap(({ cause }) => void gaps.add(cause));
    await pass(clock, within);
    const word = lifeOf(stream);
    return [gaps.size === 0 ? word : `${word} (${[...gaps].join(', ')})`, () => stream.close()];
  };
  const [first, close] = await look(mishap === 'late' ? 1_000 : LOOK_MS);
  close();
  const looking = look(LOOK_MS);
  tamper.release();
  const [again, over] = await looking;
  over();
  return { first: mishap === 'late' ? `${first}, closed` : first, again };
}
