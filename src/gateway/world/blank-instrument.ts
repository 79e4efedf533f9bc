/** An instrument from the few facts that matter for its kind; everything else as most instruments have it. */
import { MARKET_RULES, type RuleName } from '../data/market-rules.js';
import type { Instrument, MarketRule } from './instrument.js';

type Needed = 'conId' | 'symbol' | 'secType' | 'currency' | 'exchange' | 'localSymbol' | 'longName' | 'timeZoneId' | 'calendar';
type Given = Pick<Instrument, Needed | 'orderTypes' | 'validExchanges' | 'driver' | 'volatility'> &
  Partial<Instrument> & { readonly ruleName: RuleName };

/** Fills in what was not given: unset, one, or the whole contract. */
export function instrumentFrom(given: Given): Instrument {
  const { ruleName, ...facts } = given;
  const rule: MarketRule = MARKET_RULES[ruleName];
  return {
    primaryExchange: undefined,
    tradingClass: undefined,
    lastTradeDate: undefined,
    lastTradeTime: undefined,
    lastTradeAt: undefined,
    contractMonth: undefined,
    realExpirationDate: undefined,
    strike: undefined,
    right: undefined,
    multiplier: 1,
    multiplierText: undefined,
    marketName: facts.tradingClass,
    industry: undefined,
    category: undefined,
    subcategory: undefined,
    stockType: undefined,
    minTick: rule.bands[0]?.increment ?? 0,
    rule,
    marketRuleIds: ruleIds(rule, facts.validExchanges),
    priceMagnifier: 1,
    minSize: 1,
    sizeIncrement: 1,
    suggestedSizeIncrement: 1,
    aggGroup: 2147483647,
    evRule: undefined,
    evMultiplier: undefined,
    settlementMethod: undefined,
    secIdList: [],
    underConId: undefined,
    underSymbol: undefined,
    underSecType: undefined,
    exerciseStyle: undefined,
    shortableShares: undefined,
    borrowFee: undefined,
    margin: undefined,
    isPartnership: false,
    fund: undefined,
    bond: undefined,
    spreadTicks: 1,
    dividendYield: 0,
    listedSince: '20050103',
    ...facts,
  };
}

const idsByRule = new Map<string, string>();

/** The rule's number once for each exchange. */
function ruleIds({ marketRuleId }: MarketRule, validExchanges: string): string {
  const key = `${marketRuleId} ${validExchanges}`;
  let ids = idsByRule.get(key);
  if (ids === undefined) {
    ids = validExchanges.replaceAll(/[^,]+/g, String(marketRuleId));
    idsByRule.set(key, ids);
  }
  return ids;
}
