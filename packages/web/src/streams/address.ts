// Where the stream is, signed: the session of tickle, the tokens of the signer.

import type { Ask } from '../client/ask.js';
import type { Signer } from '../sign/signer.js';

type Row = Readonly<Record<string, unknown>>;

/** Undefined when tickle tells no session: nobody is signed in. */
export async function streamAddress(
  base: string,
  ask: Ask,
  signer: Signer,
  attempt = 0,
): Promise<{ readonly url: URL; readonly headers: Readonly<Record<string, string>>; readonly session: string } | undefined> {
  const outcome = await ask.once('POST /tickle', {}, 'session');
  const told = outcome.at === 'answer' ? (outcome.value as Row | undefined)?.['session'] : undefined;
  if (typeof told !== 'string' || told === '') return undefined;
  const { query, headers: own } = signer.signStream(told);
  // Gateways differ in how they want the session in the cookie: what was turned down is tried the other way.
  const headers = signer.kind === 'gateway' && attempt % 2 === 1 ? { ...own, Cookie: `api=${told}` } : own;
  const url = new URL(`${base.replace(/^http/, 'ws')}/ws`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return { url, headers, session: told };
}
