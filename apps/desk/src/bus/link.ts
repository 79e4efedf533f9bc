// The desk's link with its bus: nothing leaves that the bus does not let, and drafts stand in its log.

import type { ServeBusOptions, ServedBus } from '@ibwire/bus';
import type { OrderOptions, Timer } from 'ibwire';
import type { Desk } from '../desk.js';
import type { Drafts } from '../orders/drafts.js';
import { Problem } from '../problem.js';
import type { Ring } from '../ring.js';
import type { ConnectAsked } from '../session/connection.js';
import { leadingGuard } from './guard.js';
import { keptDrafts } from './kept-drafts.js';
import { sideOf } from './side.js';

export interface BusLink {
  /** Undefined before it was joined, and without one. */
  readonly bus: ServedBus | undefined;
  /** The same options; with a bus nothing leaves while this desk does not lead. */
  guarded(options: OrderOptions): OrderOptions;
  /** The same drafts; with a log on the bus they stand there too. */
  kept(drafts: Drafts): Drafts;
  /** Joins it and leads, or with a lease seeks to; leading connects with `asked`. */
  join(desk: Desk, asked: ConnectAsked | undefined): Promise<void>;
}

export function busLink(options: ServeBusOptions | undefined, timer: Timer, ring: Ring): BusLink {
  let bus: ServedBus | undefined;
  const trouble = (text: string): void => {
    ring.push('session', { is: 'trouble', text });
  };
  const whyNot = (): string | undefined => (bus === undefined ? 'the bus is not joined yet' : bus.whyNot());
  return {
    get bus() {
      return bus;
    },
    guarded: (orders) =>
      options === undefined ? orders : { ...orders, guards: [...(orders.guards ?? []), leadingGuard(whyNot)] },
    kept: (drafts) =>
      options?.log !== true
        ? drafts
        : keptDrafts(drafts, {
            async keep(account, line, isLeaving) {
              if (bus === undefined) throw new Problem(503, 'bus', 'The bus is not there', 'the bus is not joined yet');
              await bus.keep(account, line, isLeaving);
            },
            trouble: (error) => trouble(error instanceof Error ? error.message : String(error)),
          }),
    async join(desk, asked) {
      if (options === undefined) return;
      // Loaded where it is used: a desk without a bus needs no client of NATS.
      const { serveBus } = await import('@ibwire/bus');
      bus = await serveBus(sideOf({ desk, connect: asked, trouble }), { after: (...of) => timer.after(...of), ...options });
      await bus.start();
    },
  };
}
