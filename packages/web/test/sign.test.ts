import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { gatewaySigner } from '../src/sign/gateway.js';
import { oauth1Signer } from '../src/sign/oauth1.js';
import * as math from '../src/sign/oauth1-math.js';
import { assertionClaims, jwt, oauth2Signer, sessionClaims, tokenForm } from '../src/sign/oauth2.js';
import type { Outgoing, Send } from '../src/sign/signer.js';

const load = (name: string) => JSON.parse(readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8'));
const one = load('oauth1a-vectors.json');
const two = load('oauth2-vectors.json');
const prime = BigInt(`0x${one.primeHex}`);

describe.each(one.vectors as readonly (typeof one.vectors)[number][])('OAuth 1.0a: $name', (vector) => {
  const secret = BigInt(`0x${vector.clientPrivateHex}`);
  const request = vector.liveSessionTokenRequest;

  it('takes the padding off the access token secret', () =>
    expect(math.prependOf(vector.accessTokenSecretBase64, math.privateKey(one.encryptionPrivateKeyPem, 'key'))).toBe(
      vector.prependHex,
    ));
  it('makes the challenge', () => expect(math.challengeOf(secret, prime)).toBe(vector.clientChallengeHex));
  it('makes the token, and proves it', () => {
    expect(math.liveSessionToken(vector.serverResponseHex, secret, prime, vector.prependHex)).toBe(vector.liveSessionToken);
    expect(math.tokenProof(vector.liveSessionToken, one.consumerKey)).toBe(vector.liveSessionTokenSignature);
  });
  it('signs the request for the token', () => {
    const text = math.baseString(
      'POST',
      'https://api.ibkr.com/v1/api/oauth/live_session_token',
      request.params,
      vector.prependHex,
    );
    expect(text).toBe(request.baseString);
    const signed = math.rsaSignature(text, math.privateKey(one.signaturePrivateKeyPem, 'key'));
    expect(signed).toBe(request.signatureBase64);
    expect(math.percent(signed)).toBe(request.oauth_signature_encoded);
  });
  it.each(['signedGet', 'signedGetWithQuery'])('signs what follows: %s', (name) => {
    const { url, params, baseString, signatureBase64 } = vector[name];
    expect(math.baseString('GET', url, params)).toBe(baseString);
    expect(math.hmacSignature(baseString, vector.liveSessionToken)).toBe(signatureBase64);
  });

  it('as a signer: the same bytes leave', async () => {
    const left: Outgoing[] = [];
    const nonces = [request.params.oauth_nonce, vector.signedGetWithQuery.params.oauth_nonce];
    let now = request.params.oauth_timestamp * 1000;
    const signer = oauth1Signer({
      consumerKey: one.consumerKey,
      accessToken: request.params.oauth_token,
      accessTokenSecret: () => vector.accessTokenSecretBase64,
      signatureKey: () => one.signaturePrivateKeyPem,
      encryptionKey: () => one.encryptionPrivateKeyPem,
      dhPrime: () => one.primeHex,
      random: (bytes) =>
        bytes === 32
          ? Buffer.from(vector.clientPrivateHex.padStart(64, '0'), 'hex')
          : ({ toString: () => nonces.shift() } as Buffer),
    });
    expect(() => signer.sign('GET', new URL('https://api.ibkr.com/v1/api/tickle'))).toThrow(/not signed in/);
    const send: Send = (outgoing) => {
      left.push(outgoing);
      const body = {
        diffie_hellman_response: vector.serverResponseHex,
        live_session_token_signature: vector.liveSessionTokenSignature,
        live_session_token_expiration: now + 86_400_000,
      };
      return Promise.resolve({ status: 200, headers: {}, body: JSON.stringify(body) });
    };
    await signer.open(send, () => now);
    expect(left[0]?.headers['Authorization']).toContain(`oauth_signature="${request.oauth_signature_encoded}"`);
    expect(left[0]?.headers['Authorization']).toContain('realm="limited_poa"');
    expect(signer.expiresAt).toBe(now + 86_400_000);
    now = vector.signedGetWithQuery.params.oauth_timestamp * 1000;
    const { url, query, signatureBase64 } = vector.signedGetWithQuery;
    const { Authorization = '' } = signer.sign('GET', new URL(`${url}?${new URLSearchParams(query)}`));
    expect(Authorization).toContain(`oauth_signature="${math.percent(signatureBase64)}"`);
    const shown = inspect(signer, { depth: 9, showHidden: true }) + JSON.stringify(signer);
    for (const secret of [vector.liveSessionToken, vector.prependHex, vector.accessTokenSecretBase64])
      expect(shown).not.toContain(secret);
  });
});

describe('OAuth 1.0a', () => {
  it('encodes what RFC 3986 encodes', () => {
    for (const [plain, encoded] of Object.entries(one.percentEncoding)) expect(math.percent(plain)).toBe(encoded);
  });

  it('a number whose top bit is set has a zero byte before it, a short one has none', () => {
    expect(math.signedBytes(0x80n).toString('hex')).toBe('0080');
    expect(math.signedBytes(0x7fn).toString('hex')).toBe('7f');
    expect(math.signedBytes(0x1ffn).toString('hex')).toBe('01ff');
  });

  const keys = {
    consumerKey: one.consumerKey,
    accessToken: 'a',
    accessTokenSecret: () => one.vectors[0].accessTokenSecretBase64,
    signatureKey: () => one.signaturePrivateKeyPem,
    encryptionKey: () => one.encryptionPrivateKeyPem,
    dhPrime: () => one.primeHex,
  };
  const answering =
    (body: object, status = 200): Send =>
    () =>
      Promise.resolve({ status, headers: {}, body: JSON.stringify(body) });

  it('takes no token that does not prove itself', async () => {
    const body = { diffie_hellman_response: one.vectors[0].serverResponseHex, live_session_token_signature: '00'.repeat(20) };
    const signer = oauth1Signer(keys);
    await expect(signer.open(answering(body), Date.now)).rejects.toThrow(/does not prove itself/);
    expect(() => signer.sign('GET', new URL('https://api.ibkr.com/'))).toThrow(/not signed in/);
  });

  it('says that a new consumer key needs its time', () =>
    expect(
      oauth1Signer(keys).open(answering({ error: 'id: 39687, error: invalid consumer', statusCode: 401 }, 401), Date.now),
    ).rejects.toThrow(/invalid consumer.*a day later/));

  it('a prime that is none, and a secret of another key, are told and not printed', async () => {
    const prime = oauth1Signer({ ...keys, dhPrime: () => '-----BEGIN DH PARAMETERS-----SECRET' }).open(answering({}), Date.now);
    await expect(prime).rejects.toMatchObject({ code: 'WEB_SECRET', message: expect.stringMatching(/hex digits/) });
    expect(inspect(await prime.catch((error: unknown) => error), { depth: 9, showHidden: true })).not.toContain('SECRET-');
    const secret = oauth1Signer({ ...keys, accessTokenSecret: () => 'U0VDUkVU' }).open(answering({}), Date.now);
    await expect(secret).rejects.toMatchObject({ code: 'WEB_SIGN' });
    expect(inspect(await secret.catch((error: unknown) => error), { depth: 9, showHidden: true })).not.toContain('U0VDUkVU');
  });

  it('a number of the other side that makes no secret is refused', async () => {
    for (const number of ['0', '1', (prime - 1n).toString(16), prime.toString(16), 'zz'])
      await expect(
        oauth1Signer(keys).open(answering({ diffie_hellman_response: number, live_session_token_signature: 'x' }), Date.now),
      ).rejects.toThrow(/no number/);
  });

  it('a key that is none is told, not printed', async () => {
    const failing = oauth1Signer({ ...keys, encryptionKey: () => 'SECRET-TEXT' }).open(answering({}), Date.now);
    await expect(failing).rejects.toThrow(/encryption key: it is no private key/);
    await expect(failing).rejects.not.toThrow(/SECRET-TEXT/);
  });
});

describe('OAuth 2.0', () => {
  const key = math.privateKey(two.privateKeyPem, 'key');

  it('makes both tokens and the form byte for byte', () => {
    const assertion = jwt(assertionClaims(two.clientId, two.now), two.clientKeyId, key);
    expect(assertion).toBe(two.tokenRequest.assertion);
    expect(tokenForm(assertion)).toBe(two.tokenRequest.form);
    expect(jwt(sessionClaims(two, two.now), two.clientKeyId, key)).toBe(two.sessionRequest.body);
  });

  it('as a signer: token, session, bearer', async () => {
    const left: Outgoing[] = [];
    const signer = oauth2Signer({ ...two, privateKey: () => two.privateKeyPem });
    const send: Send = (outgoing) => {
      left.push(outgoing);
      const body = { access_token: `token-${left.length}`, token_type: 'Bearer', expires_in: 86_399 };
      return Promise.resolve({ status: 200, headers: {}, body: JSON.stringify(body) });
    };
    await signer.open(send, () => two.now * 1000);
    expect(left.map(({ url }) => String(url))).toEqual([two.tokenRequest.url, two.sessionRequest.url]);
    expect(left[0]?.body).toBe(two.tokenRequest.form);
    expect(left[1]).toMatchObject({
      body: two.sessionRequest.body,
      headers: { Authorization: 'Bearer token-1', 'Content-Type': 'application/jwt' },
    });
    expect(signer.sign('GET', new URL('https://api.ibkr.com/'))).toEqual({ Authorization: 'Bearer token-2' });
    expect(signer.signStream('s').query).toEqual({ sessionToken: 'token-2', bearer_token: 'token-2' });
    expect(inspect(signer, { depth: 9, showHidden: true })).not.toContain('token-2');
  });

  it('a problem is told in its words', () => {
    const send: Send = () =>
      Promise.resolve({ status: 401, headers: {}, body: '{"type":"about:blank","title":"Unauthorized","status":401}' });
    return expect(oauth2Signer({ ...two, privateKey: () => two.privateKeyPem }).open(send, Date.now)).rejects.toThrow(
      /401 Unauthorized/,
    );
  });
});

it('the gateway signs by its cookie', () =>
  expect(gatewaySigner().signStream('abc')).toEqual({ query: {}, headers: { Cookie: 'api={"session":"abc"}' } }));
