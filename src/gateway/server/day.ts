// Days of the accounts: settlement, interest and a fresh daily result a minute after midnight in New York.
import { type AccountBook, startDay } from '../accounts/account-book.js';
import type { Clock } from '../clock.js';
import { DAY_MS, textOfDay } from '../world/civil.js';
import { instantOf, localMs } from '../world/zone.js';

const ZONE = 'US/Eastern';
const MINUTE = 60_000;

/** Begins each day until the clock is closed or the returned function is called. */
export function keepDays(book: AccountBook, clock: Clock): () => void {
  let timer = plan();
  function plan() {
    const next = Math.floor(localMs(ZONE, clock.now()) / DAY_MS) + 1;
    return clock.at(instantOf(ZONE, next, MINUTE), () => {
      startDay(book, textOfDay(next));
      timer = plan();
    });
  }
  return () => timer.cancel();
}
