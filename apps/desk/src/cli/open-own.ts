// The desk of this process, and how long it lives.

import { join } from 'node:path';
import type { WantedDataType } from 'ibwire';
import { type Desk, type DeskOptions, openDesk } from '../desk.js';
import { webAsked } from '../session/web/web-ib.js';
import { InUseError } from '../store/in-use.js';
import { dataFolder, defaultDb } from './owner.js';

export interface OwnOptions {
  readonly gateway?: { readonly host: string; readonly port: number };
  /** `web`: over the Web API, whose gateway is at `base`. */
  readonly kind?: 'socket' | 'web';
  readonly base?: string;
  readonly fingerprint?: string;
  readonly simulate?: boolean;
  readonly clientId: number;
  readonly marketData?: WantedDataType;
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
  marketData,
  portfolio,
  lines,
  onBus,
  captures = join(dataFolder(), 'captures'),
  kind,
  base,
  fingerprint,
  simulate,
}: OwnOptions): Promise<readonly [desk: Desk, db: string]> {
  const beside = { portfolio, lines, captures, ...(onBus === undefined ? {} : { bus: onBus }) };
  if (gateway !== undefined) {
    const own = db ?? defaultDb(false);
    return [await openDesk({ db: own, connect: { ...gateway, clientId, marketData }, ...beside }), own];
  }
  if (kind === 'web' && simulate !== true && (base !== undefined || fingerprint !== undefined)) {
    const own = db ?? defaultDb(false);
    return [await openDesk({ db: own, connect: webAsked({ base, fingerprint }), ...beside }), own];
  }
  for (let number = 1; ; number++) {
    const own = db ?? defaultDb(true, number);
    try {
      return [await openDesk({ db: own, simulate: true, kind, ...beside }), own];
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
