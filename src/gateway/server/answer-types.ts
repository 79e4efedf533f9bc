// The shape of an answer: one function per outgoing kind.
import type { OutgoingKind, RequestOf } from '../../protocol/registry.js';
import type { Client } from './client.js';
import type { Gateway } from './state.js';

export type Answer<K extends OutgoingKind> = (request: RequestOf<K>, client: Client, gateway: Gateway) => void;

/** Every outgoing kind with its answer; a kind that is forgotten does not compile. */
export type Answers = { readonly [K in OutgoingKind]: Answer<K> };

/** What one family of answers may hold. */
export type Family = Partial<Answers>;
