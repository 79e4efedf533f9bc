// Interactive Brokers' Web API with the face of ibwire.

export { type Body, readBody } from './body.js';
export type { Decoded, Trouble } from './endpoints/decode.js';
export type { Endpoint, Needs, Pace } from './endpoints/endpoint.js';
export { type EndpointName, endpoints } from './endpoints/list.js';
export type { AnswerOf, RequestOf } from './endpoints/shape.js';
export { judge, type Verdict, type WhyNot } from './endpoints/verdict.js';
export { type Leg, type OrderAnswer, type Question, readOrderAnswer } from './orders/answer.js';
