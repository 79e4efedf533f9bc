// Who gets in and who does not: each refused, and the desk well afterwards.

import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkListening } from '../src/http/server.js';
import { asker, buy, stage } from './stage.js';

/** Raw bytes to the desk, and everything that comes back until the desk closes the connection. */
function raw(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(text));
  });
}

const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);

describe('access', () => {
  it('no token, a wrong one, one in the query or one that is revoked opens nothing', async () => {
    await using at = await stage();
    const path = '/v1/session/status';
    expect((await asker(at.url, undefined)('GET', path)).status).toBe(401);
    expect((await asker(at.url, `ibd_${'x'.repeat(43)}`)('GET', path)).status).toBe(401);
    expect(
      (await asker(at.url, undefined)('GET', `${path}?token=${at.tokens.owner}&access_token=${at.tokens.owner}`)).status,
    ).toBe(401);
    const { body } = await at.owner('POST', '/v1/control/createToken', { name: 'screen', scopes: ['read'] });
    const screen = asker(at.url, body.token);
    expect((await screen('GET', path)).status).toBe(200);
    expect((await at.owner('POST', '/v1/control/revokeToken', { id: body.id })).status).toBe(200);
    expect((await screen('GET', path)).status).toBe(401);
    const rows = await at.desk.store.db.selectFrom('tokens').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(body.token);
  });

  it('a scope decides, never a field of the body', async () => {
    await using at = await stage();
    const reader = await at.as('read');
    const told = await reader('POST', '/v1/orders/draft', { ...buy('AAPL'), scopes: ['propose', 'approve'], confirm: true });
    expect([told.status, told.body.needs]).toEqual([403, 'propose']);
    for (const path of [
      '/v1/control/stop',
      '/v1/control/setLimits',
      '/v1/control/createToken',
      '/v1/session/disconnect',
      '/api/ibkr/disconnect',
    ])
      expect((await reader('POST', path, {})).status).toBe(403);
    const proposer = await at.as('propose');
    expect((await proposer('GET', '/v1/session/status')).status).toBe(403);
    expect((await proposer('POST', '/v1/orders/approve', { id: 'x' })).status).toBe(403);
  });

  it('a foreign host, a foreign page and a page of another site are refused before the token is looked at', async () => {
    await using at = await stage();
    const { port } = new URL(at.url);
    const token = `Authorization: Bearer ${at.tokens.owner}\r\n`;
    const get = (host: string, more = ''): Promise<string> =>
      raw(at.url, `GET /v1/session/status HTTP/1.1\r\nHost: ${host}\r\n${token}${more}Connection: close\r\n\r\n`);
    expect(statusOf(await get(`127.0.0.1:${port}`))).toBe(200);
    expect(statusOf(await get(`evil.example:${port}`))).toBe(403);
    expect(statusOf(await get(`127.0.0.1.evil.example:${port}`))).toBe(403);
    expect(statusOf(await get(`127.0.0.1@evil.example:${port}`))).toBe(403);
    expect(statusOf(await get(`127.0.0.1:${port}`, 'Origin: https://evil.example\r\n'))).toBe(403);
    expect(statusOf(await get(`127.0.0.1:${port}`, 'Origin: null\r\n'))).toBe(403);
    expect(statusOf(await get(`127.0.0.1:${port}`, 'Sec-Fetch-Site: cross-site\r\n'))).toBe(403);
    expect(statusOf(await get(`127.0.0.1:${port}`, `Origin: http://127.0.0.1:${port}\r\n`))).toBe(200);
  });

  it('a cookie reads, and changes something only with a header that foreign pages cannot send', async () => {
    await using at = await stage();
    const made = await at.owner('POST', '/session');
    const cookie = made.headers.get('set-cookie') ?? '';
    expect(cookie).toContain('HttpOnly; SameSite=Strict');
    const page = asker(at.url, undefined);
    const own = { cookie: cookie.split(';')[0] ?? '' };
    expect((await page('GET', '/v1/session/status', undefined, own)).status).toBe(200);
    expect((await page('POST', '/v1/control/stop', {}, own)).status).toBe(403);
    expect(at.desk.settings.stop).toBeUndefined();
    expect((await page('POST', '/v1/control/stop', {}, { ...own, 'x-ibwire-desk': '1' })).status).toBe(200);
  });

  it('tricks with paths lead nowhere', async () => {
    await using at = await stage();
    const { host } = new URL(at.url);
    for (const path of [
      '/openapi.json/../v1/session/status',
      '//v1/session/status',
      '/v1/session/status%2f',
      '/V1/session/status',
      '/healthz;/v1/session/status',
      '/v1/..%2f..%2fetc/passwd',
    ]) {
      const answer = await raw(at.url, `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      expect([401, 404]).toContain(statusOf(answer));
      expect(answer).not.toContain('serverVersion');
    }
  });

  it('a body of 100 MB is refused by its length, and one without a length after 64 KiB', async () => {
    await using at = await stage();
    const { host } = new URL(at.url);
    const head = `POST /v1/orders/draft HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${at.tokens.owner}\r\nContent-Type: application/json\r\n`;
    expect(statusOf(await raw(at.url, `${head}Content-Length: 104857600\r\nConnection: close\r\n\r\n{`))).toBe(413);
    const chunk = 'a'.repeat(32 * 1024);
    const chunks = `8000\r\n${chunk}\r\n`.repeat(4);
    expect(statusOf(await raw(at.url, `${head}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n${chunks}`))).toBe(413);
    expect((await at.owner('GET', '/healthz')).status).toBe(200);
  });

  it('100 MB that are pushed all the same are cut off, and nothing is kept of them', async () => {
    await using at = await stage();
    const { hostname, port, host } = new URL(at.url);
    const head = `POST /v1/orders/draft HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${at.tokens.owner}\r\nContent-Type: application/json\r\nContent-Length: 104857600\r\n\r\n`;
    const piece = Buffer.alloc(1024 * 1024, 'a');
    const socket = connect(Number(port), hostname, () => socket.write(head));
    socket.on('error', () => {});
    const over = new Promise<void>((resolve) => void socket.on('close', () => resolve()));
    const push = (left: number): void => {
      if (left > 0 && !socket.destroyed) socket.write(piece, () => push(left - 1));
    };
    push(100);
    await over;
    expect(socket.bytesWritten).toBeLessThan(50 * 1024 * 1024);
    expect((await at.owner('GET', '/v1/session/status')).status).toBe(200);
  });

  it('200 requests that never end are let go, and others are answered meanwhile', async () => {
    await using at = await stage();
    const { host } = new URL(at.url);
    const slow = Array.from({ length: 200 }, () => raw(at.url, `GET /v1/session/status HTTP/1.1\r\nHost: ${host}\r\nX-A: b\r\n`));
    const body = `POST /v1/orders/draft HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${at.tokens.owner}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`;
    const half = raw(at.url, body);
    expect((await at.owner('GET', '/v1/session/status')).status).toBe(200);
    expect((await at.owner('GET', '/v1/quotes/snapshot?symbol=AAPL')).status).toBe(200);
    expect(new Set((await Promise.all(slow)).map(statusOf))).toEqual(new Set([408]));
    expect(statusOf(await half)).toBe(408);
    expect((await at.owner('GET', '/v1/session/status')).status).toBe(200);
  });

  it.each(['a token', 'no token'])(
    '10,000 requests in a burst with %s: 429 beyond the rate; other tokens go on',
    async (which) => {
      await using at = await stage({ server: { rate: { perSecond: 1, burst: 200 } } });
      const { host } = new URL(at.url);
      const { token } = await at.desk.tokens.create('noisy', ['read']);
      const allowed = which === 'a token' ? 200 : 401;
      const head = `GET /v1/control/limits HTTP/1.1\r\nHost: ${host}\r\n${which === 'a token' ? `Authorization: Bearer ${token}\r\n` : ''}`;
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => raw(at.url, `${`${head}\r\n`.repeat(199)}${head}Connection: close\r\n\r\n`)),
      );
      const count = new Map<number, number>();
      for (const [, status] of answers.join('').matchAll(/HTTP\/1\.1 (\d{3}) /g))
        count.set(Number(status), (count.get(Number(status)) ?? 0) + 1);
      expect([...count.keys()].sort()).toEqual([allowed, 429].sort());
      expect((count.get(allowed) ?? 0) + (count.get(429) ?? 0)).toBe(10_000);
      expect(count.get(allowed)).toBeGreaterThanOrEqual(200);
      expect(count.get(allowed)).toBeLessThan(400);
      const refused = answers.join('').split('HTTP/1.1 429').at(-1) ?? '';
      expect(refused).toContain('retry-after: 1\r\n');
      expect(refused).toContain('"rule":"token"');
      if (which === 'a token') expect(refused).toMatch(/\r\nratelimit: "token";r=\d+;t=1, "gateway-rate";r=\d+/);
      expect((await at.owner('GET', '/v1/session/status')).status).toBe(200);
    },
  );

  it('by TLS: the same desk, a cookie that only TLS carries, and nothing for who speaks plainly', async () => {
    const read = (name: string): Buffer => readFileSync(join(import.meta.dirname, 'fixtures', name));
    const cert = read('localhost.crt');
    await using at = await stage({ server: { tls: { key: read('localhost.key'), cert } } });
    expect(at.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    const ask = (method: string, path: string): Promise<IncomingMessage> =>
      new Promise((resolve, reject) => {
        const headers = { authorization: `Bearer ${at.tokens.owner}` };
        request(`${at.url}${path}`, { method, ca: cert, headers, agent: false }, resolve).on('error', reject).end();
      });
    expect((await ask('GET', '/v1/session/status')).statusCode).toBe(200);
    expect((await ask('POST', '/session')).headers['set-cookie']?.[0]).toMatch(/; HttpOnly; SameSite=Strict; Path=\/; Secure$/);
    const { host } = new URL(at.url);
    expect(await raw(at.url, `GET /healthz HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)).not.toContain('200 OK');
  });

  it('behind a proxy: what did not come by TLS is refused, and cookies are for TLS', async () => {
    await using at = await stage({ server: { trustProxy: true, hosts: ['desk.example'] } });
    const status = '/v1/session/status';
    const by = (proto: string) => ({ 'x-forwarded-proto': proto });
    expect((await at.owner('GET', status, undefined, by('https'))).status).toBe(200);
    expect((await at.owner('GET', status, undefined, by('http'))).body.type).toBe('urn:ibwire:desk:plain');
    // The owner's command line, on the same machine.
    expect((await at.owner('GET', status)).status).toBe(200);
    expect((await at.owner('POST', '/session', undefined, by('https'))).headers.get('set-cookie')).toContain('; Secure');
    const { port } = new URL(at.url);
    const get = `GET ${status} HTTP/1.1\r\nHost: desk.example\r\nX-Forwarded-Proto: https\r\nAuthorization: Bearer ${at.tokens.owner}\r\n`;
    expect(
      statusOf(await raw(`http://127.0.0.1:${port}`, `${get}Origin: https://desk.example\r\nConnection: close\r\n\r\n`)),
    ).toBe(200);
    const foreign = `${get}X-Forwarded-Host: evil.example\r\nOrigin: https://evil.example\r\nConnection: close\r\n\r\n`;
    expect(statusOf(await raw(`http://127.0.0.1:${port}`, foreign))).toBe(403);
  });

  it('a page of another origin gets nothing with a token in its query, by any method', async () => {
    await using at = await stage();
    const { host } = new URL(at.url);
    for (const method of ['GET', 'POST', 'DELETE', 'OPTIONS', 'PUT'])
      for (const path of ['/v1/control/stop', '/api/ibkr/order/1', '/v1/streams/orders', '/v1/quotes/socket']) {
        const answer = await raw(
          at.url,
          `${method} ${path}?token=${at.tokens.owner}&authorization=Bearer%20${at.tokens.owner} HTTP/1.1\r\nHost: ${host}\r\nOrigin: https://evil.example\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
        );
        expect(statusOf(answer), `${method} ${path}`).toBe(403);
        expect(answer).not.toMatch(/access-control-allow/i);
      }
    expect(at.desk.settings.stop).toBeUndefined();
  });

  it('what nobody expected is printed without accounts and tokens, and told without details', async () => {
    const printed: string[] = [];
    await using at = await stage({ server: { onError: (text) => printed.push(text) } });
    const { create } = at.desk.tokens;
    Object.assign(at.desk.tokens, {
      create() {
        throw new Error(`Key (DU9000001) of ${at.tokens.owner} exists`);
      },
    });
    const told = await at.owner('POST', '/v1/control/createToken', { name: 'x', scopes: ['read'] });
    Object.assign(at.desk.tokens, { create });
    expect([told.status, told.body.detail]).toEqual([500, 'an error that nobody expected']);
    expect(printed).toHaveLength(1);
    expect(printed[0]).toContain('Key (an account) of a token exists');
  });

  it('listens beyond this machine only with TLS or behind a proxy that is named', () => {
    expect(() => checkListening({ port: 0, host: '0.0.0.0' })).toThrow(RangeError);
    expect(() => checkListening({ port: 0, host: '0.0.0.0', trustProxy: true })).not.toThrow();
    expect(() => checkListening({ port: 0 })).not.toThrow();
  });

  it('health, readiness and the document need no token; the document names every command', async () => {
    await using at = await stage();
    const nobody = asker(at.url, undefined);
    expect((await nobody('GET', '/healthz')).body).toEqual({ ok: true });
    expect((await nobody('GET', '/readyz')).status).toBe(200);
    const { body } = await nobody<{ readonly openapi: string; readonly paths: object }>('GET', '/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    expect(Object.keys(body.paths)).toContain('/v1/orders/draft');
    await at.owner('POST', '/v1/session/disconnect', {});
    expect((await nobody('GET', '/readyz')).status).toBe(503);
  });
});
