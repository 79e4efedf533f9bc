// OAuth 1.0a as a signer: a live session token of a day, then a signature on every request.

import { randomBytes, timingSafeEqual } from 'node:crypto';
import { readBody } from '../body.js';
import { rowOf } from '../endpoints/list.js';
import { judge } from '../endpoints/verdict.js';
import { WebError } from '../problem.js';
import * as math from './oauth1-math.js';
import { type Secret, secretOf } from './secret.js';
import type { Signer } from './signer.js';

export interface OAuth1Options {
  /** Nine characters. */
  readonly consumerKey: string;
  readonly accessToken: string;
  /** Base64, as the portal gave it. */
  readonly accessTokenSecret: Secret;
  /** PEM. */
  readonly signatureKey: Secret;
  /** PEM. */
  readonly encryptionKey: Secret;
  /** Prime of the Diffie-Hellman parameters, hex. */
  readonly dhPrime: Secret;
  /** Default `limited_poa`; `test_realm` with the consumer TESTCONS. */
  readonly realm?: string;
  /** Default `https://api.ibkr.com/v1/api`. */
  readonly base?: string;
  /** For tests: so many random bytes. */
  readonly random?: (bytes: number) => Buffer;
}

/** Signs for the hosted API with OAuth 1.0a. Nothing is read before `open`. */
export function oauth1Signer(options: OAuth1Options): Signer {
  const { consumerKey, accessToken, realm = 'limited_poa', base = 'https://api.ibkr.com/v1/api', random = randomBytes } = options;
  let token: string | undefined;
  let expiresAt: number | undefined;
  let clock = Date.now;
  const signs = (method: string) => ({
    oauth_consumer_key: consumerKey,
    oauth_nonce: random(16).toString('hex'),
    oauth_signature_method: method,
    oauth_timestamp: String(Math.floor(clock() / 1000)),
    oauth_token: accessToken,
  });
  return {
    kind: 'oauth1',
    needsPerson: false,
    get expiresAt() {
      return expiresAt;
    },
    async open(send, now) {
      clock = now;
      const [encryption, signature, primeHex, encrypted] = await Promise.all([
        secretOf(options.encryptionKey, 'encryption key'),
        secretOf(options.signatureKey, 'signature key'),
        secretOf(options.dhPrime, 'Diffie-Hellman prime'),
        secretOf(options.accessTokenSecret, 'access token secret'),
      ]);
      const prime = math.primeOf(primeHex);
      const prepend = math.prependOf(encrypted, math.privateKey(encryption, 'encryption key'));
      const secret = BigInt(`0x${random(32).toString('hex')}`);
      const url = `${base}/oauth/live_session_token`;
      const params = { ...signs('RSA-SHA256'), diffie_hellman_challenge: math.challengeOf(secret, prime) };
      const text = math.baseString('POST', url, params, prepend);
      const signed = math.percent(math.rsaSignature(text, math.privateKey(signature, 'signature key')));
      const answer = await send({
        method: 'POST',
        url: new URL(url),
        headers: { Authorization: math.authorization(realm, { ...params, oauth_signature: signed }) },
      });
      const verdict = judge(rowOf('POST /oauth/live_session_token'), answer.status, readBody(answer.body));
      if (verdict.at === 'refused') {
        const hint = verdict.why === 'unknownConsumer' ? ' A new consumer key works a day later, or up to two weeks.' : '';
        throw new WebError('WEB_SIGN', `no live session token: ${verdict.status} ${verdict.text}.${hint}`);
      }
      const told = (verdict.value ?? {}) as Readonly<Record<string, unknown>>;
      const response = String(told['diffie_hellman_response'] ?? '');
      if (!math.isPublicNumber(response, prime))
        throw new WebError('WEB_SIGN', 'no live session token: the answer has no number in it');
      const made = math.liveSessionToken(response, secret, prime, prepend);
      const [mine, theirs] = [math.tokenProof(made, consumerKey), String(told['live_session_token_signature'] ?? '')];
      if (mine.length !== theirs.length || !timingSafeEqual(Buffer.from(mine), Buffer.from(theirs.toLowerCase())))
        throw new WebError(
          'WEB_SIGN',
          'the live session token does not prove itself: keys, prime or consumer key are of another pair',
        );
      token = made;
      const ends = Number(told['live_session_token_expiration']);
      expiresAt = Number.isFinite(ends) && ends > 0 ? ends : undefined;
    },
    sign(method, url) {
      if (token === undefined) throw new WebError('WEB_SIGN', 'not signed in: the live session token is asked for first');
      const params = signs('HMAC-SHA256');
      const query = Object.fromEntries(url.searchParams);
      const text = math.baseString(method, `${url.origin}${url.pathname}`, { ...params, ...query });
      const oauth_signature = math.percent(math.hmacSignature(text, token));
      return { Authorization: math.authorization(realm, { ...params, oauth_signature }) };
    },
    signStream: (session) => ({ query: { oauth_token: accessToken }, headers: { Cookie: `api=${JSON.stringify({ session })}` } }),
  };
}
