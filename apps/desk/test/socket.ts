// The WebSocket of quotes as a test reads it: message by message, or until one fits.

import { createRequire } from 'node:module';

type Emitter = {
  on(name: string, listener: (...told: never[]) => void): void;
  send(text: string): void;
  close(): void;
};
// The WebSocket of the platform cannot send a token.
const { WebSocket } = createRequire(import.meta.url)('ws') as {
  WebSocket: new (url: string, options: { readonly headers: Readonly<Record<string, string>> }) => Emitter;
};

export interface Socket<M> extends AsyncDisposable {
  send(body: unknown): void;
  /** The next message that fits; those before it are passed over. */
  until(fits: (message: M) => boolean): Promise<M>;
}

export async function openSocket<M>(url: string, token: string): Promise<Socket<M>> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/quotes/socket`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const messages: M[] = [];
  let wake = (): void => {};
  socket.on('message', (data: Buffer) => {
    messages.push(JSON.parse(data.toString('utf8')) as M);
    wake();
  });
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    socket.on('open', () => resolve());
    socket.on('error', (error: Error) => reject(error));
  });
  return {
    send: (body) => socket.send(JSON.stringify(body)),
    async until(fits) {
      for (;;) {
        const message = messages.shift();
        if (message === undefined)
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        else if (fits(message)) return message;
      }
    },
    async [Symbol.asyncDispose]() {
      socket.close();
      await closed;
    },
  };
}
