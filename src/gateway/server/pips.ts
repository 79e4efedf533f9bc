// Currency pairs where the terminal neither shows nor takes parts of a pip.
import { MARKET_RULES } from '../data/market-rules.js';
import { gridOf } from '../world/grid.js';
import type { Instrument, MarketRule } from '../world/instrument.js';
import type { Market } from '../world/market.js';
import type { TerminalSettings } from './terminal-settings.js';

/** A whole pip for each part of one. */
const WHOLE = new Map<MarketRule, MarketRule>([
  [MARKET_RULES.halfPip, MARKET_RULES.pip],
  [MARKET_RULES.yenHalfPip, MARKET_RULES.yenPip],
]);

const whole = new WeakMap<Instrument, Instrument>();

/** The instrument with steps of whole pips; the same object for what is no currency pair. */
export function inWholePips(instrument: Instrument): Instrument {
  if (instrument.secType !== 'CASH') return instrument;
  const known = whole.get(instrument);
  if (known !== undefined) return known;
  const rule = WHOLE.get(instrument.rule);
  const made: Instrument =
    rule === undefined
      ? instrument
      : {
          ...instrument,
          rule,
          minTick: rule.bands[0]?.increment ?? instrument.minTick,
          marketRuleIds: instrument.validExchanges.replaceAll(/[^,]+/g, String(rule.marketRuleId)),
        };
  whole.set(instrument, made);
  return made;
}

/** The instrument as its orders are taken, and its details told. */
export function asTraded(instrument: Instrument, terminal: TerminalSettings): Instrument {
  return terminal.allowForexTradingIn1_10Pips ? instrument : inWholePips(instrument);
}

/** The market with the steps that the terminal takes orders in. */
export function tradedMarket(market: Market, terminal: () => TerminalSettings): Market {
  const gridFor = (conId: number) => {
    const instrument = market.instrument(conId);
    const taken = instrument && asTraded(instrument, terminal());
    return taken === instrument || taken === undefined ? undefined : gridOf(taken.rule);
  };
  return {
    ...market,
    tickAt: (conId, price) => gridFor(conId)?.tickAt(price) ?? market.tickAt(conId, price),
    onGrid: (conId, price) => gridFor(conId)?.isOn(price) ?? market.onGrid(conId, price),
  };
}
