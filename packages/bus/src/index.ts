// One session for many programs and machines, over NATS. Read in this order:
//   subjects.ts  every subject, and who asks what by it; nats.ts how one signs in; answers.ts questions and refusals; values.ts
//   frame/       rows (the one table), fields, frames of rows
//   streams.ts   the one table of streams; reads.ts the one table of calls that read
//   serve/       the desk's side: streams shared and counted, order events numbered, requests taken while it leads
//   log/         the order log on JetStream with one writer; the lease that says who it is
//   consume/     connectBus: subscriptions and reading facades as the core's, orders by the way of the desk

export { BusRefusal, DeniedError, NoAnswerError, NobodyLeadsError, type Told } from './answers.js';
export {
  type Bus,
  type BusAccounts,
  type BusMarket,
  type ConnectBusOptions,
  connectBus,
  type SessionEvent,
} from './consume/connect.js';
export type { BusGap } from './consume/hearer.js';
export type { OrderEvent } from './consume/order-events.js';
export {
  type BusDraft,
  type BusOrders,
  type CommandHow,
  type DraftHow,
  NotTakenError,
  OutcomeUnknownError,
  type ReplayHow,
} from './consume/orders.js';
export { BusFrameError, type Frame, FrameWriter, frameOf, readFrame } from './frame/frame.js';
export { FRAME_VERSION, type Row } from './frame/rows.js';
export { type LogLine, ReplacedError, UnkeptError } from './log/log.js';
export type { NatsOptions } from './nats.js';
export type { ReadFamily, Reading } from './reads.js';
export { type BusCaller, type DeskSide, type ServeBusOptions, type ServedBus, serveBus } from './serve/serve.js';
export type { LineUse } from './serve/streams.js';
export { type Need as BusNeed, type Subjects, subjectsOf } from './subjects.js';
