// Notices about data farms: which farm, what it serves, how it is; and the health of all farms put together.
import { type Keyed, KeyedMap } from '../../input/keyed.js';

/** What a farm serves: live data, historical data, contract definitions. */
export type FarmServes = 'market' | 'history' | 'definitions';

/** `idle`: asleep, wakes when asked. */
export type FarmState = 'up' | 'idle' | 'connecting' | 'down';

/** What a notice says of a data farm of the broker; `farm` is undefined where the text names none. */
export interface FarmNotice {
  readonly serves: FarmServes;
  readonly state: FarmState;
  /** The name at the end of the text, for example `usfarm.nj`; undefined when none could be read. */
  readonly farm: string | undefined;
}

const farmCodes: Readonly<Record<number, readonly [FarmServes, FarmState]>> = {
  2103: ['market', 'down'],
  2104: ['market', 'up'],
  2105: ['history', 'down'],
  2106: ['history', 'up'],
  2107: ['history', 'idle'],
  2108: ['market', 'idle'],
  2119: ['market', 'connecting'],
  2157: ['definitions', 'down'],
  2158: ['definitions', 'up'],
};

/** Farms that are remembered, and letters of a name; a login has about twenty, with eight letters or so. */
const MOST_FARMS = 100;
const MOST_NAME = 64;

// 2107 and 2108 end in a full stop and the farm, the others in a colon and the farm; names hold letters, digits and dots.
const farmAtEnd = /[:.\uff1a\u3002]\s*([A-Za-z][\w-]*(?:\.[\w-]+)*)\s*$/;

/** Reads a farm notice; undefined when the code is not one. Only the code decides the state, whatever the language. */
export function farmNotice(code: number, text: string): FarmNotice | undefined {
  const known = farmCodes[code];
  if (known === undefined) return undefined;
  const name = farmAtEnd.exec(text.slice(-MOST_NAME))?.[1];
  return { serves: known[0], state: known[1], farm: name };
}

/** One farm as last heard of. `since`: epoch milliseconds at which it came into this state. */
export interface FarmHealth {
  readonly serves: FarmServes;
  readonly state: FarmState;
  readonly since: number;
}

/** Farms by name; a notice without a readable name is kept under what it serves, for example `market`. */
export type FarmsHealth = Keyed<string, FarmHealth>;

/** Takes a notice in. The same news again changes nothing, so that `since` says how long a farm has been in its state. */
export function withFarmNotice(farms: FarmsHealth, notice: FarmNotice, at: number): FarmsHealth {
  const name = notice.farm ?? notice.serves;
  const before = farms.get(name);
  if (before?.state === notice.state && before.serves === notice.serves) return farms;
  const next = new KeyedMap(farms).set(name, { serves: notice.serves, state: notice.state, since: at });
  if (next.size > MOST_FARMS) {
    const [oldest = name] = [...next].sort(([, a], [, b]) => a.since - b.since)[0] ?? [];
    next.delete(oldest);
  }
  return next;
}

/** The farms that are down, the longest first; all of one kind of service, or of any. */
export function farmsDown(farms: FarmsHealth, serves?: FarmServes): readonly { readonly farm: string; readonly since: number }[] {
  return [...farms]
    .filter(([, health]) => health.state === 'down' && (serves === undefined || health.serves === serves))
    .map(([farm, health]) => ({ farm, since: health.since }))
    .sort((a, b) => a.since - b.since);
}
