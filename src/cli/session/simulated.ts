// The simulated gateway behind `--simulate`: a margin account and a Roth IRA that hold a little of everything.

import type { AccountOptions, SimulateOptions } from '../../gateway/server/options.js';
import { type SimulatedGateway, simulate } from '../../gateway/simulate.js';

const accounts: readonly AccountOptions[] = [
  { kind: 'individual-margin', cash: { USD: 250_000, EUR: 20_000 }, holdings: { AAPL: 200, MSFT: 50, SPY: 120 } },
  { kind: 'roth-ira-cash', cash: { USD: 40_000 }, holdings: { AAPL: 100 } },
];

/** Starts a gateway in this process, on a free port. */
export function startSimulated(options: SimulateOptions = {}): Promise<SimulatedGateway> {
  return simulate({ seed: 1, accounts, ...options });
}
