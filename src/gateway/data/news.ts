// Made-up news: who publishes, what bulletins say, and the sentences headlines are made of.

export const NEWS_PROVIDERS: readonly (readonly [code: string, name: string])[] = [
  ['BRFG', 'Briefing.com General Market Columns'],
  ['BRFUPDN', 'Briefing.com Analyst Actions'],
  ['DJ-N', 'Dow Jones News Service'],
  ['DJNL', 'Dow Jones Newsletters'],
];

export const HEADLINES: readonly string[] = [
  'reports quarterly revenue above its own forecast',
  'names a new head of operations',
  'raises its dividend',
  'opens a plant ahead of schedule',
  'is upgraded by two brokers',
  'is cut to neutral on valuation',
  'recalls a small batch of its product',
  'extends a supply agreement by five years',
  'plans to buy back shares',
  'confirms its outlook for the year',
];

export const BULLETINS: readonly (readonly [msgType: number, text: string, exchange: string])[] = [
  [1, 'Scheduled maintenance of the simulated systems takes place at the weekend.\nOrders that work stay where they are.', ''],
  [2, 'Trading on this exchange is not available at present.', 'ISE'],
  [3, 'Trading on this exchange is available again.', 'ISE'],
];
