// What guards are asked with, written as people write orders: a draft, its details, a last price.

import { plain } from '../../src/client/orders/judge/contract-facts.js';
import { orderFacts } from '../../src/client/orders/judge/facts.js';
import type { Finding } from '../../src/rules/finding.js';
import { type Guard, guardedBy } from '../../src/rules/guards/guard.js';
import type { ContractFacts, OrderFacts, Situation } from '../../src/rules/types.js';

type Written = object;
type Fields = Readonly<Record<string, unknown>>;

export interface Attempt {
  readonly contract: Written;
  readonly order: Written;
  readonly orderId?: number;
  readonly token?: string;
  readonly known?: Written;
}

interface Price {
  readonly price: number;
  readonly at: number;
  readonly source?: string;
}

export interface Facts {
  readonly now: number;
  readonly lastPrice?: Price | undefined;
  readonly sent?: readonly { readonly at: number; readonly attempt: Attempt }[];
  readonly open?: readonly Written[];
  readonly market?: 'open' | 'closed' | 'unknown';
  readonly rate?: number | string;
  readonly closes?: boolean;
  readonly legs?: readonly {
    readonly ratio: number;
    readonly contract: Written | undefined;
    readonly lastPrice: Price | undefined;
  }[];
}

const seenOf = (price: Price | undefined, now: number): OrderFacts['seen'] =>
  price && { price: plain(price.price) ?? '', ageSeconds: (now - price.at) / 1000, source: price.source };

function contractOf({ contract, known }: Pick<Attempt, 'contract' | 'known'>, facts: Facts): ContractFacts {
  const { comboLegs, strike, exchange: _, priceMagnifier, ...rest } = { ...contract, ...known } as Fields;
  const legs = (comboLegs as readonly Fields[] | undefined)?.map((leg, at) => {
    const told = facts.legs?.[at];
    return {
      action: String(leg['action']),
      ratio: String(leg['ratio']),
      contract: { secType: '', currency: '', ...(told?.contract ?? { conId: leg['conId'] }) } as ContractFacts,
      seen: seenOf(told?.lastPrice, facts.now),
    };
  });
  return {
    secType: '',
    currency: '',
    ...rest,
    ...(strike !== undefined && { strike: String(strike) }),
    ...(priceMagnifier !== undefined && { priceMagnifier: String(priceMagnifier) }),
    ...(legs !== undefined && { comboLegs: legs }),
  } as ContractFacts;
}

export function factsOf(attempt: Attempt, facts: Facts): OrderFacts {
  const { market, rate, closes, lastPrice, now } = facts;
  const { orderId, contract, order } = attempt;
  return {
    ...orderFacts(contractOf(attempt, facts), order as never),
    exchange: (contract as Fields)['exchange'] as string | undefined,
    ...(orderId !== undefined && { orderId, act: 'modify' as const }),
    ...(market !== undefined && market !== 'unknown' && { session: market }),
    ...(rate !== undefined && { rate: String(rate) }),
    ...(closes !== undefined && { closes }),
    ...(lastPrice !== undefined && { seen: seenOf(lastPrice, now) }),
  };
}

export function situationOf({ sent, open, now }: Facts): Situation {
  return {
    ...{ account: { baseCurrency: '' }, cash: {}, positions: [], workingOrders: [], scope: 'order' as const },
    ...(sent !== undefined && {
      sent: sent.map((one) => ({ ageSeconds: (now - one.at) / 1000, order: factsOf(one.attempt, { now }) })),
    }),
    ...(open !== undefined && { openOrders: open.map((order) => factsOf({ contract: {}, order }, { now })) }),
  };
}

/** What a guard says of one order. */
export function ask(guard: Guard, attempt: Attempt, facts: Facts, more: Partial<OrderFacts> = {}): readonly Finding[] {
  return guardedBy(guard)([{ ...factsOf(attempt, facts), ...more }], situationOf(facts));
}
