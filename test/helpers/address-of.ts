// Whose a message is, for tests that make messages without bytes.

import type { Address } from '../../src/client/wire/address.js';
import { tableOfKind } from '../../src/protocol/encode.js';
import type { Incoming } from '../../src/protocol/registry.js';

export function addressOf(message: Incoming): Address {
  const { id, key } = tableOfKind('incoming', message.kind);
  return { id, owner: key === 'reqId' ? (message as { readonly reqId?: number }).reqId : undefined };
}
