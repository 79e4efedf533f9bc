// Gateways without an account: one that trades in a simulated world, one that plays captures.

export type { AccountKind } from './accounts/account-kind.js';
export type { AdvisorGroup, AllocationMethod } from './accounts/advisor.js';
export { type Clock, type Timer, type VirtualClock, virtualClock, type WallClockOptions, wallClock } from './clock.js';
export type { FarmState } from './faults/farms.js';
export type { Faults, Target } from './faults/faults.js';
export { FAULT_VERBS, FaultScriptError, parseScript } from './faults/script.js';
export type { OrderSummary } from './matching/engine.js';
export { ReplayError } from './replay/replay-error.js';
export type { Pace, Received, ReplayGateway, ReplayOptions } from './replay/replay-gateway.js';
export { replayGateway } from './replay/replay-gateway.js';
export type { AccountOptions, SimulateOptions, StartStep } from './server/options.js';
export type { PacingLimits } from './server/pacing/limits.js';
export type { LogEntry } from './server/record.js';
export type { ReceivedRequest } from './server/server.js';
export { type MarketHands, type SimulatedGateway, simulate } from './simulate.js';
export { WorldError } from './world/errors.js';
