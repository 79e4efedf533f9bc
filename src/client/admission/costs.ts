// What each kind of request takes from the budgets. Instruments and requests are named by keys that the caller makes.

import type { Cost } from './budgets.js';

/** What the history rules tell requests apart by. */
export interface HistoryShape {
  /** One for each instrument, for example its conId. */
  readonly instrument: string;
  readonly exchange: string;
  /** TRADES, BID_ASK …; BID_ASK counts twice. */
  readonly whatToShow: string;
  /** The whole request as text: two requests with the same one are identical. */
  readonly identity: string;
}

/** A quote stream or a snapshot: a line, shared by all streams of the instrument. */
export function quoteCosts(instrument: string, kind: 'stream' | 'snapshot' | 'regulatorySnapshot' = 'stream'): readonly Cost[] {
  const line: Cost = { budget: 'lines', key: instrument };
  return kind === 'regulatorySnapshot' ? [{ budget: 'regulatorySnapshots' }] : [line];
}

export function depthCosts(instrument: string): readonly Cost[] {
  return [{ budget: 'depth', key: instrument }];
}

export function tickByTickCosts(instrument: string): readonly Cost[] {
  return [{ budget: 'tickByTick' }, { budget: 'tickByTickStart', key: instrument }];
}

/** Five-second bars take a line like a quote and count with the small bars. */
export function realTimeBarsCosts(shape: HistoryShape): readonly Cost[] {
  return [{ budget: 'lines', key: shape.instrument }, ...smallBarCosts(shape)];
}

/** Historical bars. Bars of a minute and more are only held back by the number of open requests. */
export function historyCosts(shape: HistoryShape & { readonly barSize: string }): readonly Cost[] {
  return [{ budget: 'openHistory' }, ...(isSmallBar(shape.barSize) ? smallBarCosts(shape) : [])];
}

/** A head timestamp counts with the small bars, and stays open until it is cancelled. */
export function headTimestampCosts(shape: HistoryShape): readonly Cost[] {
  return [{ budget: 'openHistory' }, ...smallBarCosts(shape)];
}

/** Ticks of the past: the spacing rules are only known for bars; an identical request is spaced all the same. */
export function historicalTicksCosts(identity: string): readonly Cost[] {
  return [{ budget: 'openHistory' }, { budget: 'identical', key: identity }];
}

export function scannerCosts(): readonly Cost[] {
  return [{ budget: 'scanners' }];
}

export function accountSummaryCosts(): readonly Cost[] {
  return [{ budget: 'accountSummaries' }];
}

export function matchingSymbolsCosts(): readonly Cost[] {
  return [{ budget: 'matchingSymbols' }];
}

/** Whether bars of this size (`30 secs`, `1 min`) fall under the strict rules: those of thirty seconds and less. */
export function isSmallBar(barSize: string): boolean {
  const seconds = /^(\d+) secs?$/.exec(barSize.trim())?.[1];
  return seconds !== undefined && Number(seconds) <= 30;
}

function smallBarCosts({ instrument, exchange, whatToShow, identity }: HistoryShape): readonly Cost[] {
  const units = whatToShow === 'BID_ASK' ? 2 : 1;
  return [
    { budget: 'smallBars', units },
    { budget: 'sameContract', key: `${instrument}|${exchange}|${whatToShow}`, units },
    { budget: 'identical', key: identity },
  ];
}
