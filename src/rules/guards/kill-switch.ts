// A switch that stops all orders; whoever listens cancels what works.
import { type Guard, say } from './guard.js';

/** A switch that stops every order until it is released. */
export interface KillSwitch {
  readonly guard: Guard;
  /** Why it is on; undefined while it is off. */
  readonly reason: () => string | undefined;
  /** Stops orders first, then tells every listener, even when one throws. Once on, further calls change nothing. */
  engage(reason: string): void;
  /** Lets orders leave again. What was stopped stays stopped. */
  release(): void;
  /** Told once per engaging. Returns its own removal. */
  onEngage(listener: (reason: string) => void): () => void;
}

/** Makes a kill switch, off. `thrown` is told what an async listener rejects with; what one throws is thrown by `engage`. */
export function killSwitch(thrown?: (error: unknown) => void): KillSwitch {
  let engaged: string | undefined;
  const listeners = new Set<(reason: string) => void>();
  return {
    guard: () => (engaged === undefined ? [] : [say('KILL-SWITCH', { reason: engaged })]),
    reason: () => engaged,
    engage(reason) {
      if (engaged !== undefined) return;
      engaged = reason;
      const failures: unknown[] = [];
      for (const listener of [...listeners]) {
        try {
          const answer: unknown = listener(reason);
          if (thrown !== undefined && answer instanceof Promise) answer.catch(thrown);
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw new AggregateError(failures, 'the kill switch is on, but listeners failed');
    },
    release() {
      engaged = undefined;
    },
    onEngage(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
