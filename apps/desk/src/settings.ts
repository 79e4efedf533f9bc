// What the owner has decided: limits, switches, the stop and the breaker. In the database, read once, written through.

import * as z from 'zod';
import { decimal, positive } from './commands/schemas.js';
import { Problem } from './problem.js';
import type { Mode } from './session/mode.js';
import type { Store } from './store/store.js';

export const limitsSchema = z
  .strictObject({
    maxQuantity: positive.describe('Most shares or contracts in one order'),
    maxNotional: positive.describe('Most money in one order, in `currency`'),
    currency: z.string().regex(/^[A-Z]{3}$/),
    collarPercent: positive.describe('Widest distance of a price from the last one'),
    ordersPerMinute: z.int().min(1).max(600),
    rejectionsToOpen: z.int().min(1).max(100).describe('Rejections in a row that open the circuit breaker'),
    live: z.boolean().describe('Whether live accounts may trade; counts from the next connection when switched on'),
    sendAtOnce: z
      .strictObject({ simulated: z.boolean(), paper: z.boolean() })
      .describe('Where a draft that passes is sent without a person; a live account never'),
    draftMinutes: z.int().min(1).max(1440).describe('How long a draft can be approved'),
    worseByPercent: decimal.describe(
      'How far margin, commission and worst price may move before a preview has to be approved again',
    ),
    typedAbove: decimal.describe('In a live account the page has the account id typed above this value, in `currency`'),
  })
  .meta({ id: 'Limits' });
export type Limits = z.output<typeof limitsSchema>;

export const defaultLimits: Limits = {
  maxQuantity: '1000',
  maxNotional: '250000',
  currency: 'USD',
  collarPercent: '10',
  ordersPerMinute: 60,
  rejectionsToOpen: 5,
  live: false,
  sendAtOnce: { simulated: true, paper: false },
  draftMinutes: 15,
  worseByPercent: '1',
  typedAbove: '10000',
};

export interface Stop {
  readonly reason: string;
  readonly since: string;
  readonly by: string;
  /** Nothing new leaves, and what works goes on until somebody cancels it. Absent: what works was cancelled. */
  readonly keepsWorking?: boolean | undefined;
}

/** Rejections in a row; `since` when they opened it. */
export interface Breaker {
  readonly rejections: number;
  readonly since: string | undefined;
}

/** Whether a draft that passes is sent without a person. */
export function sendsAtOnce(settings: Settings, mode: Mode): boolean {
  return (mode === 'simulated' || mode === 'paper') && settings.limits.sendAtOnce[mode];
}

export interface Settings {
  readonly limits: Limits;
  readonly stop: Stop | undefined;
  readonly breaker: Breaker;
  setLimits(changes: Partial<Limits>): Promise<Limits>;
  setStop(stop: Stop | undefined): Promise<void>;
  setBreaker(breaker: Breaker): Promise<void>;
}

export async function openSettings(store: Store): Promise<Settings> {
  const rows = await store.db.selectFrom('settings').selectAll().execute();
  const kept = new Map(rows.map(({ key, value }) => [key, JSON.parse(value) as unknown]));
  let limits: Limits = limitsSchema.parse({ ...defaultLimits, ...(kept.get('limits') as Partial<Limits> | undefined) });
  let stop = (kept.get('stop') as { readonly stop?: Stop } | undefined)?.stop;
  let breaker = (kept.get('breaker') as Breaker | undefined) ?? { rejections: 0, since: undefined };
  const write = async (key: string, value: unknown): Promise<void> => {
    await store.db
      .insertInto('settings')
      .values({ key, value: JSON.stringify(value) })
      .onConflict((on) => on.column('key').doUpdateSet({ value: JSON.stringify(value) }))
      .execute();
  };
  return {
    get limits() {
      return limits;
    },
    get stop() {
      return stop;
    },
    get breaker() {
      return breaker;
    },
    async setLimits(changes) {
      const next = limitsSchema.safeParse({ ...limits, ...changes });
      if (!next.success) throw new Problem(400, 'input', 'No such limits', z.prettifyError(next.error));
      await write('limits', next.data);
      limits = next.data;
      return limits;
    },
    async setStop(next) {
      // In force before it is kept: a database that fails must not keep trading open.
      if (next !== undefined) stop = next;
      await write('stop', { stop: next });
      stop = next;
    },
    async setBreaker(next) {
      breaker = next;
      await write('breaker', next);
    },
  };
}
