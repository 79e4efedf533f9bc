// The listening side of a simulated gateway: lets clients in, keeps what they share, and ends with everything put away.
import type { Outgoing } from '../../protocol/registry.js';
import type { AccountBook } from '../accounts/account-book.js';
import type { Clock } from '../clock.js';
import { Faults } from '../faults/faults.js';
import { MatchingEngine } from '../matching/engine.js';
import type { EngineOptions } from '../matching/engine-state.js';
import type { World } from '../world/world.js';
import { Client } from './client.js';
import { keepDays } from './day.js';
import type { Carrier, Entrance, Network } from './network.js';
import type { Settings } from './options.js';
import { tellClients } from './orders-out.js';
import type { PacingLimits } from './pacing/limits.js';
import { HistoryPacing, Lines } from './pacing/pacing.js';
import { Bounded, type LogEntry } from './record.js';
import { serve } from './session.js';
import type { Gateway, Memory } from './state.js';
import { QuoteStreams } from './streams/quote-streams.js';
import { surroundingsOf } from './surroundings.js';

/** A request as it was decoded, and who sent it. */
export interface ReceivedRequest {
  /** Counts connections from 1. */
  readonly connection: number;
  /** −1 before startApi. */
  readonly clientId: number;
  readonly message: Outgoing;
}

/** What went out so far, and what is in use. */
export interface Traffic {
  /** Frames and bytes sent to clients, those that are gone included. */
  readonly frames: number;
  readonly bytes: number;
  /** Market-data lines in use. */
  readonly lines: number;
}

export interface ServerSetup {
  readonly settings: Settings;
  readonly limits: PacingLimits;
  readonly seed: number;
  readonly clock: Clock;
  readonly world: World;
  readonly accounts: AccountBook;
  readonly engine: EngineOptions;
  readonly network: Network;
  readonly host: string;
  readonly port: number;
}

export class GatewayServer {
  readonly gateway: Gateway;
  readonly faults: Faults;
  readonly received: Bounded<ReceivedRequest>;
  readonly log: Bounded<LogEntry>;
  readonly #setup: ServerSetup;
  readonly #clients = new Set<Client>();
  readonly #heldIds = new Map<number, number>();
  readonly #depthResets = new Set<() => void>();
  readonly #logListeners = new Set<(entry: LogEntry) => void>();
  readonly #stopDays: () => void;
  readonly #entrance: Entrance;
  #connections = 0;
  #goneFrames = 0;
  #goneBytes = 0;
  #isClosed = false;

  constructor(setup: ServerSetup) {
    this.#setup = setup;
    const { settings, limits, clock, world, accounts } = setup;
    this.received = new Bounded(settings.keep);
    this.log = new Bounded(settings.keep);
    const memory: Memory = {
      advisor: new Map(),
      displayGroups: new Map(),
      tickByTickAsked: new Map(),
      nextIds: new Map(),
      terminal: settings.terminal,
      config: {},
    };
    this.faults = new Faults({
      clients: this.#clients,
      note: (text) => this.note(undefined, 'fault', text),
      dropStreams: () => this.#dropStreams(),
      refuseStreams: () => this.#refuseStreams(),
      setPrice: (which, price) => world.market.set(which, price),
      restart: (downFor, rollback) => this.#restart(downFor, rollback),
      movePort: (port) => this.#movePort(port),
      prefixLedger: (isOn) => {
        memory.terminal = { ...memory.terminal, ledgerPrefix: isOn };
      },
      link: (isThere) => void this.gateway.engine.setLink(isThere),
    });
    const parts = { settings, memory, clock, world, accounts, faults: this.faults, options: setup.engine };
    const engine = new MatchingEngine(surroundingsOf(parts));
    const quotes = new QuoteStreams(world.market);
    quotes.isSilent = (instrument) => this.faults.isSilent(instrument);
    this.gateway = {
      settings,
      seed: setup.seed,
      clock,
      world,
      accounts,
      engine,
      clients: this.#clients,
      limits,
      lines: new Lines(limits.lines),
      depthLines: new Lines(limits.depth),
      tickLines: new Lines(limits.tickByTick),
      history: new HistoryPacing(limits),
      quotes,
      faults: this.faults,
      memory,
      onDepthReset: (run) => {
        this.#depthResets.add(run);
        return () => this.#depthResets.delete(run);
      },
      isTaken: (clientId) => this.#isTaken(clientId),
      log: (client, what, text) => this.note(client, what, text),
    };
    engine.onEvent((event) => tellClients(this.gateway, event));
    this.#stopDays = keepDays(accounts, clock);
    this.#entrance = setup.network.entrance(setup.host, (socket) => this.#let(socket));
  }

  get port(): number {
    return this.#entrance.port;
  }

  /** Adds a listener for log entries; returns the way to stop. */
  onLog(listener: (entry: LogEntry) => void): () => void {
    this.#logListeners.add(listener);
    return () => this.#logListeners.delete(listener);
  }

