// Everything that can be made to go wrong, one method each. `Faults` is what the session asks before it reads or writes.
import type { IncomingKind, Outgoing, OutgoingKind } from '../../protocol/registry.js';
import type { Client, Fate } from '../server/client.js';
import { type FarmState, type FarmSubject, Farms, marketFarmOf } from './farms.js';
import { Dribble, Stall } from './shapers.js';
import { Venue, type VenueAct } from './venue.js';

/** What the faults need of the gateway they trouble. */
export interface FaultHost {
  readonly clients: ReadonlySet<Client>;
  note(text: string): void;
  /** Loses every market-data stream of every client. */
  dropStreams(): void;
  /** Sends 10197 for every stream of market data. */
  refuseStreams(): void;
  setPrice(which: number | string, price: number): void;
  /** Closes every connection, forgets staged orders, listens again after `downFor` ms; ids begin `rollback` lower. */
  restart(downFor: number, rollback: number): void;
  /** Listens on another port, says so with 1300, and drops everybody. */
  movePort(port: number): Promise<number>;
  prefixLedger(isOn: boolean): void;
  /** The broker is reached, or lost. */
  link(isThere: boolean): void;
}

interface KindFault {
  fate: Fate;
  left: number;
}

/** Which clients a fault is for: all, or one client id. */
export type Target = { readonly clientId?: number };

/** Faults on demand: each call is one, and says which client it is for (unset: all). */
export class Faults {
  readonly farms = new Farms();
  readonly venue = new Venue();
  /** True while messages must be asked about one by one. */
  isBending = false;
  /** True between 1100 and 1101 or 1102. */
  isLost = false;
  /** True while another session has the market data (10197). */
  isCompeting = false;
  /** Accepts connections and never says a word. */
  isMute = false;
  readonly #host: FaultHost;
  readonly #never = new Map<OutgoingKind, number>();
  readonly #fates = new Map<IncomingKind, KindFault>();
  readonly #deaf = new Set<Client>();
  readonly #heard = new Map<OutgoingKind, (() => void)[]>();
  #frames = 0;
  #framesWanted: { readonly at: number; readonly run: () => void }[] = [];

  constructor(host: FaultHost) {
    this.#host = host;
  }

