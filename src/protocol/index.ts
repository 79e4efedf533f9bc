// The wire: bytes to messages and back. Imports nothing, opens nothing, runs anywhere.

export { Decoder, incomingDecoder, outgoingDecoder, tableOf, type Unknown } from './decode.js';
export {
  type EncodeOptions,
  incomingEncoder,
  type MessageEncoder,
  outgoingEncoder,
  type RequestEncoder,
  tableOfKind,
  type Wire,
  wireFor,
} from './encode.js';
export { BINARY_ID, type Envelope, open, PROTOBUF_OFFSET } from './envelope.js';
export { DecodeError, type DecodePlace, EncodeError, FrameError, IbwireError, TooOldError } from './errors.js';
export { FrameDecoder, frame, MAX_FRAME, type OnFrame, type OnRun } from './frames.js';
export { type Greeting, greeting, type Hello, hello, MAX_VERSION, MIN_VERSION, readGreeting, readHello } from './handshake.js';
export type { Contract } from './records/contract.js';
export type { ContractDetails } from './records/contract-details.js';
export type { Execution } from './records/execution.js';
export type { Order } from './records/order.js';
export type { OrderCondition } from './records/order-condition.js';
export type { OrderState } from './records/order-state.js';
export {
  type Incoming,
  type IncomingKind,
  incomingKinds,
  type MessageInput,
  type MessageOf,
  type Outgoing,
  type OutgoingKind,
  outgoingKinds,
  type RequestInput,
  type RequestOf,
} from './registry.js';
export type { Account, ConId, DecimalText, ExecId, OrderId, PermId, ReqId } from './schema/codecs.js';
export { type Explained, type ExplainLine, type ExplainOptions, explainFrame } from './schema/explain.js';
export type { Direction, Input, Key, MessageTable, Of } from './schema/message.js';
export { hasRawBytes, rawBytes, reinterpret } from './text/bytes.js';
export type { TagValue } from './text/reader.js';
export { V } from './versions.js';
export { visibleText } from './visible-text.js';
