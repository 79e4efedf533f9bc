// A small stage for one situation: an account, its session with rules on, and what of an act really leaves.

import type { Ib } from '../../src/client/connect.js';
import type { ConnectOptions } from '../../src/client/session/connect-options.js';
import { type HandTimer, handTimer, settle } from '../helpers/hand-timer.js';
import { type Client, calm, clientOf } from './client.js';
import { Venue } from './venue.js';
import { ACCOUNT, contractOf, LINES, type Line, lineOf } from './world.js';

export interface SceneOptions {
  readonly kind?: 'ira-cash' | 'ira-margin' | 'cash' | 'reg-t';
  readonly accountType?: string;
  /** Dollars and euros. */
  readonly cash?: { readonly USD?: number; readonly EUR?: number };
  /** Quantity by conId. */
  readonly holds?: Readonly<Record<number, number>>;
  readonly orders?: ConnectOptions['orders'];
  readonly messagesPerSecond?: number;
}

export interface Scene extends Disposable {
  readonly ib: Ib;
  readonly client: Client;
  readonly venue: Venue;
  readonly timer: HandTimer;
  /** Codes of what was refused, and names of other errors. */
  readonly codes: string[];
  /** Another client of the login, with the same rules. */
  join(clientId: number): Promise<Client>;
  /** Orders and changes whose bytes left because of an act, within three seconds. */
  leaves(act: () => unknown): Promise<number>;
  /** Lets everything be told and `ms` pass. */
  pass(ms?: number): Promise<void>;
}

export const line = (conId: number) => contractOf(lineOf(conId) as Line);
export const AAPL = line(101);
export const MSFT = line(102);
export const SAP = line(103);
export const CALL = line(201);
export const PUT = line(202);
export const P = 100;

export async function scene(options: SceneOptions = {}): Promise<Scene> {
  const { kind = 'ira-margin', cash = { USD: 10_000 }, holds = {} } = options;
  const timer = handTimer();
  const venue = new Venue({
    accountType: options.accountType ?? (kind.startsWith('ira') ? 'IRA-ROTH-NEW' : 'INDIVIDUAL'),
    cash: { USD: Math.round((cash.USD ?? 0) * 100), EUR: Math.round((cash.EUR ?? 0) * 100) },
    positions: new Map(Object.entries(holds).map(([conId, held]) => [Number(conId), held])),
    maySpread: !kind.includes('cash'),
    now: () => timer.now(),
  });
  const clients: Client[] = [];
  const codes: string[] = [];
  const lastPrice = ({ conId }: { conId?: number | undefined }) => {
    const found = lineOf(conId ?? 0);
    return found === undefined ? undefined : { price: found.last / 100, at: timer.now() };
  };
  const orders = { accounts: { kinds: { [ACCOUNT]: kind } }, lastPrice, ...options.orders };
  const refused = (error: unknown): void => {
    const findings = (error as { findings?: readonly { code: string; severity: string }[] }).findings;
    for (const { code, severity } of findings ?? []) if (severity === 'reject') codes.push(code);
    if (findings === undefined) codes.push(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  };
  const pass = async (ms = 0): Promise<void> => {
    await calm(clients);
    for (let left = ms; left > 0; left -= 250) {
      await timer.advance(Math.min(left, 250));
      await calm(clients);
    }
  };
  const join = async (clientId: number): Promise<Client> => {
    const client = await clientOf(venue, timer, clientId, orders, () => 0.5, options.messagesPerSecond);
    clients.push(client);
    client.ib.orders.prepare().catch(() => {});
    for (const one of LINES) client.ib.contracts.details(contractOf(one)).catch(() => {});
    await pass(3_000);
    return client;
  };
  const client = await join(1);
  return {
    client,
    ib: client.ib,
    venue,
    timer,
    codes,
    join,
    pass,
    async leaves(act) {
      const before = venue.taken;
      try {
        const made: unknown = act();
        for (const one of Array.isArray(made) ? made : [made]) {
          if (one instanceof Promise) one.catch(refused);
          else (one as { done?: Promise<unknown> } | undefined)?.done?.catch(() => {});
        }
      } catch (error) {
        refused(error);
      }
      await settle();
      await pass(3_000);
      return venue.taken - before;
    },
    [Symbol.dispose]() {
      for (const { close } of clients) close();
    },
  };
}
