// The HTTP face: access first, then routes from the table; every refusal is a problem, every answer has an id.

import { randomBytes } from 'node:crypto';
import { createServer as createPlain } from 'node:http';
import { createServer as createSecure } from 'node:https';
import websocket from '@fastify/websocket';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Caller } from '../commands/command.js';
import type { Desk } from '../desk.js';
import { Problem } from '../problem.js';
import { type AccessRules, COOKIE, callerOf, checkPlace } from './access.js';
import { fileRoutes } from './files.js';
import { ibkrRoutes } from './ibkr.js';
import { mcpRoute } from './mcp.js';
import { openapi } from './openapi.js';
import { pageRoutes } from './pages.js';
import { problemBody, problemOf } from './problems.js';
import { quoteSocket } from './quote-socket.js';
import { createRate, defaultRate, type RateOptions } from './rate.js';
import { commandRoutes } from './routes.js';
import { streamRoutes } from './streams.js';

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller;
  }
}

export interface ServerOptions {
  readonly port: number;
  /** Default 127.0.0.1. Anything but loopback needs `tls` or `trustProxy`. */
  readonly host?: string;
  /** Further names under which it may be called. */
  readonly hosts?: readonly string[];
  readonly tls?: { readonly key: string | Buffer; readonly cert: string | Buffer };
  /** A proxy in front does TLS. */
  readonly trustProxy?: boolean;
  readonly rate?: RateOptions;
  readonly validateAnswers?: boolean;
  /** Sets of tools of /mcp; default `default`. */
  readonly toolsets?: readonly string[];
  /** How a person approves a draft, in words for an assistant. */
  readonly howToApprove?: (id: string) => string;
  /** Folder of the built dashboard; default where the build leaves it. */
  readonly pages?: string;
  /** Gets errors that nobody expected. They hold no token and no account id. */
  readonly onError?: (text: string) => void;
}

export interface DeskServer {
  readonly app: FastifyInstance;
  readonly url: string;
  /** Ends streams, then waits for what runs. */
  close(): Promise<void>;
}

const pathOf = ({ url }: FastifyRequest): string => url.split('?', 1)[0] ?? '';

export const VERSION = '0.1.0';
const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);
const OPEN_PATHS: ReadonlySet<string> = new Set(['/openapi.json', '/healthz', '/readyz']);
const BODY_BYTES = 64 * 1024;
/** For heads and bodies that never end. */
const PATIENCE = {
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  keepAliveTimeout: 10_000,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 16 * 1024,
};

/** @throws {RangeError} for an address beyond this machine without TLS. */
export function checkListening({ host = '127.0.0.1', tls, trustProxy }: ServerOptions): void {
  if (LOOPBACK.has(host) || tls !== undefined || trustProxy === true) return;
  throw new RangeError(`${host} is not loopback: give TLS files, or --trust-proxy with a proxy that does TLS in front`);
}

