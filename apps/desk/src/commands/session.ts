// The session: its state, how to open and close it, how it is.

import { explain } from 'ibwire';
import * as z from 'zod';
import { Problem } from '../problem.js';
import { accountsFor } from '../session/account.js';
import { troublesOf } from '../session/troubles.js';
import { webAsked } from '../session/web/web-ib.js';
import { command } from './command.js';
import { stoppedOut } from './control.js';
import { empty, instant, mode, outsideText } from './schemas.js';

/** Quotes that a session can ask for. */
export const MARKET_DATA = z.enum(['live', 'frozen', 'delayed', 'delayedFrozen']);

export const statusOut = z
  .object({
    connected: z.boolean(),
    state: z.string().describe('idle, connecting, ready, degraded, reconnecting, closed'),
    mode,
    host: z.string().optional(),
    port: z.int().optional(),
    clientId: z.int().optional(),
    serverVersion: z.int().optional(),
    accounts: z.array(z.string()),
    isReadOnly: z.boolean(),
    marketData: MARKET_DATA.optional().describe('Quotes that the session asks for; each says itself what it is'),
    cause: z.string().optional().describe('Why it is degraded, or was closed by nobody here'),
    retry: z
      .object({ attempt: z.int(), inMs: z.int() })
      .optional()
      .describe('While reconnecting: which try comes next, and in how long'),
    stopped: stoppedOut.optional(),
    circuitOpen: z.boolean(),
    lastEvent: z.int().describe('Number of the newest event: a stream that is opened `after` it misses nothing'),
  })
  .meta({ id: 'Status' });

const status = command({
  name: 'session.status',
  need: 'read',
  title: 'Status of the session',
  text: 'Whether the desk is connected, to what, and whether trading is stopped.',
  input: empty,
  output: statusOut,
  async run(_, { desk, who }) {
    const { current, retry, ended } = desk.connection;
    const { stop, breaker } = desk.settings;
    const state = current?.ib.state;
    const cause = state?.at === 'degraded' ? state.cause : current === undefined ? ended : undefined;
    return {
      connected: current?.ib.state.at === 'ready' || current?.ib.state.at === 'degraded',
      state: current?.ib.state.at ?? 'idle',
      mode: current?.mode ?? 'unknown',
      ...(current === undefined
        ? {}
        : {
            ...{ host: current.host, port: current.port, clientId: current.ib.clientId, serverVersion: current.ib.serverVersion },
            ...(current.web === undefined ? { marketData: current.marketData ?? ('live' as const) } : {}),
          }),
      ...(cause === undefined ? {} : { cause }),
      ...(state?.at !== 'reconnecting' || retry === undefined
        ? {}
        : { retry: { attempt: retry.attempt, inMs: Math.max(0, Math.round(retry.at - desk.timer.now())) } }),
      accounts: current === undefined ? [] : [...accountsFor(current, who)],
      isReadOnly: current?.ib.health.isReadOnly ?? false,
      ...(stop === undefined ? {} : { stopped: stop }),
      circuitOpen: breaker.since !== undefined,
      lastEvent: desk.ring.last,
    };
  },
});

