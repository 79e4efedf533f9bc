// Account updates are one stream for a client: questions for prices of holdings queue up.

let slot: Promise<unknown> = Promise.resolve();

/** Asks when all that asked before are done. */
export function inTurn<T>(ask: () => Promise<T>): Promise<T> {
  const turn = slot.then(ask, ask);
  slot = turn.catch(() => {});
  return turn;
}
