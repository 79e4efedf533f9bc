// What kind of market data the session wants: said again first thing on every connection.

import type { Core, Recoverable } from '../core.js';
import type { DataSource } from './quote.js';

/** The kind of market data that the session wants. `delayed` is live where the login has the right to it. */
export type WantedDataType = Exclude<DataSource, 'unknown'>;

const numbers: Readonly<Record<WantedDataType, number>> = { live: 1, frozen: 2, delayed: 3, delayedFrozen: 4 };

export interface DataTypePreference extends Recoverable {
  readonly wanted: WantedDataType | undefined;
  /** @throws {ClosedError} when there is no connection: it is kept for the next one all the same. */
  set(wanted: WantedDataType): void;
}

/** Nothing answers; streams that run go on as they are, and each stream says itself what it gets. */
export function createDataType(core: Core): DataTypePreference {
  let wanted: WantedDataType | undefined;
  const say = (): void => {
    if (wanted !== undefined) core.send('reqMarketDataType', { marketDataType: numbers[wanted] });
  };
  const preference: DataTypePreference = {
    rank: 'marketDataType',
    get wanted() {
      return wanted;
    },
    set(type) {
      wanted = type;
      core.live.add(preference);
      say();
    },
    lost() {},
    reopen() {
      try {
        say();
      } catch {
        // the connection is going down again: the next one hears it
      }
      return Promise.resolve();
    },
    verify() {},
    closed() {
      core.live.delete(preference);
    },
  };
  return preference;
}
