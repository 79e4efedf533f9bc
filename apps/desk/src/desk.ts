// The desk: store, settings, tokens, the one connection, and the one way through for orders. Faces stand on it.

import { randomBytes } from 'node:crypto';
import type { ServeBusOptions, ServedBus } from '@ibwire/bus';
import { webGateway } from '@ibwire/web';
import { type KillSwitch, killSwitch, limitsForLines, wallTimer } from 'ibwire';
import { type SimulatedGateway, type SimulateOptions, simulate } from 'ibwire/gateway';
import { busLink } from './bus/link.js';
import type { Timer } from './clock.js';
import { createDrafts, type Drafts } from './orders/drafts.js';
import { createFollower, type Follower } from './orders/follow.js';
import { type OrderGate, orderGate } from './orders/limits.js';
import { createOrderDesk, type OrderDesk } from './orders/order-desk.js';
import { createPreviewer, type Previewer } from './orders/preview.js';
import { recover } from './orders/recover.js';
import { tellOrders } from './orders/tell-orders.js';
import { createRing, type Ring } from './ring.js';
import { createDefaults, type Defaults } from './session/account.js';
import { type ConnectAsked, type Connection, createConnection } from './session/connection.js';
import { createPnlLines, type PnlLines } from './session/pnl-lines.js';
import { createRecording, type Recording } from './session/recording.js';
import { openSettings, type Settings } from './settings.js';
import { openStore, type Store } from './store/store.js';
import { openTokens, type Tokens } from './tokens.js';

export interface DeskOptions {
  /** File of the database, `:memory:`, or a PostgreSQL URL. */
  readonly db: string;
  /** Starts a simulated gateway in this process and connects to it. */
  readonly simulate?: boolean | SimulateOptions;
  /** With `simulate`: the session goes over the Web API, by a simulated web gateway before the same world. */
  readonly kind?: 'socket' | 'web' | undefined;
  /** Connects to this gateway at the start. */
  readonly connect?: ConnectAsked;
  /** File with the other sources of the portfolio, as `ibwire-portfolio --config` takes it; read at each question. */
  readonly portfolio?: string | undefined;
  /** Folder of captures; without one nothing can be recorded. */
  readonly captures?: string | undefined;
  /** Market-data lines of the login; default 100. Message rate and depth go by them. */
  readonly lines?: number | undefined;
  /** Joins a bus; with `lease` the gateway is connected with only while this desk leads. */
  readonly bus?: ServeBusOptions;
  /** Clock of drafts, approvals and ages; default: the machine's. */
  readonly timer?: Timer;
  /** Clock of the session with the gateway: its deadlines and the hours of the week; default: the machine's. */
  readonly sessionTimer?: Timer;
}

export interface Desk {
  readonly store: Store;
  readonly settings: Settings;
  readonly tokens: Tokens;
  readonly ring: Ring;
  readonly timer: Timer;
  readonly connection: Connection;
  readonly recording: Recording;
  readonly drafts: Drafts;
  readonly follower: Follower;
  readonly previewer: Previewer;
  readonly orders: OrderDesk;
  /** Profit and loss of single positions. */
  readonly pnl: PnlLines;
  /** Accounts that callers have chosen for themselves. */
  readonly defaults: Defaults;
  /** The gateway of this process; undefined without one. */
  readonly gateway: SimulatedGateway | undefined;
  /** File with the other sources of the portfolio. */
  readonly portfolio: string | undefined;
  /** The bus that it has joined; undefined: none. */
  readonly bus: ServedBus | undefined;
  gate(): OrderGate;
  /** Nothing leaves any more. `keepsWorking`: what works is not cancelled. */
  stop(reason: string, by: string, keepsWorking?: boolean): Promise<void>;
  release(by: string): Promise<void>;
  disconnect(why: string): Promise<void>;
  /** Asks the gateway what became of orders whose outcome is not known. */
  recover(): Promise<void>;
  /** Writes what is to be written, then ends everything. */
  close(): Promise<void>;
}

const SWEEP_MS = 30_000;

