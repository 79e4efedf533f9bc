// One request over HTTPS, sent once. Repeating is for those above, who know what may be repeated.

import type { Agent } from 'node:https';
import { request } from 'node:https';
import { WebError } from '../problem.js';
import type { Incoming, Outgoing, Send } from '../sign/signer.js';

const LARGEST = 64 * 1024 * 1024;
/** The host refuses clients without one. */
const USER_AGENT = 'ibwire-web/0.1';

/** Sends over TLS. `agent`: a pinned one; unset: certificates are checked as everywhere. */
export function httpsSend(agent?: Agent): Send {
  return (outgoing: Outgoing, { signal, timeout = 15_000 } = {}) =>
    new Promise<Incoming>((resolve, reject) => {
      const { method, url, headers, body } = outgoing;
      const length = body === undefined ? (method === 'POST' ? '0' : undefined) : String(Buffer.byteLength(body));
      const sent = request(
        url,
        {
          method,
          // Said outright: nothing in the environment switches the check off.
          ...(agent === undefined ? { rejectUnauthorized: true } : { agent }),
          ...(signal !== undefined && { signal }),
          headers: {
            'User-Agent': USER_AGENT,
            Accept: '*/*',
            ...headers,
            ...(length !== undefined && { 'Content-Length': length }),
          },
        },
        (answer) => {
          const chunks: Buffer[] = [];
          let size = 0;
          answer.on('data', (chunk: Buffer) => {
            size += chunk.length;
            if (size > LARGEST) answer.destroy(new WebError('WEB_TRANSPORT', `an answer above ${LARGEST} bytes`));
            else chunks.push(chunk);
          });
          answer.on('error', reject);
          answer.on('end', () => {
            const flat = Object.entries(answer.headers).map(([name, value]) => [
              name,
              Array.isArray(value) ? value.join('; ') : value,
            ]);
            resolve({
              status: answer.statusCode ?? 0,
              headers: Object.fromEntries(flat) as Incoming['headers'],
              body: Buffer.concat(chunks).toString('utf8'),
            });
          });
        },
      );
      const late = setTimeout(
        () => sent.destroy(new WebError('WEB_TRANSPORT', `${method} ${url.pathname}: no answer within ${timeout} ms`)),
        timeout,
      );
      sent.on('close', () => clearTimeout(late));
      sent.on('error', (error: NodeJS.ErrnoException) => reject(explained(error, url)));
      sent.end(body);
    });
}

const UNTRUSTED = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

function explained(error: NodeJS.ErrnoException, url: URL): Error {
  if (UNTRUSTED.has(error.code ?? ''))
    return new WebError(
      'WEB_PIN',
      `the certificate at ${url.host} is its own; for a gateway on this machine give its fingerprint: ibwire-web fingerprint --port ${url.port || 443}`,
      { cause: error },
    );
  if (error.code === 'ECONNREFUSED')
    return new WebError('WEB_TRANSPORT', `nobody listens at ${url.host}: is the gateway running?`, { cause: error });
  return error;
}
