// The simulated web gateway on a port, with a certificate of its own as the real one has.

import { X509Certificate } from 'node:crypto';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import { WebSocketServer } from 'ws';
import { SESSION } from './session.js';
import type { WebGateway } from './web-gateway.js';

export interface ListeningWebGateway extends AsyncDisposable {
  readonly port: number;
  /** For `connectWeb`: `https://localhost:PORT/v1/api`. */
  readonly base: string;
  /** SHA-256 of its certificate. */
  readonly fingerprint: string;
  close(): Promise<void>;
}

const LARGEST = 1024 * 1024;

/** Listens on loopback; port 0 is a free one. The simulated gateway behind it stays the caller's. */
export async function listenWeb(web: WebGateway, { port = 0 }: { readonly port?: number } = {}): Promise<ListeningWebGateway> {
  const pems = await generate([{ name: 'commonName', value: 'localhost' }], { keyType: 'ec', algorithm: 'sha256' });
  const server = createServer({ key: pems.private, cert: pems.cert }, (request, response) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > LARGEST) request.destroy();
      else chunks.push(chunk);
    });
    request.on('end', () => {
      const answer = web.handle(request.method ?? 'GET', request.url ?? '/', Buffer.concat(chunks).toString('utf8'));
      if (answer === 'lost') {
        request.socket.destroy();
        return;
      }
      response.writeHead(answer.status, answer.headers);
      response.end(answer.body);
    });
  });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST });
  server.on('upgrade', (request, socket, head) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'https://localhost');
    const isStream = /^\/v1\/(?:api|portal)\/ws$/.test(pathname);
    if (!isStream || web.faults.down || !web.door.session.outer) {
      socket.end(`HTTP/1.1 ${isStream ? '401 Unauthorized' : '404 Not Found'}\r\nConnection: close\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (peer) => {
      const isKnown = request.headers.cookie?.includes(SESSION) === true || searchParams.has('oauth_token');
      const stream = web.streams.open(
        { send: (frame) => peer.send(frame), cut: () => peer.terminate() },
        isKnown ? SESSION : undefined,
      );
      peer.on('message', (data) => stream.take(String(data)));
      peer.on('close', () => stream.closed());
      peer.on('error', () => {});
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const at = (server.address() as AddressInfo).port;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const peer of sockets.clients) peer.terminate();
      sockets.close();
      server.closeAllConnections();
    });
  return {
    port: at,
    base: `https://127.0.0.1:${at}/v1/api`,
    fingerprint: new X509Certificate(pems.cert).fingerprint256,
    close,
    [Symbol.asyncDispose]: close,
  };
}
