// Gateways without an account: one that trades in a simulated world, one that plays captures.

export { OptionError } from '../input/option-error.js';
export type { AccountBook, PortfolioRow } from './accounts/account-book.js';
export type { AccountKind } from './accounts/account-kind.js';
export type { AccountValue } from './accounts/account-values.js';
export type { AdvisorGroup, AllocationMethod, GroupMember } from './accounts/advisor.js';
export { type Clock, type Timer, type VirtualClock, virtualClock, type WallClockOptions, wallClock } from './clock.js';
export type { FarmState } from './faults/farms.js';
export type { Faults, Target } from './faults/faults.js';
export { FAULT_VERBS, FaultScriptError, parseScript } from './faults/script.js';
export type { OrderSummary } from './matching/engine.js';
export type { EngineOptions } from './matching/engine-state.js';
export type { SimComboLeg, SimCondition, SimContract, TagValue } from './matching/sim-order.js';
export type { Trouble } from './replay/conversation.js';
export type { Unplayed } from './replay/recording.js';
export type { ReplayProblem } from './replay/replay-error.js';
export { ReplayError } from './replay/replay-error.js';
export type { Pace, Received, ReplayGateway, ReplayOptions } from './replay/replay-gateway.js';
export { replayGateway } from './replay/replay-gateway.js';
export type { NamedCapture, ScriptSource } from './replay/script.js';
export type { AccountOptions, SimulateOptions, StartStep } from './server/options.js';
export type { PacingLimits } from './server/pacing/limits.js';
export type { LogEntry } from './server/record.js';
export type { ReceivedRequest, Traffic } from './server/server.js';
export type { TerminalSettings } from './server/terminal-settings.js';
export { type HistoryQuestion, type MarketHands, type SimulatedGateway, simulate } from './simulate.js';
export type { WorldErrorCode } from './world/errors.js';
export { WorldError } from './world/errors.js';
export type { HistoryBar } from './world/history.js';
export type {
  BondFacts,
  Driver,
  FundFacts,
  FutureMargin,
  Instrument,
  MarketRule,
  PriceBand,
  Right,
  SecId,
  SecType,
} from './world/instrument.js';
export type { Quote, SessionKind } from './world/market-view.js';
export type { World } from './world/world.js';
