// The stream of the simulated web gateway: one socket as the door sees it, its topics, and what the world tells them.

import type { Door } from './door.js';
import { type Topic, topicOf } from './stream-topics.js';

/** What a socket does for the door. */
export interface DoorSocket {
  send(frame: string | Uint8Array): void;
  /** Ends it without a word. */
  cut(): void;
}

/** A socket as its other end writes to it. */
export interface DoorStream {
  /** A text frame came. */
  take(text: string): void;
  closed(): void;
}

const [HEARTBEAT, REFRESH] = [10_000, 500];

/** Streams that are open at a gateway. */
export class DoorStreams {
  readonly #door: Door;
  readonly #open = new Set<OpenStream>();

  constructor(door: Door) {
    this.#door = door;
  }

  get count(): number {
    return this.#open.size;
  }

  /** Topics that are subscribed, of all sockets. */
  get topics(): readonly string[] {
    return [...this.#open].flatMap((stream) => [...stream.topics.keys()]);
  }

  /** A socket was opened. `session`: what its cookie names; undefined: it has to say so itself. */
  open(socket: DoorSocket, session: string | undefined): DoorStream {
    const stream = new OpenStream(this.#door, socket, session, () => this.#open.delete(stream));
    this.#open.add(stream);
    stream.begin();
    return stream;
  }

  /** How the session stands is told to everybody; what hung on it is gone. */
  tellSession(): void {
    for (const stream of this.#open) stream.sessionChanged();
  }

  /** A message for people. */
  tell(topic: 'ntf' | 'blt', row: object): void {
    for (const stream of this.#open) stream.send({ topic, args: [row] });
  }

  /** Every socket ends, as when the gateway is started anew. */
  cut(): void {
    for (const stream of [...this.#open]) stream.cut();
  }
}

class OpenStream implements DoorStream {
  readonly topics = new Map<string, Topic>();
  readonly #door: Door;
  readonly #socket: DoorSocket;
  readonly #gone: () => void;
  readonly #stops: (() => void)[] = [];
  #session: string | undefined;
  #isOver = false;

  constructor(door: Door, socket: DoorSocket, session: string | undefined, gone: () => void) {
    this.#door = door;
    this.#socket = socket;
    this.#session = session;
    this.#gone = gone;
  }

  begin(): void {
    const { clock } = this.#door.gateway;
    const beat = clock.every(HEARTBEAT, () => this.send({ topic: 'system', hb: this.#door.now() }));
    const refresh = clock.every(REFRESH, () => {
      for (const [name, topic] of [...this.topics]) if (topic.refresh() === 'ended') this.#end(name);
    });
    this.#stops.push(
      () => beat.cancel(),
      () => refresh.cancel(),
    );
    if (this.#session === undefined || this.#door.faults.streamAsksForSession) this.send({ message: 'waiting for session' });
    else this.#greet();
  }

  take(text: string): void {
    if (this.#isOver) return;
    try {
      this.#read(text);
    } catch {
      this.send({ topic: 'error', error: 'unreadable' });
    }
  }

  #read(text: string): void {
    if (text === 'tic') this.send({ topic: 'tic', hb: this.#door.now() });
    else if (text.startsWith('{')) {
      const { session } = JSON.parse(text) as { readonly session?: unknown };
      if (typeof session === 'string') this.#session = session;
      this.#greet();
    } else this.#command(text);
  }

  /** `smd+265598+{…}`: verb, subject, what is asked. */
  #command(text: string): void {
    const [, verb = '', subject = '', asked = '{}'] = /^(\w{3})(?:\+([^{]*?))?(?:\+?(\{.*))?$/.exec(text) ?? [];
    const begins = ENDS[verb];
    if (!this.#door.session.brokerage) this.send({ topic: 'error', error: 'not authenticated' });
    else if (begins !== undefined) this.#end(nameOf(begins, subject));
    else {
      this.#end(nameOf(verb, subject));
      const topic = topicOf(this.#door, (frame) => this.send(frame), verb, subject, JSON.parse(asked));
      if (topic !== undefined) this.topics.set(nameOf(verb, subject), topic);
    }
  }

  closed(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#forget();
    for (const stop of this.#stops) stop();
    this.#gone();
  }

  cut(): void {
    this.closed();
    this.#socket.cut();
  }

  sessionChanged(): void {
    const { brokerage, competing } = this.#door.session;
    if (!brokerage) this.#forget();
    this.send({ topic: 'sts', args: { authenticated: brokerage, competing, connected: true } });
  }

  send(frame: object): void {
    const { faults } = this.#door;
    if (this.#isOver || faults.streamSilent) return;
    const text = JSON.stringify(frame);
    this.#socket.send(faults.binaryFrames ? new TextEncoder().encode(text) : text);
  }

  #greet(): void {
    const { session, gateway } = this.#door;
    this.send({ topic: 'system', success: 'simulated', isFT: false, isPaper: true });
    this.send({ topic: 'act', args: { accounts: gateway.accounts, selectedAccount: gateway.accounts[0] } });
    this.send({
      topic: 'sts',
      args: { authenticated: session.brokerage, competing: session.competing, connected: session.outer },
    });
  }

  #forget(): void {
    for (const topic of this.topics.values()) topic.stop();
    this.topics.clear();
  }

  #end(name: string): void {
    this.topics.get(name)?.stop();
    this.topics.delete(name);
  }
}

const nameOf = (verb: string, subject: string): string => (subject === '' ? verb : `${verb}+${subject}`);
/** What each word of ending ends. */
const ENDS: Readonly<Record<string, string>> = { umd: 'smd', uor: 'sor', utr: 'str', upl: 'spl', usd: 'ssd', uld: 'sld' };