export async function serve(desk: Desk, options: ServerOptions): Promise<DeskServer> {
  checkListening(options);
  const { host = '127.0.0.1', tls } = options;
  // Ids of requests: of this run, and counted.
  const run = randomBytes(6).toString('hex');
  let count = 0;
  const app = fastify({
    logger: false,
    bodyLimit: BODY_BYTES,
    forceCloseConnections: true,
    genReqId: () => `${run}-${++count}`,
    routerOptions: { maxParamLength: 64 },
    serverFactory: (handler) =>
      tls === undefined ? createPlain(PATIENCE, handler) : createSecure({ ...tls, ...PATIENCE }, handler),
  });
  const withoutNames = (text: string): string =>
    (desk.connection.current?.accounts ?? [])
      .reduce((left, account) => left.replaceAll(account, 'an account'), text)
      .replaceAll(/ibd_[\w-]+/g, 'a token');
  const rules: AccessRules = {
    hosts: new Set(['127.0.0.1', '[::1]', 'localhost', host, ...(options.hosts ?? [])].map((one) => one.toLowerCase())),
    tokens: desk.tokens,
    trustProxy: options.trustProxy === true,
  };
  const rate = createRate(options.rate ?? defaultRate, desk, desk.timer);
  const openPaths = new Set(OPEN_PATHS);
  app.decorateRequest('caller');
  await app.register(websocket, { options: { maxPayload: BODY_BYTES } });

  const admit = (request: FastifyRequest, reply: FastifyReply): void => {
    reply.header('x-request-id', request.id);
    reply.header('cache-control', 'no-store');
    reply.header('x-content-type-options', 'nosniff');
    checkPlace(request, rules);
    if (openPaths.has(pathOf(request))) return;
    try {
      request.caller = callerOf(request, rules);
    } catch (error) {
      throw rate.take('nobody').refusal ?? error;
    }
    const { policy, state, refusal } = rate.take(request.caller.id);
    reply.header('ratelimit-policy', policy);
    reply.header('ratelimit', state);
    if (refusal !== undefined) throw refusal;
  };
  app.addHook('onRequest', (request, reply, done) => {
    try {
      admit(request, reply);
      done();
    } catch (error) {
      done(error as Error);
    }
  });

  app.setErrorHandler((error: Error & { readonly statusCode?: number; readonly code?: string }, request, reply) => {
    const status = error.statusCode;
    const isOurs = !(error instanceof Problem) && error.code?.startsWith('FST_') === true && status !== undefined && status < 500;
    const problem = isOurs ? new Problem(status, 'http', 'The request cannot be read', error.message) : problemOf(error);
    if (problem.slug === 'internal')
      options.onError?.(withoutNames(`${request.method} ${request.routeOptions.url ?? ''}: ${error.stack ?? error.message}`));
    const { retryAfter } = problem.more;
    if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
    if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
    reply.code(problem.status).header('content-type', 'application/problem+json');
    return reply.send(JSON.stringify(problemBody(problem, request.id, pathOf(request))));
  });
  app.setNotFoundHandler((request) => {
    throw new Problem(404, 'not-found', 'Not found', `there is no ${request.method} of this path`, {
      remedy: 'See /openapi.json.',
    });
  });

  const document = JSON.stringify(openapi(VERSION));
  app.get('/openapi.json', (_, reply) => reply.header('content-type', 'application/json').send(document));
  app.get('/healthz', () => ({ ok: true }));
  app.get('/readyz', (_, reply) => {
    const isReady = desk.connection.current?.ib.state.at === 'ready';
    return reply.code(isReady ? 200 : 503).send({ ready: isReady });
  });
  app.post('/session', ({ headers }, reply) => {
    const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
    if (token === undefined)
      throw new Problem(401, 'token', 'No token', 'a cookie is made of a token in the Authorization header');
    const secure = tls === undefined && options.trustProxy !== true ? '' : '; Secure';
    reply.header('set-cookie', `${COOKIE}=${token}; HttpOnly; SameSite=Strict; Path=/${secure}`);
    return { ok: true };
  });
  for (const path of pageRoutes(app, options.pages)) openPaths.add(path);
  commandRoutes(app, desk, { validateAnswers: options.validateAnswers === true });
  ibkrRoutes(app, desk);
  fileRoutes(app, desk);
  const streams = streamRoutes(app, desk);
  quoteSocket(app, desk);
  const { toolsets, howToApprove } = options;
  const mcp = await mcpRoute(app, desk, {
    version: VERSION,
    onError: (text) => options.onError?.(withoutNames(text)),
    ...(toolsets === undefined ? {} : { toolsets }),
    ...(howToApprove === undefined ? {} : { how: howToApprove }),
  });

  await app.listen({ port: options.port, host });
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  const name = host.includes(':') ? `[${host}]` : host === '0.0.0.0' ? '127.0.0.1' : host;
  return {
    app,
    url: `${tls === undefined ? 'http' : 'https'}://${name}:${port}`,
    async close() {
      streams.end();
      await mcp.close();
      await app.close();
    },
  };
}
