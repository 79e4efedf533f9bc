// @ibwire/portfolio: one read-only portfolio over brokers. Read model.ts first, then source.ts, merge.ts and views/.

export { type Config, configOf, type SourceConfig, sourceOf } from './config.js';
export { differences, excesses } from './conformance.js';
export type { ReadOptions } from './csv/form.js';
export { type Mapping, mappingOf, readMapped } from './csv/mapping.js';
export { readCsv } from './csv/read-csv.js';
export { FLEX_CODES, type FlexAction, flexAction } from './flex/codes.js';
export { type FlexRequest, fetchFlex } from './flex/service.js';
export { readFlex } from './flex/statement.js';
export type { HttpTools } from './http.js';
export { type Confidence, type Match, matchOf, nameOf } from './identity.js';
export { keyOf, merge, type Portfolio, type SameAccount } from './merge.js';
export {
  type AccountKey,
  type AccountSummary,
  type AssetClass,
  type Balance,
  type DecimalText,
  emptyReading,
  type Instrument,
  type OptionTerms,
  type Origin,
  type Position,
  type Reading,
  type Transaction,
  type TransactionKind,
} from './model.js';
export { normalised } from './normalised.js';
export { occOf, optionOf } from './option-symbol.js';
export { type Cell, type Columns, positionColumns, transactionColumns } from './out/columns.js';
export { type Sheet, tableText } from './out/table.js';
export { toCsv, toParquet } from './out/write.js';
export { PortfolioError, type ProblemCode, redact } from './problem.js';
export { readText } from './read-text.js';
export { compare, type Difference, type Rebuilt, rebuild } from './rebuild.js';
export { positionSheet, summarySheets, transactionSheet, viewSheet } from './report.js';
export { type SecretPlace, secretOf } from './secrets.js';
export { type Attempt, fileSource, readAll, type Source } from './source.js';
export { type AlpacaOptions, fetchAlpaca, readAlpaca } from './sources/alpaca.js';
export { readSession, sessionSource } from './sources/session.js';
export { fetchSnapTrade, readSnapTradeBalances, readSnapTradePositions, type SnapTradeOptions } from './sources/snaptrade.js';
export { canonicalRequest, type Signable, signature } from './sources/snaptrade-signature.js';
export { readWeb, type WebAsk, webSource } from './sources/web.js';
export { type CashLine, cash } from './views/cash.js';
export { concentration, convert, type Rate, type Share } from './views/concentration.js';
export { type Line, totals, type ViewName, view } from './views/groups.js';
export { worthOf } from './views/value.js';
export { type LossSale, lossSalesElsewhere, type Neighbours, washSaleNeighbours } from './views/wash-sales.js';
