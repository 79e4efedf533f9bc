// @ibwire/portfolio: one read-only portfolio over brokers.

export { differences, excesses } from './conformance.js';
export type { ReadOptions } from './csv/form.js';
export { readCsv } from './csv/read-csv.js';
export { FLEX_CODES, type FlexAction, flexAction } from './flex/codes.js';
export { type FlexRequest, fetchFlex } from './flex/service.js';
export { readFlex } from './flex/statement.js';
export type { HttpTools } from './http.js';
export * from './model.js';
export { normalised } from './normalised.js';
export { occOf, optionOf } from './option-symbol.js';
export { PortfolioError, type ProblemCode, redact } from './problem.js';
export { readText } from './read-text.js';
export { type AlpacaOptions, fetchAlpaca, readAlpaca } from './sources/alpaca.js';
export { fetchSnapTrade, readSnapTradeBalances, readSnapTradePositions, type SnapTradeOptions } from './sources/snaptrade.js';
export { canonicalRequest, type Signable, signature } from './sources/snaptrade-signature.js';
