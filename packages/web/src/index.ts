// Interactive Brokers' Web API with the face of ibwire. Read in this order:
//   endpoints/   one table of every endpoint; shapes, the tolerant decoder, what an answer means
//   sign/        three ways of signing in; transport/ the pinned certificate and one request sent once
//   admission/   budgets of the table, and the queue before the wire; session/ the machine and its driver
//   streams/     one socket, kept alive: its frames, topics that are shared and come back, orders merged with their lists
//   client/      connectWeb: the face in the core's words, and what it cannot; orders/ tickets, questions, one round of placing, what lists tell
//   simulate/    a web gateway before the world of `ibwire/gateway`

export type { Lane } from './admission/admission.js';
export type { BudgetOptions } from './admission/budgets.js';
export { type Body, readBody } from './body.js';
export type { WebAccounts } from './client/accounts.js';
export type { Ask, Question as WebQuestion, WebCall } from './client/ask.js';
export { connectWeb } from './client/connect.js';
export type { WebContracts, WebStock } from './client/contracts.js';
export type { Web, WebOptions } from './client/face.js';
export type { ExecutionFilter, WebOrdersFace } from './client/orders.js';
export { type Followed, stateOf as webStateOf, type WebTrade } from './client/trade.js';
export { type Capability, UnsupportedError } from './client/unsupported.js';
export type { Decoded, Trouble } from './endpoints/decode.js';
export type { Endpoint, Needs, Pace } from './endpoints/endpoint.js';
export { type EndpointName, endpoints } from './endpoints/list.js';
export type { AnswerOf, RequestOf } from './endpoints/shape.js';
export { judge, type Verdict, type WhyNot } from './endpoints/verdict.js';
export type { WebBar } from './market/bars.js';
export type { WebMarket } from './market/facade.js';
export type { WebHistory } from './market/history.js';
export type { DataKind, MarketValue } from './market/value.js';
export { type Leg, type OrderAnswer, type Question, readOrderAnswer } from './orders/answer.js';
export type { WebCancel, WebOrderOptions, WebOrders, WebPlaceOptions, WebPreview } from './orders/face.js';
export type { ListedFill, ListedOrder } from './orders/listed.js';
export type { QuestionAnswer, QuestionPolicy } from './orders/policy.js';
export type { LegResult } from './orders/round.js';
export { WebError, type WebProblemCode, WebRefusal } from './problem.js';
export type { Step, WebSessionState } from './session/machine.js';
export { gatewaySigner } from './sign/gateway.js';
export { type OAuth1Options, oauth1Signer } from './sign/oauth1.js';
export { type OAuth2Options, oauth2Signer } from './sign/oauth2.js';
export type { Secret } from './sign/secret.js';
export type { Incoming, Outgoing, Send, Signer, StreamSigns } from './sign/signer.js';
export { defaultFaults, type WebFaults } from './simulate/faults.js';
export { type ListeningWebGateway, listenWeb } from './simulate/listen.js';
export { type SeenRequest, simulatedEndpoints, type WebGateway, webGateway } from './simulate/web-gateway.js';
export type { WebNotice } from './streams/notices.js';
export type { LiveOrders, OrderNews } from './streams/orders.js';
export { fingerprintAt, pinnedAgent } from './transport/pin.js';
export { type OpenStream, type StreamEvents, type StreamSocket, webSocketStream } from './transport/stream.js';
