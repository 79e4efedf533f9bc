// How a command that orders opens its session: one account judged as it was said, orders of others as of now, prices as last seen.

import type { Ib } from '../../client/connect.js';
import { SEC_TYPES } from '../../client/contracts/draft.js';
import type { Call } from '../../client/core.js';
import type { ConnectOptions } from '../../client/session/connect-options.js';
import type { Policy } from '../../rules/policy-types.js';
import type { Io } from '../io.js';
import { type Financing, financing } from './financing.js';
import type { Ticket, TicketOptions } from './ticket.js';

/** Prices that were asked for, as the rules want them. */
export interface Prices {
  readonly lastPrice: (contract: {
    readonly conId?: number | undefined;
  }) => { readonly price: number; readonly at: number } | undefined;
  /** Ask for a buy, bid for a sale, else the last price; of an option the price of its underlying too. */
  ask(ib: Ib, ticket: Ticket, call: Call): Promise<void>;
}

/** Orders of other clients may be no older when an order leaves. */
const MAX_ORDERS_AGE_SECONDS = 0.1;
/** Longest wait for a price. */
const PRICE_MS = 2_500;

/** Options of `connect` for orders, and the prices that are to be filled. Whatever its kind, the account is judged. */
export function judging(
  io: Io,
  { kind, maxQuantity, collar }: TicketOptions,
): { readonly orders: NonNullable<ConnectOptions['orders']>; readonly prices: Prices; readonly finance: Financing } {
  const finance = financing(kind);
  const prices = createPrices(() => io.now());
  const policy: Partial<Policy> = {
    ...(maxQuantity !== undefined && {
      maxQuantity: Object.fromEntries(SEC_TYPES.map((type) => [type, String(maxQuantity)])),
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

function createPrices(now: () => number): Prices {
  const seen = new Map<number, { readonly price: number; readonly at: number }>();
  const see = (conId: number | undefined, price: number | undefined): void => {
    if (conId !== undefined && price !== undefined) seen.set(conId, { price, at: now() });
  };
  return {
    lastPrice: ({ conId }) => (conId === undefined ? undefined : seen.get(conId)),
    async ask(ib, { contract, draft }, call) {
      ib.market.dataType('delayedFrozen');
      const { conId, exchange = 'SMART', secType } = contract;
      const stream = ib.market.quotes({ conId, exchange }, { signal: call.signal });
      const side = draft.action === 'BUY' ? 'ask' : 'bid';
      const isOption = secType === 'OPT' || secType === 'FOP';
      const told = new Promise<void>((resolve) => {
        stream.on(() => {
          const { view } = stream;
          if (view[side]?.value !== undefined && (!isOption || view.modelGreeks?.value.undPrice !== undefined)) resolve();
        });
      });
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, PRICE_MS);
      });
      await Promise.race([told, late, stream.ended]);
      clearTimeout(timer);
      const { view } = stream;
      stream.close();
      see(conId, view[side]?.value ?? view.last?.value ?? view.close?.value);
      see(ib.contracts.known.detailsOf(contract)?.contractDetails?.underConId, view.modelGreeks?.value.undPrice);
    },
  };
}
