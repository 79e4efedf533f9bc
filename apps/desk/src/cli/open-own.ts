// The desk of this process, and how long it lives.

import { join } from 'node:path';
import { type Desk, type DeskOptions, openDesk } from '../desk.js';
import { InUseError } from '../store/in-use.js';
import { dataFolder, defaultDb } from './owner.js';

export interface OwnOptions {
  readonly gateway?: { readonly host: string; readonly port: number };
  readonly clientId: number;
  readonly db?: string;
  readonly portfolio?: string;
  readonly lines?: number;
  readonly onBus?: NonNullable<DeskOptions['bus']> | undefined;
  readonly captures?: string;
}

const MOST_SIMULATED = 16;

/** Simulated desks side by side have files of their own, numbered; a real one is alone on its database. */
export async function openOwn({
  db,
  gateway,
  clientId,
  portfolio,
  lines,
  onBus,
  captures = join(dataFolder(), 'captures'),
}: OwnOptions): Promise<readonly [desk: Desk, db: string]> {
  const beside = { portfolio, lines, captures, ...(onBus === undefined ? {} : { bus: onBus }) };
  if (gateway !== undefined) {
    const own = db ?? defaultDb(false);
    return [await openDesk({ db: own, connect: { ...gateway, clientId }, ...beside }), own];
  }
  for (let number = 1; ; number++) {
    const own = db ?? defaultDb(true, number);
    try {
      return [await openDesk({ db: own, simulate: true, ...beside }), own];
    } catch (error) {
      if (!(error instanceof InUseError) || db !== undefined || number === MOST_SIMULATED) throw error;
    }
  }
}

/** Until a signal of the system, or `stop`. */
export function ended(stop: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (stop !== undefined) {
      stop.addEventListener('abort', () => resolve(), { once: true });
      return;
    }
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