  /** Ends connections at once; what waits to be sent is lost. */
  cut(target: Target = {}): void {
    for (const client of this.#on('cut', target)) client.cut();
  }

  /** Sends no more, in whatever place of a frame; `resume` sends what has gathered. */
  stall(target: Target = {}): void {
    for (const client of this.#on('stall', target)) this.#shape(client, new Stall(client.wire));
  }

  /** Ends a stall and a dribble, and hears again. */
  resume(target: Target = {}): void {
    for (const client of this.#on('resume', target)) {
      client.wire.flush();
      client.wire.shaper?.release();
      client.wire.shaper = undefined;
      this.#deaf.delete(client);
      client.socket.resume();
    }
  }

  /** Sends a few bytes at a time, each in a write of its own; 0 ends it. */
  dribble(bytes = 1, target: Target = {}): void {
    for (const client of this.#on(`dribble ${bytes}`, target))
      this.#shape(client, bytes > 0 ? new Dribble(client.wire, bytes) : undefined);
  }

  /** Turns over bytes of what is sent next, from the first byte of its body on. */
  corrupt(bytes = 1, target: Target = {}): void {
    for (const client of this.#on(`corrupt ${bytes}`, target)) client.wire.corrupt(bytes);
  }

  /** Neither reads nor writes any more, and keeps the socket open. */
  halfOpen(target: Target = {}): void {
    for (const client of this.#on('halfOpen', target)) {
      this.#shape(client, new Stall(client.wire));
      this.#deaf.add(client);
    }
  }

  /** Takes so many bytes in a second at most; 0 ends it. */
  slowReading(bytesPerSecond: number, target: Target = {}): void {
    for (const client of this.#on(`slowReading ${bytesPerSecond}`, target)) client.readAtMost(bytesPerSecond);
  }

  /** Does not answer a kind of request: the next `count` of them, or all. */
  never(kind: OutgoingKind, count: number = Number.POSITIVE_INFINITY): void {
    this.#host.note(`never ${kind}`);
    this.#never.set(kind, count);
  }

  /** Answers a kind again. */
  answer(kind: OutgoingKind): void {
    this.#never.delete(kind);
  }

  /** Loses messages of a kind: `lose('orderStatus', 1)`, `lose('contractDetailsEnd')`. */
  lose(kind: IncomingKind, count: number = Number.POSITIVE_INFINITY): void {
    this.#bend(kind, 'drop', count);
  }

  /** Sends messages of a kind twice. */
  duplicate(kind: IncomingKind, count: number = Number.POSITIVE_INFINITY): void {
    this.#bend(kind, 'twice', count);
  }

  /** Sends messages of a kind late by so many ms of the gateway's clock. */
  delay(kind: IncomingKind, ms: number, count: number = Number.POSITIVE_INFINITY): void {
    this.#bend(kind, { after: ms }, count);
  }

  /** Commission reports come this late. */
  lateCommission(ms: number, count?: number): void {
    this.delay('commissionAndFeesReport', ms, count);
  }

  /** Sends messages of a kind as they are again. */
  straighten(kind?: IncomingKind): void {
    if (kind === undefined) this.#fates.clear();
    else this.#fates.delete(kind);
    this.isBending = this.#fates.size > 0;
  }

  /** Orders are taken from the socket and never reach anybody, as in the second of a restart. */
  loseOrders(count: number = Number.POSITIVE_INFINITY): void {
    this.never('placeOrder', count);
  }

  /**
   * The venue refuses the next `count` cancels or changes of orders, or all: silently, as its own cancel-reject message does, or
   * said with 201 and a report of the order as it still works.
   */
  refuseAtVenue(act: VenueAct, how: 'silent' | 'said', count: number = Number.POSITIVE_INFINITY): void {
    this.#host.note(`${how} refusal of ${act}`);
    this.venue.refuse(act, how, count);
  }

  /** 1100: the link between gateway and broker is down. Streams are silent; the socket stays. */
  disconnect(): void {
    this.isLost = true;
    this.#host.link(false);
    this.#say(1100, 'Connectivity between IBKR and Trader Workstation has been lost.');
  }

  /** The link is back: 1101 with the streams lost, or 1102 with the streams kept. */
  reconnect(data: 'lost' | 'kept'): void {
    this.isLost = false;
    if (data === 'lost') this.#host.dropStreams();
    const farms = `All data farms are connected: ${this.farms.names.join('; ')}.`;
    const restored = 'Connectivity between IBKR and Trader Workstation has been restored- data';
    if (data === 'lost') this.#say(1101, `${restored} lost.`);
    else this.#say(1102, `${restored} maintained. ${farms}`);
    this.#host.link(true);
  }

  /** Another session took the market data: 10197 on every stream, which is silent until `competing(false)`. */
  competing(isOn = true): void {
    this.isCompeting = isOn;
    this.#host.note(`competing ${isOn}`);
    if (isOn) this.#host.refuseStreams();
  }

  /** Changes the state of a farm and says so (2103 to 2108, 2157, 2158). @throws {RangeError} for a name that is no farm. */
  farm(name: string, state: FarmState): void {
    const { code, text } = this.farms.set(name, state);
    this.#say(code, text);
  }

  /** 1300: another port, every connection dropped. Gives the port. */
  movePort(port = 0): Promise<number> {
    this.#host.note('movePort');
    return this.#host.movePort(port);
  }

  /** The gateway restarts: connections end, staged orders are gone, ids may begin lower. */
  restart(options: { readonly downFor?: number; readonly rollback?: number } = {}): void {
    this.#host.note('restart');
    this.#host.restart(options.downFor ?? 0, options.rollback ?? 0);
  }

  /** Cuts the connections, then moves a price so that resting orders fill while nobody looks. */
  fillDuringDisconnect(which: number | string, price: number, target: Target = {}): void {
    this.cut(target);
    this.#host.setPrice(which, price);
  }

  /** The terminal's setting that puts `$LEDGER-` before the per-currency tags of account updates, from the next message on. */
  prefixLedger(isOn = true): void {
    this.#host.prefixLedger(isOn);
    this.#host.note(`prefixLedger ${isOn}`);
  }

  /** Accepts new connections without a greeting. */
  mute(isOn = true): void {
    this.isMute = isOn;
    this.#host.note(`mute ${isOn}`);
  }

  /** Runs something when the next request of a kind comes, before it is answered. */
  whenAsked(kind: OutgoingKind, run: () => void): void {
    const waiting = this.#heard.get(kind) ?? [];
    waiting.push(run);
    this.#heard.set(kind, waiting);
  }

  /** Runs something once so many frames have been sent, counted over all clients from now on. */
  afterFrames(count: number, run: () => void): void {
    this.#framesWanted.push({ at: this.#frames + count, run });
    this.isBending = true;
  }

  /** What becomes of a message that is about to be sent. */
  fateOf(kind: IncomingKind): Fate {
    if (!this.isBending) return 'send';
    this.#count();
    const fault = this.#fates.get(kind);
    if (fault === undefined) return 'send';
    fault.left -= 1;
    if (fault.left <= 0) this.straighten(kind);
    return fault.fate;
  }

  /** True when a request is to be answered. */
  takes(_client: Client, message: Outgoing): boolean {
    const waiting = this.#heard.get(message.kind);
    if (waiting !== undefined) {
      this.#heard.delete(message.kind);
      for (const run of waiting) run();
    }
    const left = this.#never.get(message.kind);
    if (left === undefined) return true;
    if (left <= 1) this.#never.delete(message.kind);
    else this.#never.set(message.kind, left - 1);
    return false;
  }

  /** True when no market data flows; asked of one instrument, also when its farm is broken. */
  isSilent(instrument?: FarmSubject): boolean {
    if (this.isLost || this.isCompeting) return true;
    return this.farms.hasBroken && instrument !== undefined && this.farms.isBroken(marketFarmOf(instrument));
  }

  /** Whether what the client sends is read and not answered. */
  isDeaf(client: Client): boolean {
    return (this.isMute && client.serverVersion === 0) || this.#deaf.has(client);
  }

  /** The client is gone. */
  forget(client: Client): void {
    this.#deaf.delete(client);
  }

  #bend(kind: IncomingKind, fate: Fate, count: number): void {
    this.#host.note(`${typeof fate === 'object' ? `delay ${fate.after}` : fate} ${kind}`);
    this.#fates.set(kind, { fate, left: count });
    this.isBending = true;
  }

  #count(): void {
    this.#frames += 1;
    if (this.#framesWanted.length === 0) return;
    const due = this.#framesWanted.filter(({ at }) => at <= this.#frames);
    if (due.length === 0) return;
    this.#framesWanted = this.#framesWanted.filter(({ at }) => at > this.#frames);
    this.isBending = this.#framesWanted.length > 0 || this.#fates.size > 0;
    for (const { run } of due) run();
  }

  #shape(client: Client, shaper: Client['wire']['shaper']): void {
    client.wire.flush();
    client.wire.shaper?.release();
    client.wire.shaper = shaper;
  }

  #say(code: number, text: string): void {
    this.#host.note(`${code} ${text}`);
    for (const client of this.#host.clients) if (client.isStarted) client.error(-1, code, text);
  }

  #on(what: string, { clientId }: Target): Client[] {
    this.#host.note(clientId === undefined ? what : `${what} for client ${clientId}`);
    return [...this.#host.clients].filter((client) => clientId === undefined || client.clientId === clientId);
  }
}
