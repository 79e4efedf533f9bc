// @ibwire/desk: one process that owns the session. Read commands/list.ts first, then orders/order-desk.ts and http/server.ts.

export { type Caller, type CallOf, type Command, NEEDS, type Need } from './commands/command.js';
export { commandOf, commands } from './commands/list.js';
export { type Desk, type DeskOptions, openDesk } from './desk.js';
export { openapi } from './http/openapi.js';
export { problemBody, problemOf } from './http/problems.js';
export { type DeskServer, type ServerOptions, serve } from './http/server.js';
export type { Draft, DraftOut, PreviewOut } from './orders/record.js';
export { DRAFT_STATES, type DraftState } from './orders/states.js';
export { Problem, type ShownFinding } from './problem.js';
export type { Ring, RingEvent } from './ring.js';
export type { Connected, Connection } from './session/connection.js';
export type { Mode } from './session/mode.js';
export { defaultLimits, type Limits, type Settings } from './settings.js';
export { openStore, type Store } from './store/store.js';