export async function openDesk(options: DeskOptions): Promise<Desk> {
  const timer = options.timer ?? wallTimer;
  const store = await openStore(options.db);
  const settings = await openSettings(store);
  const tokens = await openTokens(store, timer);
  const ring = createRing();
  const gateway =
    options.simulate === undefined || options.simulate === false
      ? undefined
      : await simulate(options.simulate === true ? {} : options.simulate);
  const switched: KillSwitch = killSwitch();
  if (settings.stop !== undefined && settings.stop.keepsWorking !== true) switched.engage(settings.stop.reason);
  const link = busLink(options.bus, timer, ring);
  let gate: OrderGate | undefined;
  const need = (): OrderGate => {
    if (gate === undefined) throw new TypeError('no session was opened yet');
    return gate;
  };
  const recording = createRecording(options.captures, timer);
  const connection: Connection = createConnection({
    store,
    timer,
    ring,
    connectOptions: {
      ...(options.sessionTimer === undefined ? {} : { timer: options.sessionTimer }),
      ...(options.lines === undefined ? {} : { limits: limitsForLines(options.lines) }),
      tap: recording.tap,
    },
    ownGateway: gateway === undefined ? undefined : { host: gateway.host, port: gateway.port },
    orders() {
      const random = (): string => randomBytes(16).toString('base64url');
      gate = orderGate({ store, settings, lines: connection.lines, killSwitch: switched, timer, random });
      return link.guarded(gate.options);
    },
    gate: need,
  });
  const defaults = createDefaults();
  const pnl = createPnlLines(timer);
  const drafts = link.kept(createDrafts(store, timer, ring));
  const follower = createFollower(store, drafts, settings, timer, ring);
  const previewer = createPreviewer({ lines: connection.lines, settings, timer, confirm: () => need().confirm });
  const orders = createOrderDesk({ store, drafts, connection, previewer, follower, settings, defaults, gate: need, timer });
  const isShared = options.bus?.lease === true;
  let isNewWorld = gateway !== undefined;
  connection.onOpened(async (connected) => {
    follower.forget();
    pnl.closeAll();
    tellOrders(connected.ib.orders.book.events, ring);
    await recover(connected, { store, drafts, follower, isNewWorld, isShared });
    if (connected.mode === 'simulated') isNewWorld = false;
  });
  let stopSweep = (): void => {};
  const sweep = (): void => {
    connection.lines.sweep();
    pnl.sweep();
    orders.expire().catch(() => {});
    stopSweep = timer.after(SWEEP_MS, sweep);
  };
  stopSweep = timer.after(SWEEP_MS, sweep);

  const desk: Desk = {
    ...{
      store,
      settings,
      tokens,
      ring,
      timer,
      connection,
      recording,
      drafts,
      follower,
      previewer,
      orders,
      pnl,
      defaults,
      gateway,
      portfolio: options.portfolio,
    },
    get bus() {
      return link.bus;
    },
    gate: need,
    async stop(reason, by, keepsWorking = false) {
      const since = new Date(timer.now()).toISOString();
      const kept = settings.setStop({ reason, since, by, ...(keepsWorking && { keepsWorking }) });
      // At once, whatever the database does; a guard reads the stop itself.
      if (!keepsWorking) switched.engage(reason);
      ring.push('session', { is: 'stopped', reason, by });
      await kept;
      await drafts.log({ account: '' }, 'stop', { who: by, outcome: 'stopped', detail: { reason, keepsWorking } });
    },
    async release(by) {
      await drafts.log({ account: '' }, 'release', { who: by, outcome: 'released' });
      await settings.setStop(undefined);
      await settings.setBreaker({ rejections: 0, since: undefined });
      switched.release();
      ring.push('session', { is: 'released', by });
    },
    async disconnect(why) {
      await follower.settled();
      pnl.closeAll();
      await connection.close(why);
      follower.forget();
    },
    async recover() {
      await recover(connection.need(), { store, drafts, follower, isNewWorld: false, isShared });
    },
    async close() {
      stopSweep();
      await link.bus?.close();
      await desk.disconnect('the desk ends');
      await recording.close();
      await gateway?.close();
      await store.flush().catch(() => {});
      await store.close();
    },
  };
  const door = gateway !== undefined && options.kind === 'web' ? webGateway(gateway) : undefined;
  const web = door === undefined ? {} : { web: { send: door.send, stream: door.stream } };
  const asked = gateway === undefined ? options.connect : { host: gateway.host, port: gateway.port, clientId: 1, ...web };
  try {
    if (options.bus === undefined && asked !== undefined) await connection.open(asked);
    await link.join(desk, asked);
  } catch (error) {
    await desk.close();
    throw error;
  }
  return desk;
}
