// The desk's side of the bus: takes requests while it leads, publishes streams and order events, keeps the log.

import type { Msg, NatsConnection } from '@nats-io/transport-node';
import type { Ib } from 'ibwire';
import { answer, keyOf, refuse, type Told } from '../answers.js';
import { type Lease, watchLease } from '../log/lease.js';
import { type Log, type LogLine, openLog, ReplacedError } from '../log/log.js';
import { type NatsOptions, openNats } from '../nats.js';
import { accountReads, isRead } from '../reads.js';
import { type Asked, checkName, type Need, readSubject, requestSubjects, type Subjects, subjectsOf } from '../subjects.js';
import { fromText, toText } from '../values.js';
import { keepOrderEvents, type Replay, type ReplayPage, type ToldEvent } from './order-events.js';
import { type LineUse, type StreamAsk, serveStreams } from './streams.js';

/** Who asks for a command, as the subject says it. */
export interface BusCaller {
  readonly who: string;
  readonly need: Need;
  /** The only account that may be seen and named; undefined: none may. */
  readonly account: string | undefined;
  readonly key: string | undefined;
}

/** What the bus needs of a desk. */
export interface DeskSide {
  /** The session. @throws when there is none. */
  ib(): Ib;
  /** Runs a command of the desk's table. @throws what `told` tells. */
  run(command: string, input: unknown, caller: BusCaller): Promise<unknown>;
  /** The draft of a key; undefined: the desk has never seen it. */
  byKey(caller: Omit<BusCaller, 'need'>): Promise<unknown>;
  told(error: unknown): Told;
  /** Calls the listener with each order event and its account; returns what takes it out again. */
  onOrders(listener: (account: string, event: unknown) => void): () => void;
  /** The same of the session's state. */
  onSession(listener: (state: unknown) => void): () => void;
  /** Takes lines of the log that are new to it, oldest first: of other desks, and its own once more. */
  learn(lines: AsyncIterable<LogLine>): Promise<void>;
  /** It leads, and has learnt the log: a session is opened and reconciled. */
  lead(): Promise<void>;
  /** It leads no more: the session ends. */
  follow(): Promise<void>;
  trouble(text: string): void;
}

export interface ServeBusOptions extends NatsOptions {
  /** Name of the bus: the first word of its subjects. Default `desk`. */
  readonly name?: string;
  /** Name of this desk, unlike that of every other on the bus. */
  readonly desk: string;
  /** Keeps the order log and order events in JetStream: an order whose line is not acknowledged does not leave. Default false. */
  readonly log?: boolean;
  /** Leads only while it holds the lease; needs JetStream and `log`. Default false: this desk is the only one. */
  readonly lease?: boolean;
  /** Needs that the bus may be used for. Default `read` and `propose`: nobody approves over it. */
  readonly needs?: readonly Need[];
  after?(ms: number, work: () => void): () => void;
}

export interface ServedBus {
  readonly connection: NatsConnection;
  readonly subjects: Subjects;
  /** Name of this desk. */
  readonly desk: string;
  readonly leads: boolean;
  /** Number under which it leads; 0 without a lease. */
  readonly fence: number;
  readonly lines: readonly LineUse[];
  /** Leads, or with a lease seeks to lead from now on. @throws what leading throws, where there is no lease. */
  start(): Promise<void>;
  /** Why nothing may leave at this moment; undefined: it may. Asked in the turn in which the bytes leave. */
  whyNot(): string | undefined;
  /** Keeps a line of the order log; resolves when the server has it. `isLeaving`: something waits for it. @throws {ReplacedError} {UnkeptError} */
  keep(account: string | undefined, line: unknown, isLeaving?: boolean): Promise<void>;
  close(): Promise<void>;
}

const wallAfter = (ms: number, work: () => void): (() => void) => {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
};
const DEFAULT_NEEDS: readonly Need[] = ['read', 'propose'];
/** An order whose line is not kept in so long does not leave. */
const KEEP_MS = 3_000;
const LEARN_MS = 1_000;
/** Lines of the log in one answer. */
const PAGE = 500;
const PAGE_BYTES = 256 * 1024;
/** Clocks of desks and servers may differ so far. */
const OVERLAP_MS = 60_000;

/** As many as one answer should hold, so that who was slow is not drowned again; `more`: others follow. */
function paged(told: Replay): ReplayPage {
  let [count, bytes] = [0, 0];
  for (const one of told.events) {
    bytes += toText(one).length;
    if (count > 0 && (bytes > PAGE_BYTES || count === PAGE)) break;
    count++;
  }
  return { ...told, events: told.events.slice(0, count), more: count < told.events.length };
}

