// The connection with the NATS server: how one signs in, and that it comes back by itself.

import { readFileSync } from 'node:fs';
import { connect, credsAuthenticator, type NatsConnection } from '@nats-io/transport-node';

/** Where the server is and how one signs in. */
export interface NatsOptions {
  /** `nats://host:4222`, `tls://…`; several of one cluster. */
  readonly servers: string | readonly string[];
  /** File of credentials (`.creds`) as NATS makes them. */
  readonly creds?: string | undefined;
  readonly user?: string | undefined;
  readonly pass?: string | undefined;
  /** Files of TLS: the authority that signed the server's certificate, and one's own certificate with its key. */
  readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string } | undefined;
}

/** `who`: names the connection, and its inbox, so that permissions can keep the answers of others from it. */
export async function openNats(options: NatsOptions, who: string): Promise<NatsConnection> {
  const { servers, creds, user, pass, tls } = options;
  return connect({
    servers: typeof servers === 'string' ? servers : [...servers],
    name: `ibwire-bus ${who}`,
    inboxPrefix: `_INBOX_${who}`,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    pingInterval: 10_000,
    timeout: 5_000,
    ignoreClusterUpdates: false,
    ...(creds === undefined ? {} : { authenticator: credsAuthenticator(readFileSync(creds)) }),
    ...(user === undefined ? {} : { user }),
    ...(pass === undefined ? {} : { pass }),
    ...(tls === undefined
      ? {}
      : {
          tls: {
            ...(tls.ca === undefined ? {} : { caFile: tls.ca }),
            ...(tls.cert === undefined ? {} : { certFile: tls.cert }),
            ...(tls.key === undefined ? {} : { keyFile: tls.key }),
          },
        }),
  });
}
