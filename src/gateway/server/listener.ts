// The socket a gateway listens on: opened, closed, opened again, moved to another port.
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

export class Listener {
  port = 0;
  readonly #host: string;
  readonly #accept: (socket: Socket) => void;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;

  constructor(host: string, accept: (socket: Socket) => void) {
    this.#host = host;
    this.#accept = accept;
  }

  /** Listens; 0 takes a free port. A port that was listened on before is let go once the new one is open. */
  async listen(port: number): Promise<void> {
    const server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
      this.#accept(socket);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, this.#host, () => {
        server.off('error', reject);
        resolve();
      });
    });
    const old = this.#server;
    this.#server = server;
    // A listening TCP server has an address with a port.
    this.port = (server.address() as AddressInfo).port;
    old?.close();
  }

  /** Ends every connection and stops listening. */
  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    const closed = server === undefined ? undefined : new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}
