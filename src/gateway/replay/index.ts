export type { Trouble } from './conversation.js';
export type { Unplayed } from './recording.js';
export { ReplayError, type ReplayProblem } from './replay-error.js';
export { type Pace, type Received, type ReplayGateway, type ReplayOptions, replayGateway } from './replay-gateway.js';
export type { NamedCapture, ScriptSource } from './script.js';
