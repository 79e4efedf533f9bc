// Who gets in: by the host they call, the page they come from, and the token they hold. Nothing in a body decides.

import type { FastifyRequest } from 'fastify';
import type { Caller, Need } from '../commands/command.js';
import { Problem } from '../problem.js';
import type { Tokens } from '../tokens.js';

export const COOKIE = 'ibwire_desk';
/** A header that a page of another origin cannot send without asking first. */
export const OWN_HEADER = 'x-ibwire-desk';

export interface AccessRules {
  /** Host names under which the desk may be called. */
  readonly hosts: ReadonlySet<string>;
  readonly tokens: Tokens;
  /** A proxy in front does TLS, and says how it was called. */
  readonly trustProxy: boolean;
}

const refuse = (status: number, slug: string, title: string, detail: string, remedy?: string): Problem =>
  new Problem(status, slug, title, detail, { remedy });

function hostName(host: string): string {
  const found = /^(\[[0-9a-f:]+\]|[a-z0-9.-]+)(?::\d{1,5})?$/i.exec(host);
  return (found?.[1] ?? '').toLowerCase();
}

const isLoopback = (address = ''): boolean => address === '::1' || /^(::ffff:)?127\./.test(address);

/** @throws {Problem} 403 for a foreign host or page: a name that was pointed at this machine is not this desk. */
export function checkPlace({ headers, socket }: FastifyRequest, { hosts, trustProxy }: AccessRules): void {
  const host = headers.host ?? '';
  if (!hosts.has(hostName(host)))
    throw refuse(
      403,
      'host',
      'Not this desk',
      'the request names a host that is not this desk',
      'Call it by the URL it printed.',
    );
  const proto = headers['x-forwarded-proto'];
  // From this machine itself a call may come past the proxy.
  if (trustProxy && proto !== 'https' && (proto !== undefined || !isLoopback(socket.remoteAddress)))
    throw refuse(403, 'plain', 'Not over TLS', 'the proxy does not say that it was called by TLS', 'Call it by https.');
  const { origin } = headers;
  if (origin !== undefined) {
    const own = /^https?:\/\/(.+)$/.exec(origin)?.[1];
    if (own !== host) throw refuse(403, 'origin', 'Foreign page', 'pages of other origins may not call the desk');
  }
  const site = headers['sec-fetch-site'];
  if (site === 'cross-site' || site === 'same-site')
    throw refuse(403, 'origin', 'Foreign page', 'pages of other origins may not call the desk');
}

function cookieOf(header: string | undefined): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === COOKIE) return part.slice(at + 1).trim();
  }
  return undefined;
}

/** @throws {Problem} 401 without a good token. Tokens in a query are never read. */
export function callerOf({ headers, method }: FastifyRequest, { tokens }: AccessRules): Caller {
  const bearer = /^Bearer ([\w-]{20,200})$/.exec(headers.authorization ?? '')?.[1];
  const cookie = bearer === undefined ? cookieOf(headers.cookie) : undefined;
  const token = bearer ?? cookie;
  const caller = token === undefined ? undefined : tokens.find(token);
  if (caller === undefined)
    throw refuse(
      401,
      'token',
      'No token',
      'a token is needed: Authorization: Bearer …',
      'The owner makes one with control.createToken.',
    );
  if (cookie !== undefined && method !== 'GET' && method !== 'HEAD' && headers[OWN_HEADER] === undefined)
    throw refuse(403, 'csrf', 'Not from our own page', `requests by cookie need the header ${OWN_HEADER}`);
  return caller;
}

/** @throws {Problem} 403 when the token does not hold what is needed. */
export function checkScope(caller: Caller, need: Need): void {
  if (!caller.scopes.has(need))
    throw new Problem(403, 'scope', 'Not allowed', `this takes the scope ${need}, which the token does not hold`, {
      remedy: 'The owner makes a token with that scope.',
      extra: { needs: need },
    });
}
