// ibwire: a client for Trader Workstation and IB Gateway.

export { type AccountsFacade } from './client/accounts/facade.js';
export { type ConnectOptions, connect, type Ib } from './client/connect.js';
export type { ContractInput, ContractsFacade, DetailsMessage } from './client/contracts/facade.js';
export type { Call, Gap, GapCause } from './client/core.js';
export {
  AdmissionError,
  ClosedError,
  ConnectError,
  type ConnectPhase,
  GatewayError,
  IdRangeError,
  ReadOnlyError,
  TimeoutError,
} from './client/errors.js';
export type { Health } from './client/health.js';
export type { MarketFacade, TickMessage } from './client/market/facade.js';
export { type Explanation, explain } from './client/notices/explain.js';
export type { Raw } from './client/raw.js';
export type { SessionEvents, SessionNotice, SessionState } from './client/session-events.js';
export { type Batch, type BatchOptions, type Overflow, OverflowError } from './client/batches.js';
export { type StreamState, Subscription } from './client/subscription.js';
export { type Timer, wallTimer } from './client/timer.js';
export { DecodeError, EncodeError, FrameError, IbwireError, TooOldError } from './protocol/errors.js';
