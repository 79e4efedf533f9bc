// Writes the tables of docs/migration.md: every request of the official API, and what it is here. A kind that is missing does not compile.

import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type OutgoingKind, outgoingKinds } from '../src/protocol/registry.js';

const CLOSE = 'the stream’s `close()`, or leaving its loop';
const ABORT = 'the call’s `signal`';
const SESSION = 'the session does it';
const RAW = '`raw.send`';

const ours: Readonly<Record<OutgoingKind, string>> = {
  reqMktData: '`market.quotes`, `market.snapshot`, `market.ticks`, `market.columns`',
  cancelMktData: CLOSE,
  placeOrder: '`orders.place`, `orders.placeGroup`; a change: `trade.modify`; a what-if: `orders.preview`',
  cancelOrder: '`trade.cancel`',
  reqOpenOrders: '`orders.open()`',
  reqAccountUpdates: '`accounts.portfolio`',
  reqExecutions: '`orders.executions`',
  reqIds: SESSION,
  reqContractDetails: '`contracts.qualify`, `contracts.details`, `contracts.detailsStream`',
  reqMktDepth: '`market.depth`',
  cancelMktDepth: CLOSE,
  reqNewsBulletins: '`news.bulletins`',
  cancelNewsBulletins: CLOSE,
  setServerLogLevel: '`terminal.logLevel`',
  reqAutoOpenOrders: RAW,
  reqAllOpenOrders: "`orders.open({ which: 'all' })`",
  reqManagedAccts: '`accounts.ids`, `accounts.managed`',
  requestFA: '`advisor.xml`, `advisor.groups`, `advisor.aliases`',
  replaceFA: '`advisor.replace`, `advisor.replaceGroups`',
  reqHistoricalData: '`history.bars`, `history.span`, `history.live`, `history.columns`, `history.schedule`',
  exerciseOptions: '`orders.exercise`',
  reqScannerSubscription: '`scanner.run`, `scanner.subscribe`',
  cancelScannerSubscription: CLOSE,
  reqScannerParameters: '`scanner.parameters`',
  cancelHistoricalData: `${ABORT}, or ${CLOSE}`,
  reqCurrentTime: '`terminal.time`',
  reqRealTimeBars: '`market.bars5s`',
  cancelRealTimeBars: CLOSE,
  reqFundamentalData: 'withdrawn by the broker after API 10.46; `raw.send`',
  cancelFundamentalData: RAW,
  calculateImpliedVolatility: '`options.calculateImpliedVolatility`; without asking: `options.modelVolatility`',
  calculateOptionPrice: '`options.calculateOptionPrice`; without asking: `options.modelGreeks`',
  cancelCalculateImpliedVolatility: ABORT,
  cancelCalculateOptionPrice: ABORT,
  reqGlobalCancel: '`orders.cancelAll`',
  reqMarketDataType: '`market.dataType`',
  reqPositions: '`accounts.positions`, `accounts.livePositions`',
  reqAccountSummary: '`accounts.summary`, `accounts.linked`, `accounts.live`',
  cancelAccountSummary: CLOSE,
  cancelPositions: CLOSE,
  verifyRequest: RAW,
  verifyMessage: RAW,
  queryDisplayGroups: '`terminal.displayGroups`',
  subscribeToGroupEvents: '`terminal.displayGroup`',
  updateDisplayGroup: '`terminal.displayGroup(…).show`',
  unsubscribeFromGroupEvents: CLOSE,
  startApi: SESSION,
  verifyAndAuthRequest: RAW,
  verifyAndAuthMessage: RAW,
  reqPositionsMulti: '`accounts.positions({ account, modelCode })`',
  cancelPositionsMulti: CLOSE,
  reqAccountUpdatesMulti: '`accounts.numbers`, `accounts.liveNumbers`',
  cancelAccountUpdatesMulti: CLOSE,
  reqSecDefOptParams: '`options.parameters`, `options.chain`',
  reqSoftDollarTiers: '`advisor.softDollarTiers`',
  reqFamilyCodes: '`accounts.familyCodes`',
  reqMatchingSymbols: '`contracts.search`',
  reqMktDepthExchanges: '`market.depthExchanges`',
  reqSmartComponents: '`market.smartComponents`',
  reqNewsArticle: '`news.article`',
  reqNewsProviders: '`news.providers`',
  reqHistoricalNews: '`news.historical`',
  reqHeadTimestamp: '`history.headTimestamp`',
  reqHistogramData: '`history.histogram`',
  cancelHistogramData: ABORT,
  cancelHeadTimestamp: ABORT,
  reqMarketRule: '`contracts.marketRule`, `contracts.grid`, `contracts.snap`',
  reqPnL: '`accounts.pnl`',
  cancelPnL: CLOSE,
  reqPnLSingle: '`accounts.positionPnl`',
  cancelPnLSingle: CLOSE,
  reqHistoricalTicks: '`history.ticks`',
  reqTickByTickData: '`market.tickByTick`',
  cancelTickByTickData: CLOSE,
  reqCompletedOrders: '`orders.completed`',
  reqWshMetaData: '`calendar.meta`',
  cancelWshMetaData: ABORT,
  reqWshEventData: '`calendar.events`',
  cancelWshEventData: ABORT,
  reqUserInfo: '`terminal.userInfo`',
  reqCurrentTimeInMillis: '`terminal.time`',
  cancelContractData: ABORT,
  cancelHistoricalTicks: ABORT,
  reqConfig: '`terminal.config`',
  updateConfig: '`terminal.updateConfig`',
};

const page = resolve(import.meta.dirname, '../docs/migration.md');
const [BEGIN, END] = ['<!-- written by scripts/migration-docs.ts -->', '<!-- end -->'];

/** The page with its table as the registry has it now. */
export function withTable(text: string): string {
  const rows = outgoingKinds.map(({ kind }) => `| \`${kind}\` | ${ours[kind]} |`);
  const table = ['| official | here, on `ib` |', '|---|---|', ...rows].join('\n');
  return `${text.slice(0, text.indexOf(BEGIN) + BEGIN.length)}\n\n${table}\n\n${text.slice(text.indexOf(END))}`;
}

/** Every call of ours that the table names, as `family.method`. */
export const named: readonly string[] = Object.values(ours).flatMap((text) =>
  [...text.matchAll(/`(\w+\.\w+)/g)].map(([, name = '']) => name),
);

if (process.argv[1] === import.meta.filename) writeFileSync(page, withTable(readFileSync(page, 'utf8')));