const connect = command({
  name: 'session.connect',
  need: 'operate',
  title: 'Connect to a gateway',
  text: 'Opens the one session. TWS: 7496 live, 7497 paper; Gateway: 4001 live, 4002 paper. The account ids decide what it is.',
  input: z.strictObject({
    host: z.string().max(255).default('127.0.0.1'),
    port: z.int().min(1).max(65_535).optional().describe('Needed but for the Web API'),
    kind: z.enum(['socket', 'web']).default('socket').describe('`web`: the Web API, whose gateway is at `base`'),
    base: z.string().max(500).optional().describe('Address of the gateway of the Web API; default https://localhost:5000/v1/api'),
    fingerprint: z.string().max(200).optional().describe('Of its certificate, as `ibwire-web fingerprint` prints it'),
    clientId: z
      .int()
      .min(0)
      .max(2 ** 31 - 1)
      .default(1),
    account: z.string().min(2).max(20).optional().describe('Use only this account of the login'),
    readonly: z.boolean().optional().describe('Orders cannot even be encoded'),
    restart: z
      .strictObject({ at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/), zone: z.string().min(1).max(60) })
      .optional()
      .describe('When the application restarts by itself, as set in it: orders just before are held'),
    marketData: MARKET_DATA.optional().describe(
      'Quotes to ask for; default live. `delayed`: live ones where the login has the right to them, else delayed by some 15 minutes',
    ),
    askLive: z.boolean().optional().describe('A login with a live account needs `liveAccount`, once per start of the desk'),
    liveAccount: z.string().min(2).max(20).optional().describe('The live account, as a person typed it'),
  }),
  output: statusOut,
  async run(asked, call) {
    const { kind, base, fingerprint, port, ...rest } = asked;
    if (kind === 'web') {
      if (asked.marketData !== undefined)
        throw new Problem(400, 'input', 'No choice of market data', 'the Web API sends what the login may have', {
          remedy: 'Leave marketData out: every quote says what it is.',
        });
      await call.desk.connection.open({ ...rest, ...webAsked({ base, fingerprint }) });
    } else {
      if (port === undefined)
        throw new Problem(400, 'input', 'Which port', 'port is not given', {
          remedy: 'Name the port, such as 7497 for TWS on paper.',
        });
      await call.desk.connection.open({ ...rest, port });
    }
    return status.run({}, call);
  },
});

const disconnect = command({
  name: 'session.disconnect',
  need: 'operate',
  title: 'Disconnect',
  text: 'Ends the session. Orders at the broker live on; they are looked up at the next connection.',
  input: empty,
  output: statusOut,
  async run(_, call) {
    await call.desk.disconnect('closed by command');
    return status.run({}, call);
  },
});

const health = command({
  name: 'session.health',
  need: 'read',
  title: 'Health of the session',
  text: 'Link, farms that are down, what competes, streams, the newest notices; each trouble with its cause and what to do.',
  input: empty,
  output: z.object({
    state: z.string(),
    epoch: z.int(),
    since: instant.optional().describe('When the session was opened'),
    wire: z.enum(['text', 'protobuf']),
    roundTrip: z.object({ medianMs: z.number(), p99Ms: z.number(), count: z.int() }).optional(),
    silentForMs: z.int().optional(),
    farmsDown: z.array(z.object({ farm: z.string(), since: instant })),
    isMaintenance: z.boolean(),
    nextRestart: instant.optional(),
    competing: z.object({ code: z.int(), text: outsideText, at: instant }).optional(),
    openRequests: z.int(),
    liveStreams: z.int(),
    openQuotes: z.int(),
    staleQuotes: z.array(z.object({ symbol: z.string(), conId: z.int(), since: instant, cause: z.string() })),
    troubles: z.array(z.object({ what: z.string(), severity: z.enum(['bad', 'warn']), cause: z.string(), remedy: z.string() })),
    notices: z.array(z.object({ code: z.int(), text: outsideText, at: instant, meaning: z.string(), remedy: z.string() })),
  }),
  async run(_, { desk }) {
    const { connection } = desk;
    const { ib } = connection.need();
    const { health: told } = ib;
    connection.roundTrips.ask(ib);
    const { competing, openedAt, roundTrips } = connection;
    return {
      state: told.state.at,
      epoch: told.epoch,
      ...(openedAt === undefined ? {} : { since: new Date(openedAt).toISOString() }),
      wire: told.serverVersion > 200 ? ('protobuf' as const) : ('text' as const),
      ...(roundTrips.shown === undefined ? {} : { roundTrip: roundTrips.shown }),
      ...(told.silentFor === undefined ? {} : { silentForMs: Math.round(told.silentFor) }),
      farmsDown: told.farmsDown.map(({ farm, since }) => ({ farm, since: new Date(since).toISOString() })),
      isMaintenance: told.maintenance !== undefined,
      ...(told.nextRestart === undefined ? {} : { nextRestart: new Date(told.nextRestart).toISOString() }),
      ...(competing === undefined
        ? {}
        : { competing: { code: competing.code, text: { untrusted: competing.text }, at: new Date(competing.at).toISOString() } }),
      openRequests: told.openRequests,
      liveStreams: told.liveStreams,
      openQuotes: connection.lines.open.length,
      staleQuotes: connection.lines.open.flatMap(({ contract, state }) =>
        state.at === 'stale'
          ? [
              {
                symbol: contract.symbol ?? '',
                conId: contract.conId,
                since: new Date(state.since).toISOString(),
                cause: state.cause,
              },
            ]
          : [],
      ),
      troubles: [...troublesOf(connection, desk.timer.now())],
      notices: told.notices.map(({ code, text, at }) => {
        const { meaning, remedy } = explain(code, { text });
        return { code, text: { untrusted: text }, at: new Date(at).toISOString(), meaning, remedy };
      }),
    };
  },
});

