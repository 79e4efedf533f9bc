// Calls of every kind, at random times: each has to settle by its deadline.

import type { Stage } from './stage.js';
import { ACCOUNT } from './stage.js';

/** A length that nothing else waits for, so that a planted fault can name it. */
export const DEADLINE_MS = 11_000;

export interface Requests {
  /** Asks one call of every kind. */
  askAll(): void;
}

export function runRequests(stage: Stage): Requests {
  const { ib, chance, gateway, promises } = stage;
  const stocks = gateway.world.universe.statics.filter(({ secType }) => secType === 'STK');
  const call = { timeout: DEADLINE_MS };
  const any = (): { readonly conId: number; readonly exchange: string } => {
    const { conId, exchange } = chance.of(stocks);
    return { conId, exchange };
  };
  const calls: readonly (readonly [what: string, ask: () => Promise<unknown>])[] = [
    ['details', () => ib.contracts.details(any(), call)],
    ['search', () => ib.contracts.search(chance.of(stocks).symbol, call)],
    ['market rule', () => ib.contracts.marketRule(26, call)],
    ['snapshot', () => ib.market.snapshot(any(), call)],
    ['depth exchanges', () => ib.market.depthExchanges(call)],
    ['bars', () => ib.history.bars(any(), { duration: '2 D', size: '1 hour', ...call })],
    ['head timestamp', () => ib.history.headTimestamp(any(), call)],
    ['histogram', () => ib.history.histogram(any(), { period: '3 days', ...call })],
    ['schedule', () => ib.history.schedule(any(), { duration: '5 D', ...call })],
    ['positions', () => ib.accounts.positions(call)],
    ['summary', () => ib.accounts.summary(['NetLiquidation', 'BuyingPower'], call)],
    ['numbers', () => ib.accounts.numbers(ACCOUNT, call)],
    ['family codes', () => ib.accounts.familyCodes(call)],
    ['managed accounts', () => ib.accounts.managed(call)],
    ['open orders', () => ib.orders.open(call)],
    ['completed orders', () => ib.orders.completed(call)],
    ['executions', () => ib.orders.executions({}, call)],
    ['news providers', () => ib.news.providers(call)],
    ['scan', () => ib.scanner.run({ instrument: 'STK', locationCode: 'STK.US.MAJOR', scanCode: 'TOP_PERC_GAIN' }, call)],
    ['time', () => ib.terminal.time(call)],
    ['user', () => ib.terminal.userInfo(call)],
  ];
  const ask = (): void => {
    const [what, begin] = chance.of(calls);
    if (chance.is(0.1)) {
      const stop = new AbortController();
      stage.later(chance.whole(0, 300), () => stop.abort(new Error('given up')));
      promises.track('details, given up', DEADLINE_MS, () => ib.contracts.details(any(), { ...call, signal: stop.signal }));
    }
    promises.track(what, DEADLINE_MS, begin);
  };
  stage.often(30_000, ask);
  return {
    askAll() {
      for (const [what, begin] of calls) promises.track(what, DEADLINE_MS, begin);
    },
  };
}
