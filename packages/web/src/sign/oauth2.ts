// OAuth 2.0 with a private-key JWT: an access token, then a session bound to the caller's address, then a bearer on every request.

import { createSign, type KeyObject } from 'node:crypto';
import { readBody } from '../body.js';
import { type EndpointName, rowOf } from '../endpoints/list.js';
import { judge } from '../endpoints/verdict.js';
import { WebError } from '../problem.js';
import { privateKey } from './oauth1-math.js';
import { type Secret, secretOf } from './secret.js';
import type { Incoming, Signer } from './signer.js';

export interface OAuth2Options {
  readonly clientId: string;
  readonly clientKeyId: string;
  /** PEM. */
  readonly privateKey: Secret;
  /** The user name the session is for. */
  readonly credential: string;
  /** The public address of this machine: an address that moves breaks the session. */
  readonly ip: string;
  /** Default `https://api.ibkr.com`. */
  readonly host?: string;
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A signed token. RS256 is deterministic: the same claims in the same order, the same bytes. */
export function jwt(claims: object, kid: string, key: KeyObject): string {
  const text = `${part({ alg: 'RS256', typ: 'JWT', kid })}.${part(claims)}`;
  return `${text}.${createSign('RSA-SHA256').update(text).sign(key, 'base64url')}`;
}

/** Claims of the first step. `now` in seconds; `aud` is the path alone, as the broker has it. */
export const assertionClaims = (clientId: string, now: number): object => ({
  iss: clientId,
  sub: clientId,
  aud: '/token',
  exp: now + 20,
  iat: now - 10,
});

/** Claims of the second step. */
export const sessionClaims = (of: Pick<OAuth2Options, 'ip' | 'credential' | 'clientId'>, now: number): object => ({
  ip: of.ip,
  credential: of.credential,
  iss: of.clientId,
  exp: now + 86_400,
  iat: now,
});

/** The form of the first step. */
export function tokenForm(assertion: string): string {
  return new URLSearchParams({
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
    scope: 'sso-sessions.write',
  }).toString();
}

function tokenIn(answer: Incoming, name: EndpointName): { readonly token: string; readonly lasts: number | undefined } {
  const verdict = judge(rowOf(name), answer.status, readBody(answer.body));
  if (verdict.at === 'refused') throw new WebError('WEB_SIGN', `${name}: ${verdict.status} ${verdict.text}`);
  const { access_token: token, expires_in: lasts } = (verdict.value ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof token !== 'string' || token === '') throw new WebError('WEB_SIGN', `${name}: the answer has no access token`);
  return { token, lasts: Number(lasts) > 0 ? Number(lasts) : undefined };
}

/** Signs for the hosted API with OAuth 2.0. Nothing is read before `open`. */
export function oauth2Signer(options: OAuth2Options): Signer {
  const { clientId, clientKeyId, host = 'https://api.ibkr.com' } = options;
  let bearer: string | undefined;
  let expiresAt: number | undefined;
  return {
    kind: 'oauth2',
    needsPerson: false,
    get expiresAt() {
      return expiresAt;
    },
    async open(send, clock) {
      const key = privateKey(await secretOf(options.privateKey, 'private key'), 'private key');
      const now = Math.floor(clock() / 1000);
      const first = await send({
        method: 'POST',
        url: new URL(`${host}/oauth2/api/v1/token`),
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: tokenForm(jwt(assertionClaims(clientId, now), clientKeyId, key)),
      });
      const access = tokenIn(first, 'POST /oauth2/api/v1/token');
      const second = await send({
        method: 'POST',
        url: new URL(`${host}/gw/api/v1/sso-sessions`),
        headers: { 'Content-Type': 'application/jwt', Authorization: `Bearer ${access.token}` },
        body: jwt(sessionClaims(options, now), clientKeyId, key),
      });
      bearer = tokenIn(second, 'POST /gw/api/v1/sso-sessions').token;
      expiresAt = (now + Math.min(access.lasts ?? 86_400, 86_400)) * 1000;
    },
    sign() {
      if (bearer === undefined) throw new WebError('WEB_SIGN', 'not signed in: the access token is asked for first');
      return { Authorization: `Bearer ${bearer}` };
    },
    // One page calls it sessionToken, the other bearer_token: both are sent.
    signStream: (session) => ({
      query: { sessionToken: bearer ?? '', bearer_token: bearer ?? '' },
      headers: { Cookie: `api=${JSON.stringify({ session })}` },
    }),
  };
}