const farms = command({
  name: 'session.farms',
  need: 'read',
  title: 'Data farms',
  text: 'The data farms that the gateway has spoken of and those that are down.',
  input: empty,
  output: z.object({ known: z.record(z.string(), z.unknown()), down: z.array(z.string()) }),
  async run(_, { desk }) {
    const { health: told } = desk.connection.need().ib;
    return {
      known: JSON.parse(JSON.stringify(told.farms instanceof Map ? Object.fromEntries(told.farms) : told.farms)) as Record<
        string,
        unknown
      >,
      down: told.farmsDown.map(({ farm }) => farm),
    };
  },
});

const budgets = command({
  name: 'session.budgets',
  need: 'read',
  title: 'Budgets of the gateway',
  text: 'How much of each budget of the gateway is used: messages a second, market data lines, history requests.',
  input: empty,
  output: z.object({
    budgets: z.array(z.object({ budget: z.string(), used: z.number(), limit: z.number(), freeInMs: z.number().optional() })),
    waiting: z.array(z.object({ lane: z.string(), count: z.int(), longestMs: z.number() })),
  }),
  async run(_, { desk }) {
    const view = desk.connection.need().ib.health.admission;
    return {
      budgets: (view?.budgets ?? []).map(({ budget, used, limit, freeInMs }) => ({
        budget,
        used,
        limit,
        ...(freeInMs === undefined ? {} : { freeInMs }),
      })),
      waiting: (view?.waiting ?? []).map((lane) => ({ ...lane })),
    };
  },
});

const log = command({
  name: 'session.log',
  need: 'read',
  title: 'Connections so far',
  text: 'Every connection of this desk: host, port, client id, mode, since when, until when and why it ended. Newest first.',
  input: z.strictObject({ limit: z.int().min(1).max(1000).default(50) }),
  output: z.array(
    z.object({
      host: z.string(),
      port: z.int(),
      clientId: z.int(),
      serverVersion: z.int().optional(),
      mode,
      since: instant,
      until: instant.optional(),
      why: z.string().optional(),
    }),
  ),
  async run({ limit }, { desk }) {
    await desk.connection.settled();
    const rows = await desk.store.db.selectFrom('connections').selectAll().orderBy('id', 'desc').limit(limit).execute();
    return rows.map((row) => ({
      host: row.host,
      port: row.port,
      clientId: row.client_id,
      ...(row.server_version === null ? {} : { serverVersion: row.server_version }),
      mode: row.mode as z.output<typeof mode>,
      since: row.since,
      ...(row.until === null ? {} : { until: row.until }),
      ...(row.why === null ? {} : { why: row.why }),
    }));
  },
});

const outages = command({
  name: 'session.outages',
  need: 'read',
  title: 'Times without certain data',
  text: 'When the link to the gateway, or the broker behind it, was away since the desk started, and why. Oldest first.',
  input: empty,
  output: z.object({
    outages: z.array(z.object({ from: instant, to: instant.optional().describe('Absent while it lasts'), cause: z.string() })),
  }),
  run: async (_, { desk }) => ({
    outages: desk.connection.outages.map(({ from, to, cause }) => ({
      from: new Date(from).toISOString(),
      ...(to === undefined ? {} : { to: new Date(to).toISOString() }),
      cause,
    })),
  }),
});

export const sessionCommands = [status, connect, disconnect, health, farms, budgets, log, outages] as const;
