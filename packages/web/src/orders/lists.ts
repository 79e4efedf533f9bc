// Orders and executions read whole: a first answer may be empty, and that is no account without orders.

import type { Timer } from 'ibwire';
import type { Ask, WebCall } from '../client/ask.js';
import { type ListedFill, type ListedOrder, merged, readListedFill, readListedOrder } from './listed.js';

type Row = Readonly<Record<string, unknown>>;
const MOST_READS = 4;
/** A list of so many is not known to be all. */
const MOST_ROWS = 1_000;

/** Every order of the day; undefined: no list came that says of itself that it is whole. */
export async function wholeOrders(
  { ask, timer }: { readonly ask: Ask; readonly timer: Timer },
  call?: WebCall,
): Promise<readonly ListedOrder[] | undefined> {
  for (let turn = 0; turn < MOST_READS; turn += 1) {
    call?.signal?.throwIfAborted();
    if (turn > 0) await new Promise<void>((resolve) => timer.after(1_000, resolve));
    const value: unknown = await ask.read('GET /iserver/account/orders', {}, call).catch(() => undefined);
    const rows = Array.isArray(value) ? value : (value as Row | undefined)?.['orders'];
    const isWhole = (Array.isArray(value) && value.length > 0) || (value as Row | undefined)?.['snapshot'] === true;
    if (isWhole && Array.isArray(rows) && rows.length < MOST_ROWS)
      return (rows as readonly Row[]).flatMap((row) => readListedOrder(row) ?? []);
  }
  return undefined;
}

/** Executions by their id. A first answer of a session may be empty: that one the session has asked for itself, as it opened. */
export async function allFills({ ask }: { readonly ask: Ask }, call?: WebCall): Promise<readonly ListedFill[]> {
  const byId = new Map<string, ListedFill>();
  for (const row of (await ask.read('GET /iserver/account/trades', {}, call)) as readonly Row[]) {
    const fill = readListedFill(row);
    if (fill !== undefined) byId.set(fill.execId, merged(byId.get(fill.execId), fill));
  }
  return [...byId.values()];
}
