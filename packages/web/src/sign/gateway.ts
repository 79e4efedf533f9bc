// The local gateway signs by itself: a person has logged in at its page, and its cookie is all there is.

import type { Signer } from './signer.js';

/** Signs for the Client Portal Gateway on this machine. */
export function gatewaySigner(): Signer {
  return {
    kind: 'gateway',
    needsPerson: true,
    expiresAt: undefined,
    open: () => Promise.resolve(),
    sign: () => ({}),
    signStream: (session) => ({ query: {}, headers: { Cookie: `api=${JSON.stringify({ session })}` } }),
  };
}
