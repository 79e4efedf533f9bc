// A validated GET of a quote against an empty validated route of fastify, by turns in one run.

import { connect } from 'node:net';
import fastify from 'fastify';
import { NEEDS } from '../src/commands/command.js';
import { openDesk } from '../src/desk.js';
import { serve } from '../src/http/server.js';

const CONNECTIONS = 16;

/** Asks so many times over connections that stay open, one question on each at a time. */
async function ask(url: string, request: string, count: number): Promise<void> {
  const { hostname, port, host } = new URL(url);
  const bytes = Buffer.from(request.replace('\r\n', `\r\nHost: ${host}\r\n`));
  let left = count;
  const one = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname);
      let told = '';
      const next = (): void => {
        if (left-- > 0) socket.write(bytes);
        else socket.end(resolve);
      };
      socket.on('error', reject);
      socket.on('connect', next);
      socket.on('data', (chunk) => {
        told += chunk.toString('latin1');
        const head = told.indexOf('\r\n\r\n');
        const length = /content-length: (\d+)/i.exec(told)?.[1];
        if (head < 0 || told.length < head + 4 + Number(length)) return;
        if (!told.startsWith('HTTP/1.1 200')) reject(new Error(told));
        told = '';
        next();
      });
    });
  await Promise.all(Array.from({ length: CONNECTIONS }, one));
}

/** CPU of one question, client and server together, in microseconds: the least of all rounds, since others run beside. */
export interface Figures {
  readonly empty: number;
  readonly quote: number;
}

export async function quoteAgainstEmpty(rounds: number, count: number): Promise<Figures> {
  const desk = await openDesk({ db: ':memory:', simulate: true });
  const server = await serve(desk, { port: 0, rate: { perSecond: 1_000_000, burst: 1_000_000 } });
  const { token } = await desk.tokens.create('bench', NEEDS);
  const plain = fastify();
  const querystring = { type: 'object', properties: { symbol: { type: 'string' } }, required: ['symbol'] };
  const answer = { type: 'object', properties: { ok: { type: 'boolean' } } };
  plain.get('/quote', { schema: { querystring, response: { 200: answer } } }, async () => ({ ok: true }));
  const plainUrl = await plain.listen({ port: 0, host: '127.0.0.1' });
  const tasks = {
    empty: () => ask(plainUrl, 'GET /quote?symbol=AAPL HTTP/1.1\r\n\r\n', count),
    quote: () => ask(server.url, `GET /v1/quotes/snapshot?symbol=AAPL HTTP/1.1\r\nAuthorization: Bearer ${token}\r\n\r\n`, count),
  };
  const least = { empty: Number.POSITIVE_INFINITY, quote: Number.POSITIVE_INFINITY };
  try {
    for (let round = 0; round < rounds; round++)
      for (const which of ['empty', 'quote'] as const) {
        const began = process.cpuUsage();
        await tasks[which]();
        const { user, system } = process.cpuUsage(began);
        least[which] = Math.min(least[which], (user + system) / count);
      }
  } finally {
    await plain.close();
    await server.close();
    await desk.close();
  }
  return least;
}