/** Events behind the last that a consumer has (`run` 0: it has none), or lines of the log. */
type ReplayAsk =
  | { readonly run: number; readonly n: number; readonly at: number }
  | { readonly log: { readonly seq?: number; readonly time?: number } };

/** Joins a bus as a desk, which leads once it is started. @throws what connecting throws, {TypeError} for a name that is none. */
export async function serveBus(side: DeskSide, options: ServeBusOptions): Promise<ServedBus> {
  const { name = 'desk', log: wantsLog = false, lease: wantsLease = false, needs = DEFAULT_NEEDS, after = wallAfter } = options;
  if (wantsLease && !wantsLog) throw new TypeError('a lease needs the order log: give log too');
  const desk = checkName('desk', options.desk);
  const subjects = subjectsOf(name);
  const connection = await openNats(options, desk);
  const run = Math.floor(Math.random() * 0xffff_ffff) + 1;
  const events = keepOrderEvents(run);
  const log: Log | undefined = wantsLog ? await openLog(connection, subjects, after) : undefined;
  const streams = serveStreams({
    ...{ run, after },
    ib: () => side.ib(),
    publish: (stream, frame) => connection.publish(subjects.frames(stream), frame),
    now: () => performance.now(),
    events: (account) => events.count(account),
  });

  /** Keys that are being worked on, each with who gave it. */
  const running = new Set<string>();

  const takeCall = async ({ call, account }: Asked, body: unknown): Promise<unknown> => {
    const args = (body as { readonly args?: readonly unknown[] }).args ?? [];
    const [family = '', method = ''] = call.split('.');
    if (family === 'accounts' && (accountReads as readonly string[]).includes(method)) {
      if (account === undefined) throw new TypeError(`${call} is asked of one account`);
      const [how] = args as [object?];
      if (method === 'positions') return side.ib().accounts.positions({ ...how, account });
      return side.ib().accounts.numbers(account, how ?? {});
    }
    if (!isRead(call)) throw new TypeError(`${call} is no call of the bus`);
    const facade = side.ib()[family as 'contracts'] as unknown as Record<string, (...of: readonly unknown[]) => unknown>;
    return facade[method]?.(...args);
  };
  /** Events behind the last that a consumer has; of another run of a desk they stand in the log, where one is kept. */
  const replayed = async (account: string, asked: ReplayAsk): Promise<unknown> => {
    if ('log' in asked) {
      if (log === undefined) throw new TypeError('this desk keeps no log on the bus: start it with --bus-log');
      const page: LogLine[] = [];
      for await (const line of log.read(asked.log, subjects.kept(account))) if (page.push(line) === PAGE) break;
      return page;
    }
    const told = events.after(account, asked.run, asked.n);
    if (!told.missed || log === undefined || asked.run === 0) return paged(told);
    const since: ToldEvent[] = [];
    let isFound = false;
    for await (const { line } of log.read({ time: asked.at - OVERLAP_MS }, subjects.orders(account))) {
      const one = line as ToldEvent;
      if (isFound) since.push(one);
      else if (one.run === asked.run && one.n >= asked.n) {
        isFound = true;
        if (one.n > asked.n) since.push(one);
      }
    }
    // What this run has told is in the log or on its way there.
    const rest = events.after(account, run, 0).events;
    const inLog = new Set(since.filter((one) => one.run === run).map(({ n }) => n));
    return paged({ ...told, missed: !isFound, events: [...since, ...rest.filter(({ n }) => !inLog.has(n))] });
  };
  const taken = async (asked: Asked, body: unknown, key: string | undefined): Promise<unknown> => {
    const { who, account, need = 'read' } = asked;
    switch (asked.verb) {
      case 'streams':
        return streams.take(body as StreamAsk);
      case 'ask':
        return takeCall(asked, body);
      case 'do':
        if (!needs.includes(need))
          throw new TypeError(`${need} is not allowed over this bus: the desk was started for ${needs.join(', ')}`);
        return side.run(asked.call, body, { who, need, account, key });
      case 'key': {
        if (running.has(`${who} ${key}`)) return { running: true };
        const draft = await side.byKey({ who, account, key });
        return draft === undefined ? null : { draft };
      }
      case 'replay':
        return replayed(account ?? '', body as ReplayAsk);
      default:
        throw new TypeError('no such request');
    }
  };
  const take = async (message: Msg): Promise<void> => {
    const asked = readSubject(subjects, message.subject);
    if (message.reply === undefined || message.reply === '') return;
    try {
      if (asked === undefined) throw new TypeError(`${message.subject} is no request of a bus`);
      const why = whyNot();
      if (why !== undefined && asked.verb !== 'streams') throw new TypeError(why);
      const key = keyOf(message);
      const name = asked.verb === 'do' && key !== undefined ? `${asked.who} ${key}` : undefined;
      if (name !== undefined) running.add(name);
      try {
        answer(message, await taken(asked, fromText(message.string()), key));
      } finally {
        if (name !== undefined) running.delete(name);
      }
    } catch (error) {
      const told = side.told(error);
      if (told.code === 'internal')
        side.trouble(`${message.subject}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      refuse(message, told);
    }
  };

  /** Number of the last line that this desk has learnt. */
  let learnt = 0;
  let learning: Promise<void> = Promise.resolve();
  const learn = (): Promise<void> => {
    const work = async (): Promise<void> => {
      if (log === undefined) return;
      let last = learnt;
      const lines = async function* (): AsyncGenerator<LogLine> {
        for await (const line of log.read({ seq: learnt + 1 }, `${subjects.root}.kept.log.>`)) {
          last = line.seq;
          yield line;
        }
      };
      await side.learn(lines());
      learnt = last;
    };
    const next = learning.then(work);
    learning = next.catch(() => {});
    return next;
  };
  /** A follower learns as it goes, so that it can lead at once. */
  let stopLearning = (): void => {};
  const keepLearning = (): void => {
    stopLearning = after(LEARN_MS, () => {
      const done = leads ? Promise.resolve() : learn().catch((error: unknown) => side.trouble(String(error)));
      void done.then(() => {
        if (!isOver) keepLearning();
      });
    });
  };

  let isOver = false;
  let leads = false;
  let offs: (() => void)[] = [];
  const tellEvent = (account: string, event: unknown): void => {
    const told = events.add(account, event);
    const subject = subjects.orders(account);
    if (log === undefined) {
      connection.publish(subject, toText(told));
      return;
    }
    log.append(subject, told).catch((error: unknown) => side.trouble(error instanceof Error ? error.message : String(error)));
  };
  const start = async (fence: number): Promise<void> => {
    if (log !== undefined) await log.claim({ what: 'lead', desk, fence, run });
    offs.push(side.onOrders(tellEvent));
    await learn();
    await side.lead();
    offs.push(side.onSession((state) => connection.publish(subjects.session, toText({ run, state }))));
    leads = true;
    for (const subject of requestSubjects(subjects)) {
      const subscription = connection.subscribe(subject, {
        callback(error, message) {
          if (error === null) void take(message);
        },
      });
      offs.push(() => subscription.unsubscribe());
    }
    await connection.flush();
    connection.publish(subjects.session, toText({ run, state: { is: 'leads', desk, fence } }));
  };
  const stop = async (): Promise<void> => {
    leads = false;
    for (const off of offs) off();
    offs = [];
    streams.close();
    await side.follow();
  };

  let lease: Lease | undefined;
  const seek = async (): Promise<void> => {
    keepLearning();
    lease = await watchLease({
      ...{ connection, desk, after },
      bucket: `${subjects.root.replaceAll('.', '-')}-lease`,
      steady: () => performance.now(),
      taken: (fence) =>
        start(fence).catch(async (error: unknown) => {
          await stop();
          throw error;
        }),
      lost: stop,
      trouble: (error) => side.trouble(error instanceof Error ? error.message : String(error)),
    });
  };
  const whyNot = (): string | undefined => {
    if (!wantsLease || lease?.isHeld === true) return undefined;
    if (leads) return `the lease of desk ${desk} could not be renewed: nothing may leave`;
    return `desk ${lease?.seen?.desk ?? 'another'} leads: nothing may leave here`;
  };

  return {
    connection,
    subjects,
    desk,
    whyNot,
    get leads() {
      return leads && whyNot() === undefined;
    },
    get fence() {
      return lease?.fence ?? 0;
    },
    get lines() {
      return streams.lines;
    },
    start: () => (wantsLease ? seek() : start(0)),
    async keep(account, line, isLeaving = false) {
      if (log === undefined) return;
      await log.append(subjects.log(account), line, isLeaving ? KEEP_MS : undefined);
      if (isLeaving && whyNot() !== undefined) throw new ReplacedError();
    },
    async close() {
      isOver = true;
      stopLearning();
      const led = leads;
      leads = false;
      for (const off of offs) off();
      offs = [];
      streams.close();
      if (led) await side.follow();
      await lease?.release();
      await connection.drain().catch(() => {});
    },
  };
}
