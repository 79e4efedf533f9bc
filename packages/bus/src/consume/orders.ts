// Orders over the bus: requests to the desk that owns the account, never sent and forgotten. What was not answered is asked about
// by its key; it is not sent again.

import type { Subscription } from 'ibwire';
import { IbwireError } from 'ibwire';
import { NoAnswerError, NobodyLeadsError, type Questions } from '../answers.js';
import type { LogLine } from '../log/log.js';
import type { Need, Subjects } from '../subjects.js';
import type { OrderEvent } from './order-events.js';

/** A draft as the desk shows it: its state, its preview, what became of it. */
export type BusDraft = { readonly id: string; readonly state: string; readonly account: string } & Readonly<
  Record<string, unknown>
>;

/** The desk that leads has never seen a draft of this key: nothing was sent. */
export class NotTakenError extends IbwireError {
  readonly key: string;
  constructor(key: string) {
    super('NOT_TAKEN', `no desk has decided the draft of key ${key}: nothing was sent. Send it again under the same key.`);
    this.key = key;
  }
}

/** Nobody could be asked in time what became of it. */
export class OutcomeUnknownError extends IbwireError {
  readonly key: string;
  constructor(key: string, cause: unknown) {
    super('OUTCOME_UNKNOWN', `whether the draft of key ${key} was taken is not known: ask orders.outcome with the same key`, {
      cause,
    });
    this.key = key;
  }
}

export interface CommandHow {
  /** The account that it concerns, and the only one that it may name. */
  readonly account?: string | undefined;
  readonly key?: string | undefined;
  readonly timeout?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface DraftHow extends Omit<CommandHow, 'account' | 'key'> {
  readonly account: string;
  /** Names the order for good: the same key never makes two. Keep it before you ask. */
  readonly key: string;
}

export interface ReplayHow {
  /** Lines from a number of the log on, or from an instant. Default: from the beginning. */
  readonly seq?: number;
  readonly since?: Date;
}

export interface BusOrders {
  /**
   * `orders.draft` of the desk: previewed, and sent at once where the owner allows it. Without an answer in time it is asked what
   * became of the key, until `timeout` has passed once more.
   * @throws {BusRefusal} what the desk refuses; {NotTakenError}; {OutcomeUnknownError}; {NobodyLeadsError} when no desk was there.
   */
  draft(asked: object, how: DraftHow): Promise<BusDraft>;
  /** What guards, rules and broker say; nothing is kept or sent. */
  preview(asked: object, how: CommandHow & { readonly account: string }): Promise<unknown>;
  /** Approves a draft, where the desk lets the bus approve. */
  approve(id: string, how: CommandHow & { readonly account: string }): Promise<BusDraft>;
  decline(id: string, how: CommandHow & { readonly account: string }): Promise<BusDraft>;
  cancel(id: string, how: CommandHow & { readonly account: string }): Promise<unknown>;
  modify(id: string, changes: object, how: CommandHow & { readonly account: string }): Promise<unknown>;
  get(id: string, how: CommandHow & { readonly account: string }): Promise<BusDraft>;
  /** What became of a key; undefined: the desk that leads has never seen it. */
  outcome(key: string, how: { readonly account: string; readonly timeout?: number }): Promise<BusDraft | undefined>;
  /** Any command of the desk's table. `need` is what the table says; the answer is of the command's output schema. */
  command(name: string, need: Need, input: object, how?: CommandHow): Promise<unknown>;
  /** Drafts, fills and trouble of an account, each once; what is missed is fetched. */
  events(account: string): Subscription<OrderEvent>;
  /** The order log and the order events of an account, for audit; needs a desk that keeps the log. */
  replay(account: string, how?: ReplayHow): AsyncGenerator<LogLine>;
}

export interface OrdersParts {
  readonly subjects: Subjects;
  readonly who: string;
  readonly timeout: number;
  readonly ask: Questions['ask'];
  insist<T>(work: (left: number) => Promise<T>, within: number, signal?: AbortSignal): Promise<T>;
  events(account: string): Subscription<OrderEvent>;
}

const ASK_AGAIN_MS = 300;
/** A desk began with it and ended before it decided: nothing has left, and the same key goes on where it stopped. */
const UNDECIDED: ReadonlySet<string> = new Set(['drafted', 'previewed']);
const wait = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

export function busOrders({ subjects, who, timeout, ask, insist, events }: OrdersParts): BusOrders {
  const command: BusOrders['command'] = (name, need, input, how = {}) => {
    const { account, key, signal, timeout: within = timeout } = how;
    const subject = subjects.order(who, need, account, name);
    return insist((left) => ask(subject, input, { timeout: left, key, signal }), within, signal);
  };
  /** `running`: the desk is at it. */
  const outcomeOf = async (key: string, account: string, within: number): Promise<BusDraft | 'running' | undefined> => {
    const told = (await insist((left) => ask(subjects.key(who, account), {}, { timeout: Math.min(left, 5_000), key }), within)) as
      | { readonly running: true }
      | { readonly draft: BusDraft }
      | null;
    if (told === null) return undefined;
    return 'running' in told ? 'running' : told.draft;
  };
  const asked = async (key: string, account: string, within: number): Promise<BusDraft> => {
    const until = performance.now() + within;
    let last: unknown;
    while (performance.now() < until) {
      try {
        const told = await outcomeOf(key, account, until - performance.now());
        if (told === undefined || (told !== 'running' && UNDECIDED.has(told.state))) throw new NotTakenError(key);
        if (told !== 'running') return told;
      } catch (error) {
        if (!(error instanceof NoAnswerError) && !(error instanceof NobodyLeadsError)) throw error;
        last = error;
      }
      await wait(ASK_AGAIN_MS);
    }
    throw new OutcomeUnknownError(key, last);
  };
  const one = (name: string, need: Need, input: object, how: CommandHow): Promise<BusDraft> =>
    command(name, need, input, how) as Promise<BusDraft>;

  return {
    command,
    events,
    async draft(draft, how) {
      const { key, account, timeout: within = timeout } = how;
      if (!/^[\x21-\x7e]{1,255}$/.test(key)) throw new TypeError('a key is 1 to 255 visible characters');
      try {
        return await one('orders.draft', 'propose', draft, { ...how, timeout: within });
      } catch (error) {
        if (!(error instanceof NoAnswerError)) throw error;
        return asked(key, account, within);
      }
    },
    preview: (draft, how) => command('orders.preview', 'propose', draft, how),
    approve: (id, how) => one('orders.approve', 'approve', { id }, how),
    decline: (id, how) => one('orders.decline', 'propose', { id }, how),
    cancel: (id, how) => command('orders.cancel', 'propose', { id }, how),
    modify: (id, changes, how) => command('orders.modify', 'approve', { ...changes, id }, how),
    get: (id, how) => one('orders.get', 'read', { id }, how),
    async outcome(key, { account, timeout: within = timeout }) {
      const told = await outcomeOf(key, account, within);
      return told === 'running' ? asked(key, account, within) : told;
    },
    async *replay(account, { seq = 1, since } = {}) {
      let from: object = since === undefined ? { seq } : { time: since.getTime() };
      for (;;) {
        const page = (await insist(
          (left) => ask(subjects.replay(who, account), { log: from }, { timeout: left }),
          timeout,
        )) as LogLine[];
        yield* page;
        const last = page.at(-1);
        if (last === undefined) return;
        from = { seq: last.seq + 1 };
      }
    },
  };
}
