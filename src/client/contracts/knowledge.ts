// What has been learned of instruments: details, price rules and trading hours, without asking again.

import type { MessageOf } from '../../protocol/registry.js';
import type { ToldContract, ToldContracts } from '../conversation/told.js';
import { legible } from '../input/legible.js';
import type { Zone } from '../time/zone.js';
import { plainZones } from '../time/zones.js';
import { type DayOverride, withOverrides } from './day-overrides.js';
import type { DetailsMessage } from './details.js';
import { type PriceGrid, priceGrid } from './price-grid.js';
import { isOpen, sessionsOf, type TradingHours } from './trading-hours.js';

type Rule = MessageOf<'marketRule'>;

/** What is needed of a contract to find what is known of it. */
export interface Identified {
  readonly conId?: number | undefined;
  readonly exchange?: string | undefined;
}

/** Milliseconds that details count as current: hours are published for a week, rules rarely change. */
export const DETAILS_LIFETIME_MS = 12 * 3_600_000;

/** What the session has learnt of instruments. It never asks: what it does not know is undefined. */
export interface Knowledge {
  /** Counts up with everything that is learned. */
  readonly version: number;
  /** Keeps details, each for twelve hours and in place of what was known of its `conId`. */
  learn(details: readonly DetailsMessage[]): void;
  /** Keeps a market rule for as long as the session lasts. */
  learnRule(rule: Rule): void;
  /** Undefined without a `conId`, for what was never asked, and twelve hours after. */
  detailsOf(contract: Identified): DetailsMessage | undefined;
  /** The newest details there are, however old: what an instrument is does not change as its hours do. */
  lastDetailsOf(contract: Identified): DetailsMessage | undefined;
  /** The contract as details, positions, orders or executions have told it. */
  contractOf(contract: Identified): ToldContract | undefined;
  /** The market rule of the route; undefined when the details do not name one. */
  ruleIdOf(contract: Identified): number | undefined;
  /** Undefined while it was not asked for. */
  ruleOf(marketRuleId: number): Rule | undefined;
  /** The prices of the route; undefined while its rule is not known. */
  gridOf(contract: Identified): PriceGrid | undefined;
  /** Sessions of about a week; `liquid` are those of regular hours. Undefined while the details are not known, or name none. */
  hoursOf(contract: Identified, which: 'trading' | 'liquid'): TradingHours | undefined;
  /** The clock of its exchange; undefined while details are not known, or name no zone that is known. */
  zoneOf(contract: Identified): Zone | undefined;
  /**
   * Whether the order could be executed at that instant (epoch milliseconds); `days` are not as published. `unknown`: its hours do not
   * reach so far; undefined: no hours are known.
   * @throws {InputError} for a day or a time that is none.
   */
  market(
    contract: Identified,
    order: { readonly outsideRth?: boolean },
    at: number,
    days?: readonly DayOverride[],
  ): 'open' | 'closed' | 'unknown' | undefined;
}

export function createKnowledge(now: () => number, told: ToldContracts, lifetimeMs = DETAILS_LIFETIME_MS): Knowledge {
  const known = new Map<number, { readonly details: DetailsMessage; readonly until: number }>();
  const rules = new Map<number, Rule>();
  const grids = new Map<string, PriceGrid>();
  let version = 0;
  const hours = new WeakMap<DetailsMessage, Map<string, TradingHours>>();

  const detailsOf = ({ conId = 0 }: Identified): DetailsMessage | undefined => {
    const found = known.get(conId);
    return found !== undefined && now() < found.until ? found.details : undefined;
  };
  const zoneOf = (contract: Identified): Zone | undefined =>
    plainZones.find(detailsOf(contract)?.contractDetails?.timeZoneId ?? '');
  const ruleIdOf = (contract: Identified): number | undefined => {
    const record = detailsOf(contract)?.contractDetails;
    const exchanges = record?.validExchanges?.split(',') ?? [];
    const ids = record?.marketRuleIds?.split(',') ?? [];
    const id = Number(ids[Math.max(0, exchanges.indexOf(contract.exchange ?? 'SMART'))]);
    return ids.length > 0 && ids[0] !== '' && Number.isInteger(id) ? id : undefined;
  };
  const hoursOf = (contract: Identified, which: 'trading' | 'liquid'): TradingHours | undefined => {
    const details = detailsOf(contract);
    const record = details?.contractDetails;
    const text = which === 'trading' ? record?.tradingHours : record?.liquidHours;
    if (details === undefined || text === undefined || text === '') return undefined;
    const read = hours.get(details) ?? new Map<string, TradingHours>();
    hours.set(details, read);
    const found = read.get(which) ?? sessionsOf(text, record?.timeZoneId ?? '', plainZones);
    read.set(which, found);
    return found;
  };
  return legible({
    get version() {
      return version;
    },
    learn(details) {
      version++;
      const until = now() + lifetimeMs;
      for (const message of details) {
        const conId = message.contract?.conId;
        if (conId === undefined || conId === 0) continue;
        known.delete(conId);
        known.set(conId, { details: message, until });
      }
      for (const conId of known.keys()) {
        if (known.size <= 20_000) break;
        known.delete(conId);
      }
    },
    learnRule(rule) {
      if (rule.marketRuleId === undefined) return;
      version++;
      rules.set(rule.marketRuleId, rule);
      grids.clear();
    },
    detailsOf,
    lastDetailsOf: ({ conId = 0 }) => known.get(conId)?.details,
    contractOf: (contract) => detailsOf(contract)?.contract ?? told.of(contract.conId),
    ruleIdOf,
    ruleOf: (marketRuleId) => rules.get(marketRuleId),
    gridOf(contract) {
      const id = ruleIdOf(contract);
      const rule = id === undefined ? undefined : rules.get(id);
      if (rule === undefined) return undefined;
      const key = String(id);
      const made = grids.get(key) ?? gridOfRule(rule);
      if (made !== undefined) grids.set(key, made);
      return made;
    },
    hoursOf,
    zoneOf,
    market(contract, { outsideRth }, at, days = []) {
      const found = hoursOf(contract, outsideRth === true ? 'trading' : 'liquid');
      const zone = days.length === 0 ? undefined : zoneOf(contract);
      return found && isOpen(zone === undefined ? found : withOverrides(found, days, zone), at);
    },
  });
}

/**
 * What a rule says that cannot be meant: a band without a step, or two from the same price on. Left out, its prices would have the
 * steps of another. The first band need not say that it begins at 0.
 */
export function damageOfRule({ priceIncrements = [] }: Rule): { readonly row: string; readonly reason: string } | undefined {
  const edges = new Set<number>();
  for (const [at, { lowEdge = 0, increment }] of priceIncrements.entries()) {
    const row = `priceIncrements[${at}]`;
    if (increment === undefined) return { row: `${row}.increment`, reason: 'is missing' };
    if (!(increment > 0)) return { row: `${row}.increment`, reason: `${increment} is no step` };
    if (!(lowEdge >= 0)) return { row: `${row}.lowEdge`, reason: `${lowEdge} is below 0` };
    if (edges.has(lowEdge)) return { row: `${row}.lowEdge`, reason: `a band from ${lowEdge} on is there already` };
    edges.add(lowEdge);
  }
  return undefined;
}

/** The grid of a rule; undefined for one without bands. */
export function gridOfRule(rule: Rule, minTick?: number): PriceGrid | undefined {
  const bands = (rule.priceIncrements ?? []).map(({ lowEdge = 0, increment = 0 }) => ({ lowEdge, increment }));
  return bands.length === 0 && minTick === undefined ? undefined : priceGrid(bands, minTick);
}
