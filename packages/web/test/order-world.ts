// Orders over the Web API before a simulated world, for tests.

import type { OrderDraft } from 'ibwire';
import { type AccountOptions, simulate } from 'ibwire/gateway';
import { connectWeb } from '../src/client/connect.js';
import type { WebOptions } from '../src/client/face.js';
import { gatewaySigner } from '../src/sign/gateway.js';
import { webGateway } from '../src/simulate/web-gateway.js';
import { handTimer } from './hand-timer.js';

type SimulatedAccount = Partial<AccountOptions>;

export const AAPL = { conId: 265598 };
const START = 1_788_357_600_000;
export const limit = (orderRef: string, more: Partial<OrderDraft> = {}): OrderDraft =>
  ({ action: 'BUY', orderType: 'LMT', lmtPrice: 300, totalQuantity: '1', tif: 'DAY', orderRef, ...more }) as OrderDraft;

/** A client over the simulated web gateway, both by clocks that a test moves. */
export async function opened(options: Partial<WebOptions> = {}, account: SimulatedAccount = {}) {
  const gateway = await simulate({ clock: 'virtual', accounts: [{ kind: 'cash', cash: { USD: 100_000 }, ...account }] });
  const web = webGateway(gateway);
  web.faults.enforcePacing = false; // its clock stands; the client keeps to its own budgets
  const timer = handTimer(START);
  const client = connectWeb({
    signer: gatewaySigner(),
    send: (outgoing, call) => web.send(outgoing, call), // a test may put another in its place
    timer,
    pace: { perSecond: 50, penaltyMs: 20_000 },
    ...options,
  });
  await timer.advance(10_000);
  const run = async <T>(work: Promise<T>): Promise<T> => {
    let isDone = false;
    const watched = work.finally(() => {
      isDone = true;
    });
    watched.catch(() => {});
    for (let turn = 0; turn < 400 && !isDone; turn += 1) await timer.advance(500);
    return watched;
  };
  const placed = (ref: string) => gateway.orders.filter(({ order }) => order.orderRef === ref);
  const posts = () => web.seen.filter(({ name }) => name === 'POST /iserver/account/{accountId}/orders');
  const close = async (): Promise<void> => {
    client.close();
    await gateway.close();
  };

  return { gateway, web, timer, client, run, placed, posts, close };
}
