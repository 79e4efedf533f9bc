// What the orders of a gateway live in: its market as the terminal takes orders on it, its accounts, its zones.
import type { AccountBook } from '../accounts/account-book.js';
import type { Clock } from '../clock.js';
import type { Faults } from '../faults/faults.js';
import type { EngineOptions, EngineSetup } from '../matching/engine-state.js';
import { resolve } from '../world/find.js';
import type { World } from '../world/world.js';
import type { Settings } from './options.js';
import { tradedMarket } from './pips.js';
import type { Memory } from './state.js';
import { toldTime } from './times.js';

interface Parts {
  readonly settings: Settings;
  readonly memory: Memory;
  readonly clock: Clock;
  readonly world: World;
  readonly accounts: AccountBook;
  readonly faults: Faults;
  readonly options: EngineOptions;
}

export function surroundingsOf({ settings, memory, clock, world, accounts, faults, options }: Parts): EngineSetup {
  return {
    market: tradedMarket(world.market, () => memory.terminal),
    clock,
    accounts,
    resolve: (contract) => {
      const found = resolve(world.universe, contract, clock.now());
      return found.at === 'one' ? found.instrument : undefined;
    },
    delta: ({ conId, strike }) => (strike === undefined ? undefined : world.market.optionValues(conId, 'model')?.delta),
    venue: (act) => faults.venue.answer(act),
    keepsOrders: () => memory.terminal.maintainAndResubmitOrdersOnReconnect,
    timeText: (instant, { timeZoneId }) => toldTime({ settings, memory }, instant, timeZoneId, settings.serverVersion),
    options,
  };
}
