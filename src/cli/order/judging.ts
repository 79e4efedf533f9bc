// How a command that orders opens its session: one account judged as it was said, orders of others as of now, prices as last seen.

import type { Ib } from '../../client/connect.js';
import type { Call } from '../../client/core.js';
import { createFollowedQuotes, type FollowedQuotes } from '../../client/market/followed-quotes.js';
import type { ConnectOptions } from '../../client/session/connect-options.js';
import { contractKinds } from '../../rules/facts/contract.js';
import type { Policy } from '../../rules/policy-types.js';
import { type Financing, financing } from './financing.js';
import type { Ticket, TicketOptions } from './ticket.js';

/** Prices that were asked for, as the rules want them. */
export interface Prices {
  readonly lastPrice: FollowedQuotes['priceOf'];
  /**
   * Asks for the contract's prices; of an option for that of its underlying too, of stock that would be sold short for the shares
   * to borrow. What is not live counts as 15 minutes old.
   */
  ask(ib: Ib, ticket: Ticket, call: Call): Promise<void>;
}

/** Orders of other clients may be no older when an order leaves. */
const MAX_ORDERS_AGE_SECONDS = 0.1;
/** Longest wait for a price. */
const PRICE_MS = 2_500;
/** The generic tick that tells how many shares can be borrowed. */
const SHORTABLE = 236;

/** Options of `connect` for orders, and the prices that are to be filled. Whatever its kind, the account is judged. */
export function judging({ kind, maxQuantity, collar }: TicketOptions): {
  readonly orders: NonNullable<ConnectOptions['orders']>;
  readonly prices: Prices;
  readonly finance: Financing;
} {
  const finance = financing(kind);
  const prices = createPrices();
  const policy: Partial<Policy> = {
    ...(maxQuantity !== undefined && {
      maxQuantity: Object.fromEntries([...contractKinds].map((type) => [type, String(maxQuantity)])),
    }),
    ...(collar !== undefined && { priceCollar: String(collar / 100) }),
  };
  const accounts = {
    kinds: (account: string) => finance.kindOf(account),
    watch: 'all',
    policy,
    maxOrdersAgeSeconds: MAX_ORDERS_AGE_SECONDS,
  } as const;
  return { prices, finance, orders: { accounts, lastPrice: prices.lastPrice } };
}

function createPrices(): Prices {
  const followed = createFollowedQuotes();
  return {
    lastPrice: followed.priceOf,
    async ask(ib, { account, contract, draft }, call) {
      ib.market.dataType('delayedFrozen');
      const { conId, exchange = 'SMART', secType } = contract;
      const isStockSale = draft.action === 'SELL' && secType === 'STK';
      const genericTicks = isStockSale ? [SHORTABLE] : [];
      const stream = ib.market.quotes({ conId, exchange }, { genericTicks, signal: call.signal });
      const { view } = stream;
      followed.follow(conId, view, 'stream');
      const side = draft.action === 'BUY' ? 'ask' : 'bid';
      const isOption = secType === 'OPT' || secType === 'FOP';
      const isHeld = (): boolean => {
        const { positions = [] } = ib.orders.situationOf(account) ?? {};
        const held = positions.find((row) => row.contract.conId === conId)?.position ?? 0;
        return Number(held) >= Number(draft.totalQuantity ?? Number.POSITIVE_INFINITY);
      };
      const isWhole = (): boolean =>
        view[side]?.value !== undefined &&
        (!isOption || view.modelGreeks?.value.undPrice !== undefined) &&
        (!isStockSale || view.shortableShares !== undefined || isHeld());
      const told = new Promise<void>((resolve) => {
        stream.on(() => {
          if (isWhole()) resolve();
        });
      });
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, PRICE_MS);
      });
      await Promise.race([told, late, stream.ended]);
      clearTimeout(timer);
      stream.close();
      const { underConId } = ib.contracts.known.detailsOf(contract)?.contractDetails ?? {};
      const { modelGreeks } = view;
      if (modelGreeks?.value.undPrice !== undefined)
        followed.follow(underConId, { last: { ...modelGreeks, field: 'last', value: modelGreeks.value.undPrice } }, 'stream');
    },
  };
}
