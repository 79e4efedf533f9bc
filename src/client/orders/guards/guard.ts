// What a guard is: a pure look at an order that is about to leave, with everything it may know handed in.

import { decisionOf } from '../../../rules/finding.js';
import { type Finding, reject } from './finding.js';

/** What guards read of a contract. */
export interface GuardedContract {
  readonly secType?: string | undefined;
  readonly conId?: number | undefined;
  readonly symbol?: string | undefined;
  readonly exchange?: string | undefined;
  readonly primaryExchange?: string | undefined;
  readonly currency?: string | undefined;
  readonly multiplier?: string | undefined;
  readonly lastTradeDateOrContractMonth?: string | undefined;
  readonly strike?: number | undefined;
  readonly right?: string | undefined;
  readonly tradingClass?: string | undefined;
  readonly localSymbol?: string | undefined;
  readonly comboLegs?: readonly GuardedLeg[] | undefined;
}

/** One leg of a combination. */
export interface GuardedLeg {
  readonly conId?: number | undefined;
  readonly ratio?: number | undefined;
  readonly action?: string | undefined;
}

/** What guards read of an order. */
export interface GuardedOrder {
  readonly action: string;
  readonly orderType: string;
  readonly totalQuantity?: string | undefined;
  readonly cashQty?: number | undefined;
  readonly lmtPrice?: number | undefined;
  readonly auxPrice?: number | undefined;
  readonly trailStopPrice?: number | undefined;
  readonly tif?: string | undefined;
  readonly outsideRth?: boolean | undefined;
  readonly account?: string | undefined;
  readonly orderRef?: string | undefined;
  readonly discretionaryAmt?: number | undefined;
  readonly adjustedOrderType?: string | undefined;
  readonly adjustedStopPrice?: number | undefined;
  readonly adjustedStopLimitPrice?: number | undefined;
}

/** An order that is about to leave. */
export interface Attempt {
  /** What is done; unset: a change where `orderId` is set, else place. */
  readonly act?: 'place' | 'modify' | 'exercise' | 'lapse' | undefined;
  /** All orders that leave together, this one among them: they are confirmed as one, and have one token. */
  readonly group?: readonly Pick<Attempt, 'contract' | 'order'>[] | undefined;
  readonly contract: GuardedContract;
  readonly order: GuardedOrder;
  /** Token of a confirmation, where the caller has one. */
  readonly token?: string | undefined;
  /** Id of the order that is changed; unset for a new order. A token for one is no token for the other. */
  readonly orderId?: number | undefined;
  /** The contract as its details tell it, where they are known: it decides over what the caller wrote. */
  readonly known?: KnownContract | undefined;
}

/** What details tell of a contract. */
export interface KnownContract extends GuardedContract {
  /** Prices are in units of one by so many of the currency: 100 for London shares in pence. */
  readonly priceMagnifier?: number | undefined;
}

/** A price and when it was seen, epoch milliseconds. */
export interface SeenPrice {
  readonly price: number;
  readonly at: number;
  /** What kind of data it was (the marketDataType of its stream); unset: not known. */
  readonly source?: 'live' | 'frozen' | 'delayed' | 'delayedFrozen' | undefined;
}

/** An order that was sent before. */
export interface SentOrder {
  readonly at: number;
  readonly attempt: Attempt;
}

/** A leg of a combination as it is known; what is not known stays undefined. */
export interface KnownLeg {
  readonly ratio: number | undefined;
  readonly contract: KnownContract | undefined;
  readonly lastPrice: SeenPrice | undefined;
}

/** What the world looks like at this moment. Absent: not known; a guard that needs it refuses. */
export interface Facts {
  /** Epoch milliseconds of the injected clock. */
  readonly now: number;
  readonly lastPrice?: SeenPrice | undefined;
  /** Orders sent before, oldest first; at least as far back as the guards look. */
  readonly sent?: readonly SentOrder[] | undefined;
  /** Whether the contract's market is open for this order (`isOpen` of the hours that apply). */
  readonly market?: 'open' | 'closed' | 'unknown' | undefined;
  /** Units of the guard's currency for one unit of the contract's. */
  readonly rate?: number | string | undefined;
  /** Legs of a combination, in its order. Unset: nothing is known of them. */
  readonly legs?: readonly KnownLeg[] | undefined;
  /** Orders of this session that work now, members before this one of a group included. */
  readonly open?: readonly GuardedOrder[] | undefined;
  /** true: the order only reduces a position. Caps and stale data then warn instead of standing in the way. */
  readonly closes?: boolean | undefined;
}

export type Guard = (attempt: Attempt, facts: Facts) => readonly Finding[];

/** All guards, every finding, in their order. A guard that throws refuses: nothing passes because a check broke. */
export function guardedBy(...guards: readonly Guard[]): Guard {
  return (attempt, facts) =>
    guards.flatMap((guard) => {
      try {
        return guard(attempt, facts);
      } catch (error) {
        const what = error instanceof Error ? error.message : 'unknown failure';
        return [reject('GUARD-FAILED', `a guard could not decide: ${what}`, 'supply complete data, or mend the guard', {})];
      }
    });
}

/** Whether an order may leave. */
export function passes(findings: readonly Finding[]): boolean {
  return decisionOf(findings) !== 'reject';
}

/** An exit is warned, not stopped. */
export function gently(findings: readonly Finding[], facts: Facts): readonly Finding[] {
  return facts.closes === true ? findings.map((finding) => ({ ...finding, severity: 'warn' as const })) : findings;
}

/** The contract as far as it is known: details decide, the caller fills in the rest and says the route. */
export function effectiveContract({ contract, known }: Attempt): KnownContract {
  if (known === undefined) return contract;
  const told = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined && value !== ''));
  return { ...contract, ...told, exchange: contract.exchange };
}
