/** The one way in: something happens to the orders, and what the gateway says of it comes back. No clock runs here, nobody is called. */
import type { EngineState } from './engine-state.js';
import type { OrderEvent } from './order-events.js';
import { drain } from './work.js';

/** What is said, in the gateway's order, by the time that everything which follows of the act has happened. */
export function act(state: EngineState, does: (state: EngineState) => void): readonly OrderEvent[] {
  does(state);
  drain(state);
  return state.said.splice(0);
}

/** Whatever waited for an instant up to now happens, one after the other. */
export function wake(state: EngineState, now: number): void {
  while (state.agenda.step(now)) drain(state);
}
