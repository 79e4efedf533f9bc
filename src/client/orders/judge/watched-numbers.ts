// The numbers of a watched account, and how they are asked for anew: of an account in which nothing moves no change is told.

import type { AccountNumbers } from '../../accounts/values.js';
import { openValues } from '../../accounts/values.js';
import type { OrderCore } from '../order-core.js';

/** The broker sends changes every three minutes at the latest (limits §8). */
const CADENCE_MS = 240_000;
const RENEW_WITHIN_MS = 5_000;

export interface WatchedNumbers {
  /** Undefined before the first has come. */
  readonly now: AccountNumbers | undefined;
  /** When the newest was told, epoch milliseconds; 0: none was. */
  readonly at: number;
  /** The stream runs. */
  readonly isLive: boolean;
  /** Told so long ago that nobody knows whether they still hold. */
  readonly isOld: boolean;
  complete(): Promise<void>;
  /** Asks for all of them once more; the old ones stand until these are whole. */
  renew(): Promise<void>;
  close(): void;
}

export function watchNumbers(session: OrderCore, account: string, told: () => void): WatchedNumbers {
  let values = openValues(session, account, {});
  let renewing: Promise<void> | undefined;
  values.on(told);
  const askAnew = async (): Promise<void> => {
    const asked = openValues(session, account, { isShared: false }, { timeout: RENEW_WITHIN_MS });
    try {
      await asked.complete();
    } catch (error) {
      asked.close();
      throw error;
    }
    values.close();
    values = asked;
    values.on(told);
    told();
  };
  const at = (): number => values.view.get(account)?.asOf ?? 0;
  return {
    get now() {
      return values.view.get(account);
    },
    get at() {
      return at();
    },
    get isLive() {
      return values.state.at === 'live';
    },
    get isOld() {
      return session.timer.now() - at() > CADENCE_MS;
    },
    complete: () => values.complete(),
    renew() {
      renewing ??= askAnew().finally(() => {
        renewing = undefined;
      });
      return renewing;
    },
    close: () => values.close(),
  };
}
