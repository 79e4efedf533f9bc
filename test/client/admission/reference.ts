// The rules of the gateway, written down a second time and slowly: what a log of sent messages breaks.

import type { AdmissionRequest } from '../../../src/client/admission/budgets.js';
import {
  accountSummaryCosts,
  depthCosts,
  headTimestampCosts,
  historyCosts,
  matchingSymbolsCosts,
  quoteCosts,
  realTimeBarsCosts,
  scannerCosts,
  tickByTickCosts,
} from '../../../src/client/admission/costs.js';

/** A request as a user thinks of it. */
export type Wish =
  | { readonly is: 'cancel' | 'order' | 'probe' | 'scanner' | 'accountSummary' | 'symbols' }
  | { readonly is: 'quote' | 'regulatorySnapshot' | 'depth' | 'tickByTick'; readonly instrument: string }
  | {
      readonly is: 'smallBars' | 'minuteBars' | 'realTimeBars' | 'headTimestamp';
      readonly instrument: string;
      readonly what: 'TRADES' | 'BID_ASK';
      readonly span: string;
    };

export function toRequest(wish: Wish): AdmissionRequest {
  switch (wish.is) {
    case 'cancel':
    case 'order':
    case 'probe':
      return { asked: wish.is, lane: wish.is };
    case 'scanner':
      return { asked: wish.is, lane: 'request', costs: scannerCosts() };
    case 'accountSummary':
      return { asked: wish.is, lane: 'request', costs: accountSummaryCosts() };
    case 'symbols':
      return { asked: wish.is, lane: 'request', costs: matchingSymbolsCosts() };
    case 'quote':
      return { asked: wish.is, lane: 'request', costs: quoteCosts(wish.instrument) };
    case 'regulatorySnapshot':
      return { asked: wish.is, lane: 'request', costs: quoteCosts(wish.instrument, 'regulatorySnapshot') };
    case 'depth':
      return { asked: wish.is, lane: 'request', costs: depthCosts(wish.instrument) };
    case 'tickByTick':
      return { asked: wish.is, lane: 'request', costs: tickByTickCosts(wish.instrument) };
    default: {
      const { instrument, what, span } = wish;
      const shape = { instrument, exchange: 'SMART', whatToShow: what, identity: identityOf(wish) };
      if (wish.is === 'realTimeBars') return { asked: wish.is, lane: 'request', costs: realTimeBarsCosts(shape) };
      if (wish.is === 'headTimestamp') return { asked: wish.is, lane: 'history', costs: headTimestampCosts(shape) };
      const barSize = wish.is === 'smallBars' ? '5 secs' : '1 min';
      return {
        asked: wish.is,
        lane: 'history',
        costs: historyCosts({ ...shape, identity: `${identityOf(wish)} ${span}`, barSize }),
      };
    }
  }
}

function identityOf(wish: Extract<Wish, { span: string }>): string {
  return `${wish.is} ${wish.instrument} ${wish.what}`;
}

/** A message that was sent, and when what it opened was closed again (Infinity: never). */
export interface Sent {
  readonly wish: Wish;
  readonly at: number;
  until: number;
}

export interface Rules {
  readonly perSecond: number;
  readonly lines: number;
  readonly openHistory: number;
}

/** What the log breaks, in words; empty when nothing. */
export function violations(log: readonly Sent[], rules: Rules): string[] {
  const found: string[] = [];
  const within = (from: number, to: number, test: (sent: Sent) => number): number =>
    log.filter(({ at }) => at > from && at <= to).reduce((sum, sent) => sum + test(sent), 0);
  const check = (name: string, at: number, value: number, most: number): void => {
    if (value > most) found.push(`${name} at ${at}: ${value} of ${most}`);
  };
  const isSmall = ({ is }: Wish): boolean => is === 'smallBars' || is === 'realTimeBars' || is === 'headTimestamp';
  const weight = (wish: Wish): number => ('what' in wish && wish.what === 'BID_ASK' ? 2 : 1);
  const isLike = (one: Wish, other: Wish, fields: readonly string[]): boolean =>
    fields.every((field) => Reflect.get(one, field) === Reflect.get(other, field));

  log.forEach(({ wish, at }, position) => {
    check(
      'messages per second',
      at,
      within(at - 1000, at, () => 1),
      rules.perSecond,
    );
    const earlier = log.slice(0, position);
    const tooSoon = (ms: number, fields: readonly string[]): number =>
      earlier.filter((other) => at - other.at < ms && isLike(wish, other.wish, fields)).length;
    if (isSmall(wish)) {
      const small = (sent: Sent): number => (isSmall(sent.wish) ? weight(sent.wish) : 0);
      check('small bars', at, within(at - 600_000, at, small), 60);
      const same = (sent: Sent): number => (isLike(wish, sent.wish, ['instrument', 'what']) ? small(sent) : 0);
      check('one contract', at, within(at - 2000, at, same), 5);
      const fields = ['is', 'instrument', 'what', ...(wish.is === 'smallBars' ? ['span'] : [])];
      check('identical', at, tooSoon(15_000, fields), 0);
    }
    if (wish.is === 'tickByTick') check('tick-by-tick spacing', at, tooSoon(15_000, ['is', 'instrument']), 0);
    if (wish.is === 'symbols' || wish.is === 'regulatorySnapshot') check(wish.is, at, tooSoon(1000, ['is']), 0);

    const open = log.filter((sent) => sent.at <= at && sent.until > at);
    const count = (...kinds: Wish['is'][]): number => open.filter((sent) => kinds.includes(sent.wish.is)).length;
    const instruments = (...kinds: Wish['is'][]): number =>
      new Set(open.filter((sent) => kinds.includes(sent.wish.is)).map((sent) => Reflect.get(sent.wish, 'instrument'))).size;
    check('lines', at, instruments('quote', 'realTimeBars'), rules.lines);
    check('depth', at, instruments('depth'), 3);
    check('tick-by-tick', at, count('tickByTick'), 5);
    check('scanners', at, count('scanner'), 10);
    check('account summaries', at, count('accountSummary'), 2);
    check('open history', at, count('smallBars', 'minuteBars', 'headTimestamp'), rules.openHistory);
  });
  return found;
}
