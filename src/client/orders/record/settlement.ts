// The promises of an order: each settles once, and only on proof.
import type { TradeEnd } from './trade-state.js';

/** The order ended otherwise than filled. */
export interface Settlement {
  readonly done: Promise<TradeEnd>;
  readonly filled: Promise<TradeEnd>;
  /** What `done` settled with; undefined until then. */
  readonly end: TradeEnd | undefined;
  settle(end: TradeEnd): boolean;
  /** Everything is executed; reports of commissions may still come. */
  fill(end: TradeEnd): void;
  fail(cause: Error): void;
}

/** Makes the promises. A rejection nobody waits for is no unhandled one. `notFilled` makes the error of `filled`. */
export function settlement(notFilled: (end: TradeEnd) => Error): Settlement {
  let end: TradeEnd | undefined;
  let isOver = false;
  const done = deferred<TradeEnd>();
  const filled = deferred<TradeEnd>();
  return {
    done: done.promise,
    filled: filled.promise,
    get end() {
      return end;
    },
    settle(found) {
      if (isOver) return false;
      isOver = true;
      end = found;
      done.resolve(found);
      if (found.at === 'filled') filled.resolve(found);
      else filled.reject(notFilled(found));
      return true;
    },
    fill: (found) => filled.resolve(found),
    fail(cause) {
      if (isOver) return;
      isOver = true;
      done.reject(cause);
      filled.reject(cause);
    },
  };
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(reason: unknown): void;
}

function deferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => {};
  let reject: (reason: unknown) => void = () => {};
  const promise = new Promise<T>((accept, refuse) => {
    resolve = accept;
    reject = refuse;
  });
  promise.catch(() => {});
  return { promise, resolve, reject };
}
