/** Price grids by market rule. Numbers below 3000 were seen in recordings; those from 9000 on are ours. */
import type { MarketRule, PriceBand } from '../world/instrument.js';

const flat = (marketRuleId: number, increment: number): MarketRule => ({ marketRuleId, bands: [{ lowEdge: 0, increment }] });
const ladder = (marketRuleId: number, ...steps: readonly (readonly [lowEdge: number, increment: number])[]): MarketRule => ({
  marketRuleId,
  bands: steps.map(([lowEdge, increment]): PriceBand => ({ lowEdge, increment })),
});

export const MARKET_RULES = {
  usStock: flat(26, 0.01),
  /** US stocks may trade in hundredths of a cent below one dollar. */
  usPenny: ladder(9001, [0, 0.0001], [1, 0.01]),
  index: flat(25, 0.01),
  pennyOption: flat(32, 0.01),
  option: ladder(109, [0, 0.01], [3, 0.05]),
  /** Index options: a nickel below three dollars, a dime from there on. */
  indexOption: ladder(110, [0, 0.05], [3, 0.1]),
  es: flat(67, 0.25),
  esOption: ladder(9002, [0, 0.05], [10, 0.25]),
  rty: flat(9003, 0.1),
  ym: flat(9004, 1),
  crude: flat(9005, 0.01),
  gold: flat(9006, 0.1),
  gas: flat(98, 0.001),
  bond32: flat(9007, 0.015625),
  corporateBond: flat(335, 0.001),
  bitcoin: flat(2806, 0.25),
  crypto: flat(9008, 0.01),
  fund: flat(2963, 0.01),
  metal: flat(87, 0.01),
  warrant: ladder(469, [0, 0.001], [0.25, 0.005], [0.5, 0.01], [10, 0.02]),
  halfPip: flat(239, 0.00005),
  yenHalfPip: flat(9009, 0.005),
  pip: flat(9013, 0.0001),
  yenPip: flat(9014, 0.01),
  hongKong: ladder(
    9010,
    [0, 0.001],
    [0.25, 0.005],
    [0.5, 0.01],
    [10, 0.02],
    [20, 0.05],
    [100, 0.1],
    [200, 0.2],
    [500, 0.5],
    [1000, 1],
    [2000, 2],
    [5000, 5],
  ),
  /** The European ladder of the most liquid shares; London uses it in pence. */
  europe: ladder(
    9011,
    [0, 0.0001],
    [1, 0.0002],
    [2, 0.0005],
    [5, 0.001],
    [10, 0.002],
    [20, 0.005],
    [50, 0.01],
    [100, 0.02],
    [200, 0.05],
    [500, 0.1],
    [1000, 0.2],
    [2000, 0.5],
    [5000, 1],
    [10000, 2],
  ),
  korea: ladder(9012, [0, 1], [2000, 5], [5000, 10], [20000, 50], [50000, 100], [200000, 500], [500000, 1000]),
} as const satisfies Record<string, MarketRule>;

export type RuleName = keyof typeof MARKET_RULES;

const byId = new Map<number, MarketRule>(Object.values(MARKET_RULES).map((rule) => [rule.marketRuleId, rule]));

/** The rule `reqMarketRule` asks for; undefined when there is none of that number. */
export function marketRuleOf(marketRuleId: number): MarketRule | undefined {
  return byId.get(marketRuleId);
}
