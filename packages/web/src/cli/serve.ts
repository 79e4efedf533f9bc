// The simulated web gateway as a process: it says where it listens, and stays until it is stopped.

import { simulate } from 'ibwire/gateway';
import { listenWeb } from '../simulate/listen.js';
import { webGateway } from '../simulate/web-gateway.js';
import type { Io } from './print.js';

export async function serveSimulated(
  options: { readonly port: number; readonly socketPort: number; readonly json?: boolean },
  io: Io,
): Promise<void> {
  const gateway = await simulate({ port: options.socketPort });
  try {
    await using listening = await listenWeb(webGateway(gateway), { port: options.port });
    const { base, fingerprint } = listening;
    const { accounts, port: socketPort } = gateway;
    if (options.json === true) io.out(JSON.stringify({ base, fingerprint, socketPort, accounts }));
    else io.out(`${base}  fingerprint ${fingerprint}  socket ${socketPort}  accounts ${accounts.join(' ')}`);
    await stopped(io.stop);
  } finally {
    await gateway.close();
  }
}

function stopped(stop: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (stop === undefined) for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => resolve());
    else if (stop.aborted) resolve();
    else stop.addEventListener('abort', () => resolve(), { once: true });
  });
}
