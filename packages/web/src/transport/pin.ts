// The certificate of a gateway on this machine is its own: it is known by its fingerprint, and nothing leaves before it was seen.

import { Agent, type AgentOptions } from 'node:https';
import { isIP } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { WebError } from '../problem.js';

/** A SHA-256 fingerprint as letters and digits. */
const bare = (fingerprint: string): string => fingerprint.replace(/[^0-9a-f]/gi, '').toUpperCase();

export function isLoopback(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase();
  return name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'));
}

const GREETING_WITHIN = 10_000;

type Done = (error: Error | null, socket?: TLSSocket) => void;

/**
 * An agent whose connections are to this certificate alone. Its name and its issuer do not matter, its fingerprint does; the
 * connection is handed over only after that was compared.
 * @throws {WebError} `WEB_OPTION` for a host that is not this machine, or for what is no SHA-256 fingerprint
 */
export function pinnedAgent(host: string, fingerprint: string, options: AgentOptions = {}): Agent {
  if (!isLoopback(host))
    throw new WebError('WEB_OPTION', `fingerprint: pinned for this machine only; ${host} has a certificate to be checked`);
  const wanted = bare(fingerprint);
  if (wanted.length !== 64)
    throw new WebError('WEB_OPTION', 'fingerprint: 64 hex digits of SHA-256, as `ibwire-web fingerprint` prints them');
  const agent = new Agent({ keepAlive: true, ...options });
  const create = (
    to: { readonly host?: string; readonly port?: number | string; readonly servername?: string },
    done: Done,
  ): undefined => {
    const socket = connect({ host: to.host ?? host, port: Number(to.port), rejectUnauthorized: false });
    socket.once('error', (error) => done(error));
    // A listener that never greets back is left after a while, so that its sockets do not pile up.
    socket.setTimeout(GREETING_WITHIN, () => socket.destroy(new WebError('WEB_TRANSPORT', `no certificate from ${host}`)));
    socket.once('secureConnect', () => {
      socket.setTimeout(0);
      socket.removeAllListeners('timeout');
      const seen = bare(socket.getPeerCertificate().fingerprint256 ?? '');
      socket.removeAllListeners('error');
      if (seen === wanted) return done(null, socket);
      socket.on('error', () => {});
      socket.destroy();
      done(
        new WebError(
          'WEB_PIN',
          `another certificate than the pinned one answers at ${host}:${to.port}: nothing was sent. ` +
            `If the gateway was given a new one, \`ibwire-web fingerprint --port ${to.port}\` prints it`,
        ),
      );
    });
    return undefined;
  };
  return Object.assign(agent, { createConnection: create });
}

/** The fingerprint of whoever answers there; nothing is sent. */
export function fingerprintAt(host: string, port: number, timeout = 5_000): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, rejectUnauthorized: false, timeout });
    const end = (error: Error | undefined, found = ''): void => {
      socket.destroy();
      if (error === undefined) resolve(found);
      else reject(error);
    };
    socket.once('secureConnect', () => end(undefined, socket.getPeerCertificate().fingerprint256));
    socket.once('error', (error) => end(error));
    socket.once('timeout', () => end(new WebError('WEB_TRANSPORT', `no certificate from ${host}:${port} within ${timeout} ms`)));
  });
}
