// Simulated, paper or live: read off the connection itself, account by account. Ports prove nothing.

import { isPaper } from 'ibwire';

export type Mode = 'simulated' | 'paper' | 'live' | 'unknown';

/** One live account makes the connection live. `isOwnGateway`: this process runs the gateway that it is connected to. */
export function modeOf(accounts: readonly string[], isOwnGateway: boolean): Mode {
  if (accounts.length === 0) return 'unknown';
  if (!accounts.every(isPaper)) return 'live';
  return isOwnGateway ? 'simulated' : 'paper';
}