  note(client: Client | undefined, what: LogEntry['what'], text: string): void {
    const clientId = client === undefined || client.clientId < 0 ? undefined : client.clientId;
    const entry: LogEntry = { time: this.#setup.clock.now(), connection: client?.number ?? 0, clientId, what, text };
    this.log.add(entry);
    for (const listener of this.#logListeners) listener(entry);
  }

  async listen(port: number = this.#setup.port): Promise<void> {
    await this.#entrance.listen(port);
    this.note(undefined, 'listening', `on port ${this.port}`);
  }

  get traffic(): Traffic {
    let frames = this.#goneFrames;
    let bytes = this.#goneBytes;
    for (const { wire } of this.#clients) {
      frames += wire.frames;
      bytes += wire.written;
    }
    return { frames, bytes, lines: this.gateway.lines.size };
  }

  /** Empties every depth book of every client (317). */
  resetDepth(): void {
    for (const reset of [...this.#depthResets]) reset();
  }

  /** Ends every connection and every timer. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const client of [...this.#clients]) client.cut();
    this.gateway.engine.close();
    this.gateway.quotes.close();
    this.gateway.world.close();
    this.#stopDays();
    await this.#entrance.close();
    this.#logListeners.clear();
  }

  #let(socket: Carrier): void {
    const { settings, limits, clock, network } = this.#setup;
    this.#connections += 1;
    const client = new Client({
      socket,
      network,
      number: this.#connections,
      settings,
      limits,
      now: () => clock.now(),
      fate: (_client, kind) => this.faults.fateOf(kind),
      later: (ms, run) => void clock.at(clock.now() + ms, run),
      onError: (one, reqId, code, text) => this.note(one, 'error', `${code} ${text} (${reqId})`),
      onOverflow: (one) => this.#drop(one),
      terminal: () => this.gateway.memory.terminal,
      isBending: () => this.faults.isBending,
    });
    this.#makeRoom(settings.maxWaiting);
    this.#clients.add(client);
    this.note(client, 'connected', `${socket.remoteAddress ?? ''}:${socket.remotePort ?? ''}`);
    serve(socket, client, {
      gateway: this.gateway,
      network,
      received: (one, message) => {
        this.received.add({ connection: one.number, clientId: one.clientId, message });
        this.note(one, 'request', message.kind);
      },
      closed: (one) => this.#forget(one),
    });
  }

  /** Connections that never say startApi take no place of a client; beyond their own bound the oldest of them ends. */
  #makeRoom(most: number): void {
    const waiting = [...this.#clients].filter(({ isStarted, isOpen }) => isOpen && !isStarted);
    for (const client of waiting.slice(0, Math.max(0, waiting.length + 1 - most))) {
      this.note(client, 'trouble', `more than ${most} connections have not come to startApi`);
      client.cut();
    }
  }

  #drop(client: Client): void {
    if (!client.isOpen) return;
    this.note(client, 'trouble', `the client does not read: ${client.wire.unread} bytes wait`);
    client.cut();
  }

  #forget(client: Client): void {
    if (!this.#clients.delete(client)) return;
    this.#goneFrames += client.wire.frames;
    this.#goneBytes += client.wire.written;
    this.faults.forget(client);
    const { clientIdHeldFor } = this.#setup.settings;
    if (client.isStarted && clientIdHeldFor > 0) this.#heldIds.set(client.clientId, this.#setup.clock.now() + clientIdHeldFor);
    this.note(client, 'closed', '');
  }

  #isTaken(clientId: number): boolean {
    for (const client of this.#clients) if (client.isStarted && client.isOpen && client.clientId === clientId) return true;
    const until = this.#heldIds.get(clientId);
    if (until === undefined) return false;
    if (this.#setup.clock.now() < until) return true;
    this.#heldIds.delete(clientId);
    return false;
  }

  #dropStreams(): void {
    for (const client of this.#clients) {
      for (const reqId of client.held.requests('bars'))
        client.error(reqId ?? -1, 10182, 'Failed to request live updates (disconnected).');
      client.held.releaseAll(['quotes', 'depth', 'tickByTick', 'fiveSecondBars', 'bars', 'scan']);
    }
  }

  #refuseStreams(): void {
    for (const client of this.#clients)
      for (const reqId of client.held.requests('quotes'))
        client.error(reqId ?? -1, 10197, 'No market data during competing live session');
  }

  #restart(downFor: number, rollback: number): void {
    const { engine, clock, memory } = { ...this.gateway, clock: this.#setup.clock };
    for (const client of [...this.#clients]) {
      if (rollback > 0 && client.isStarted)
        memory.nextIds.set(client.clientId, Math.max(1, engine.nextValidId(client.clientId) - rollback));
      client.cut();
    }
    engine.forgetStaged();
    this.#heldIds.clear();
    if (downFor <= 0) return;
    const { port } = this;
    void this.#entrance.close().then(() => {
      clock.at(clock.now() + downFor, () => {
        if (this.#isClosed) return;
        this.listen(port).catch((error: unknown) => this.note(undefined, 'trouble', String(error)));
      });
    });
  }

  async #movePort(port: number): Promise<number> {
    await this.listen(port);
    for (const client of [...this.#clients]) {
      client.error(
        -1,
        1300,
        `TWS socket port has been reset and this connection is being dropped.\nPlease reconnect on the new port - ${this.port}`,
      );
      client.end();
    }
    return this.port;
  }
}
