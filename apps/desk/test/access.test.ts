// Who gets in and who does not: each refused, and the desk well afterwards.

import { connect } from 'node:net';
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

  it('a request that never ends is let go', async () => {
    await using at = await stage();
    const { host } = new URL(at.url);
    expect(statusOf(await raw(at.url, `GET /v1/session/status HTTP/1.1\r\nHost: ${host}\r\nX-A: b\r\n`))).toBe(408);
    expect((await at.owner('GET', '/v1/session/status')).status).toBe(200);
  });

  it('10,000 requests in a burst: what is beyond the rate gets 429 with the rule and a time; other tokens go on', async () => {
    await using at = await stage({ server: { rate: { perSecond: 100, burst: 200 } } });
    const noisy = await at.as('read');
    const count = new Map<number, number>();
    let last: Awaited<ReturnType<typeof noisy>> | undefined;
    for (let round = 0; round < 100; round++)
      await Promise.all(
        Array.from({ length: 100 }, async () => {
          const told = await noisy('GET', '/v1/control/limits');
          count.set(told.status, (count.get(told.status) ?? 0) + 1);
          if (told.status === 429) last = told;
        }),
      );
    expect([...count.keys()].sort()).toEqual([200, 429]);
    expect(last?.headers.get('retry-after')).toBe('1');
    expect(last?.body).toMatchObject({ rule: 'token', status: 429 });
    expect(last?.headers.get('ratelimit')).toMatch(/^"token";r=\d+;t=1, "gateway-rate";r=\d+/);
    expect((await at.owner('GET', '/v1/session/status')).status).toBe(200);
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
    const { body } = await nobody('GET', '/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    expect(Object.keys(body.paths)).toContain('/v1/orders/draft');
    await at.owner('POST', '/v1/session/disconnect', {});
    expect((await nobody('GET', '/readyz')).status).toBe(503);
  });
});
