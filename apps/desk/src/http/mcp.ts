// The route of the assistants: loaded when the first one comes.

import type { FastifyInstance } from 'fastify';
import type { Desk } from '../desk.js';
import type { McpHttp } from '../mcp/http.js';
import type { McpOptions } from '../mcp/server.js';

export interface McpRouteOptions extends McpOptions {
  readonly onError?: (text: string) => void;
}

export interface McpRoute {
  close(): Promise<void>;
}

export async function mcpRoute(app: FastifyInstance, desk: Desk, options: McpRouteOptions): Promise<McpRoute> {
  let face: Promise<McpHttp> | undefined;
  const load = async (): Promise<McpHttp> => (await import('../mcp/http.js')).createMcpHttp(desk, options);
  await app.register((own, _, done) => {
    // What is no JSON is told in the protocol's own words.
    own.removeAllContentTypeParsers();
    own.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, parsed) => parsed(null, body));
    own.route({
      method: ['GET', 'POST', 'DELETE'],
      url: '/mcp',
      async handler(request, reply) {
        face ??= load();
        const mcp = await face;
        reply.hijack();
        const body = typeof request.body === 'string' ? request.body : '';
        await mcp.answer(request.caller, { request: request.raw, response: reply.raw, body, headers: reply.getHeaders() });
      },
    });
    done();
  });
  return {
    async close() {
      await (await face)?.close();
    },
  };
}
