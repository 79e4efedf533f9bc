// A second program of the same login: it comes for a while, trades, and goes.

import type { Ib } from '../../src/client/connect.js';
import { ClosedError, ConnectError } from '../../src/client/wire/errors.js';
import type { Stage } from './stage.js';

const CLIENT_ID = 2;
const STAYS_MS = 300_000;
const HOUR = 3_600_000;
const MSFT = { conId: 272093, symbol: 'MSFT', secType: 'STK', exchange: 'SMART', currency: 'USD' };

export interface Visitor {
  readonly visits: number;
  readonly orders: number;
  /** Sends it away. */
  end(): void;
}

/** Comes every few hours until the stage is closed. */
export function runVisitor(stage: Stage): Visitor {
  const { chance, wrong } = stage;
  let visits = 0;
  let orders = 0;
  /** While it is here, or on its way. */
  let leave: (() => void) | undefined;
  const visit = (ib: Ib): void => {
    const trade = (): void => {
      if (ib.state.at !== 'ready') return;
      const action = chance.is(0.5) ? 'BUY' : 'SELL';
      const draft = { action, orderType: 'MKT', totalQuantity: String(chance.whole(1, 20)), tif: 'DAY' } as const;
      try {
        const made = ib.orders.place(MSFT, draft);
        made.done.catch(() => {}); // the visitor may be gone before it ends
        made.filled.catch(() => {});
        orders++;
      } catch (error) {
        // Just before a restart nothing is sent.
        if (!(error instanceof ClosedError)) wrong(`an order of a visit failed: ${String(error)}`);
      }
    };
    for (let at = 0; at < 3; at++) stage.later(chance.whole(1, STAYS_MS), trade);
    leave = () => {
      ib.close();
      leave = undefined;
    };
    stage.later(STAYS_MS, () => leave?.());
  };
  stage.often(2 * HOUR, () => {
    if (leave !== undefined) return;
    leave = () => {};
    visits++;
    stage
      .join(CLIENT_ID)
      .then(visit)
      .catch((error: unknown) => {
        leave = undefined;
        // While nobody listens, or the id is held, a visit does not come about.
        if (!(error instanceof ConnectError)) wrong(`a visit failed: ${String(error)}`);
      });
  });
  return {
    get visits() {
      return visits;
    },
    get orders() {
      return orders;
    },
    end: () => leave?.(),
  };
}
