// When nothing is under way any more between the two ends of a connection, both of which this process has.

import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

const dialled = new Set<Socket>();
const accepted = new Set<Socket>();

function keep(sockets: Set<Socket>, socket: Socket): void {
  sockets.add(socket);
  socket.once('close', () => sockets.delete(socket));
}

subscribe('net.client.socket', (message) => keep(dialled, (message as { readonly socket: Socket }).socket));
subscribe('net.server.socket', (message) => keep(accepted, (message as { readonly socket: Socket }).socket));

/** Bytes that were written to connections with this port, by either end; undefined while some of them have not been read. */
function writtenAt(port: number): number | undefined {
  const theirs = [...accepted].filter(({ localPort }) => localPort === port);
  let written = 0;
  for (const ours of dialled) {
    if (ours.connecting) return undefined; // to which port is not known yet
    if (ours.remotePort !== port) continue;
    const other = theirs.find(({ remotePort }) => remotePort === ours.localPort);
    if (other === undefined || other.bytesRead !== ours.bytesWritten || ours.bytesRead !== other.bytesWritten) return undefined;
    written += ours.bytesWritten + other.bytesWritten;
  }
  return written;
}

/**
 * Resolves when every byte that either end has written to the other was read, and reading it led to no further one: what has not
 * happened then does not happen until a timer runs. No clock is asked, and a slow machine only takes longer.
 */
export async function quiet({ port }: { readonly port: number }): Promise<void> {
  let before: number | undefined;
  let turns = 0;
  while (turns < 3) {
    await new Promise((resolve) => setImmediate(resolve));
    const now = writtenAt(port);
    turns = now !== undefined && now === before ? turns + 1 : 0;
    before = now;
  }
}
