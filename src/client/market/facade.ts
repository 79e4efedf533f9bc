// Live market data.

import type { ContractInput } from '../contracts/facade.js';
import type { ItemsOf } from '../conversation.js';
import { quotes } from '../conversations/market.js';
import type { Call } from '../core.js';
import type { Session } from '../session.js';
import { openStream } from '../stream.js';
import type { Subscription } from '../subscription.js';

/** Everything that a quote stream carries, as it comes. */
export type TickMessage = ItemsOf<typeof quotes>;

export interface MarketFacade {
  /** Every tick of an instrument as the gateway sends it. */
  ticks(
    contract: ContractInput,
    options?: Call & { readonly genericTicks?: readonly number[]; readonly snapshot?: boolean },
  ): Subscription<TickMessage>;
}

export function createMarket(session: Session): MarketFacade {
  return {
    ticks(contract, options = {}) {
      const genericTickList = (options.genericTicks ?? []).join(',');
      const snapshot = options.snapshot ?? false;
      return openStream(
        session,
        quotes,
        { contract, genericTickList, snapshot },
        { take: (message, push: (item: TickMessage) => void) => push(message), isSnapshot: snapshot },
        options,
      );
    },
  };
}
