// Which fields of the tables hold what a capture must not give away.
import type { IncomingKind } from '../../protocol/registry.js';
import type { Redaction } from '../format.js';

/** By the last name of a field's path. */
const SECRET: Readonly<Record<string, Redaction>> = {
  account: 'account',
  accountID: 'account',
  accountName: 'account',
  accountsList: 'account',
  acctCode: 'account',
  acctNumber: 'account',
  clearingAccount: 'account',
  customerAccount: 'account',
  deltaNeutralClearingAccount: 'account',
  familyCodeStr: 'account',
  apiData: 'name',
  extOperator: 'name',
  faGroup: 'name',
  faProfile: 'name',
  group: 'name',
  mifid2DecisionMaker: 'name',
  mifid2ExecutionTrader: 'name',
  modelCode: 'name',
  opaqueIsvKey: 'name',
  submitter: 'name',
  trustedIPs: 'name',
  whiteBrandingId: 'name',
  xyzChallenge: 'name',
  xyzResponse: 'name',
  orderRef: 'orderRef',
};

/** Advisor data: groups, aliases and accounts stand inside as elements. */
const MARKUP: ReadonlySet<string> = new Set(['xml', 'cxml']);

/** Values that mean something to the server and nobody in particular. */
const PUBLIC: ReadonlySet<string> = new Set(['', 'All', 'ALL', '*']);

export function secretOf(leaf: string): Redaction | undefined {
  return SECRET[leaf];
}

export function isMarkup(leaf: string): boolean {
  return MARKUP.has(leaf);
}

export function isPublic(value: string): boolean {
  return PUBLIC.has(value);
}

/** What everybody gets who asks for it: nothing of the user stands in these, and most traffic is of these kinds. */
const OF_THE_MARKET: ReadonlySet<string> = new Set([
  'bondContractDetails',
  'contractDetails',
  'headTimestamp',
  'histogramData',
  'historicalData',
  'historicalDataUpdate',
  'historicalSchedule',
  'historicalTicks',
  'historicalTicksBidAsk',
  'historicalTicksLast',
  'marketRule',
  'mktDepthExchanges',
  'newsArticle',
  'realtimeBar',
  'scannerData',
  'scannerParameters',
  'securityDefinitionOptionParameter',
  'smartComponents',
  'symbolSamples',
  'tickByTick',
  'tickEFP',
  'tickGeneric',
  'tickNews',
  'tickOptionComputation',
  'tickPrice',
  'tickReqParams',
  'tickSize',
  'tickString',
  'updateMktDepth',
  'updateMktDepthL2',
] satisfies IncomingKind[]);

export function isOfTheMarket(kind: string): boolean {
  return OF_THE_MARKET.has(kind);
}
