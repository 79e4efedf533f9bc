// The owner's limits as guards of the order path: they read the settings at the moment of the act.

import {
  type Confirmations,
  confirmations,
  type Guard,
  type KillSwitch,
  maxNotional,
  maxOrdersPerMinute,
  maxQuantity,
  type OrderOptions,
  priceCollar,
} from 'ibwire';
import { liveSwitch } from 'ibwire/rules';
import type { Timer } from '../clock.js';
import type { QuoteLines } from '../session/quote-lines.js';
import { newest } from '../session/shown-quote.js';
import type { Limits, Settings } from '../settings.js';
import type { Store } from '../store/store.js';

/** After so many rejections in a row nothing leaves until the owner has looked. */
export function breakerGuard(settings: Settings): Guard {
  return () => {
    const { rejections, since } = settings.breaker;
    if (since === undefined) return [];
    return [
      {
        code: 'CIRCUIT-OPEN',
        severity: 'reject',
        message: `${rejections} orders in a row were rejected; trading stands still since ${since}.`,
        remedy: 'Find out why, then the owner calls control.release.',
        facts: { rejections: String(rejections), since },
      },
    ];
  };
}

/** A stop that leaves what works alone: the kill switch, which would cancel it, is not thrown. */
export function stopGuard(settings: Settings): Guard {
  return () => {
    const { stop } = settings;
    if (stop?.keepsWorking !== true) return [];
    return [
      {
        code: 'TRADING-STOPPED',
        severity: 'reject',
        message: `${stop.by} stopped all trading: ${stop.reason}.`,
        remedy: 'The owner releases it with control.release.',
        facts: { reason: stop.reason, since: stop.since },
      },
    ];
  };
}

interface Limit {
  /** What it can find. */
  readonly codes: readonly string[];
  /** What an order that it lets pass is. */
  readonly about: (limits: Limits) => string;
  readonly guard: (settings: Settings) => Guard;
}

/** What every order is held against, in the order in which it is asked. */
const LIMITS: readonly Limit[] = [
  {
    codes: ['LIVE-ACCOUNT', 'ACCOUNT-MISSING'],
    about: ({ live }) => (live ? 'of an account that may trade' : 'of a paper account'),
    guard: ({ limits }) => liveSwitch(limits.live),
  },
  {
    codes: ['MAX-QUANTITY', 'QUANTITY-UNKNOWN'],
    about: ({ maxQuantity: most }) => `at most ${most} shares or contracts`,
    guard: ({ limits }) => maxQuantity(limits.maxQuantity),
  },
  {
    codes: ['MAX-NOTIONAL', 'NOTIONAL-UNKNOWN'],
    about: ({ maxNotional: most, currency }) => `worth at most ${most} ${currency}`,
    guard: ({ limits }) => maxNotional(limits.maxNotional, limits.currency),
  },
  {
    codes: ['PRICE-COLLAR', 'COLLAR-UNKNOWN', 'PRICE-UNKNOWN'],
    about: ({ collarPercent }) => `prices within ${collarPercent} % of the last one`,
    guard: ({ limits }) => priceCollar({ percent: limits.collarPercent }),
  },
  {
    codes: ['ORDER-RATE', 'RATE-UNKNOWN'],
    about: ({ ordersPerMinute }) => `at most ${ordersPerMinute} orders a minute`,
    guard: ({ limits }) => maxOrdersPerMinute(limits.ordersPerMinute),
  },
  {
    codes: ['CIRCUIT-OPEN'],
    about: ({ rejectionsToOpen }) => `fewer than ${rejectionsToOpen} rejections in a row`,
    guard: breakerGuard,
  },
  { codes: ['TRADING-STOPPED'], about: () => 'trading is not stopped', guard: stopGuard },
];

/** They read the settings each time they are asked. */
export const limitGuards = (settings: Settings): readonly Guard[] =>
  LIMITS.map(
    ({ guard }): Guard =>
      (...of) =>
        guard(settings)(...of),
  );

/** The limits in force, in words. */
export const limitsIn = ({ limits }: Settings): readonly { readonly codes: readonly string[]; readonly about: string }[] =>
  LIMITS.map(({ codes, about }) => ({ codes, about: about(limits) }));

export interface OrderGate {
  readonly options: OrderOptions;
  readonly confirm: Confirmations;
  readonly killSwitch: KillSwitch;
}

export interface GateParts {
  readonly store: Store;
  readonly settings: Settings;
  readonly lines: QuoteLines;
  readonly killSwitch: KillSwitch;
  readonly timer: Timer;
  readonly random: () => string;
}

/** What stands between the session and an order. Nothing leaves without a token that the desk itself asked for. */
export function orderGate({ store, settings, lines, killSwitch, timer, random }: GateParts): OrderGate {
  const confirm = confirmations({ now: () => timer.now(), random });
  const price = (conId: number | undefined): { price: number; at: number; source?: 'live' } | undefined => {
    const quote = lines.known(conId)?.quote;
    const at = quote === undefined ? undefined : newest(quote);
    if (quote === undefined || at === undefined) return undefined;
    const [bid, ask] = [quote.bid?.value, quote.ask?.value];
    const value = quote.last?.value ?? (bid === undefined || ask === undefined ? undefined : (bid + ask) / 2);
    if (value === undefined) return undefined;
    return { price: value, at, ...(quote.dataType === 'live' && { source: 'live' as const }) };
  };
  /** Units of the owner's currency for one unit of another, from the pair's own quote where a line is open. */
  const rate = (currency: string): number | undefined => {
    const { currency: own } = settings.limits;
    if (currency === own) return 1;
    for (const { contract, quote } of lines.open) {
      if (contract.secType !== 'CASH') continue;
      const [bid, ask] = [quote.bid?.value, quote.ask?.value];
      if (bid === undefined || ask === undefined || bid <= 0) continue;
      // The dearer side: a limit must not be passed by the spread.
      if (contract.symbol === currency && contract.currency === own) return ask;
      if (contract.symbol === own && contract.currency === currency) return 1 / bid;
    }
    return undefined;
  };
  const options: OrderOptions = {
    guards: limitGuards(settings),
    live: settings.limits.live,
    journal: store.journal,
    killSwitch,
    confirm,
    lastPrice: ({ conId }) => price(conId),
    rate,
  };
  return { options, confirm, killSwitch };
}
