// What was sent last, of one kind, on a link of paper.

import type { OutgoingKind } from '../../src/protocol/registry.js';
import type { PaperSession, Sent } from '../client/session/paper-link.js';
import { settle } from './hand-timer.js';

/** The newest request of a kind, once everything that waits for promises has been sent. */
export async function asked(paper: PaperSession, kind: OutgoingKind): Promise<Sent & { readonly reqId: number }> {
  await settle();
  const sent = paper.sent.filter((one) => one.kind === kind).at(-1);
  if (sent === undefined) throw new Error(`${kind} was not sent`);
  return { ...sent, reqId: sent.reqId ?? Number.NaN };
}
