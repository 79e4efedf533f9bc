// The broker's farms: which there are, in what state, and the notices that say so.

/** How a data farm of the simulated broker is. */
export type FarmState = 'ok' | 'broken' | 'inactive';

interface FarmKind {
  readonly ok: readonly [code: number, text: string];
  readonly broken: readonly [code: number, text: string];
  readonly inactive: readonly [code: number, text: string];
}

const MARKET: FarmKind = {
  ok: [2104, 'Market data farm connection is OK:'],
  broken: [2103, 'Market data farm connection is broken:'],
  inactive: [2108, 'Market data farm connection is inactive but should be available upon demand.'],
};
const HISTORY: FarmKind = {
  ok: [2106, 'HMDS data farm connection is OK:'],
  broken: [2105, 'HMDS data farm connection is broken:'],
  inactive: [2107, 'HMDS data farm connection is inactive but should be available upon demand.'],
};
const DEFINITIONS: FarmKind = {
  ok: [2158, 'Sec-def data farm connection is OK:'],
  broken: [2157, 'Sec-def data farm connection is broken:'],
  inactive: [2158, 'Sec-def data farm connection is OK:'],
};

const FARMS: readonly (readonly [name: string, kind: FarmKind, state: FarmState])[] = [
  ['usfarm.nj', MARKET, 'ok'],
  ['eufarm', MARKET, 'ok'],
  ['usfuture', MARKET, 'ok'],
  ['cashfarm', MARKET, 'ok'],
  ['usopt', MARKET, 'ok'],
  ['usfarm', MARKET, 'ok'],
  ['euhmds', HISTORY, 'inactive'],
  ['ushmds', HISTORY, 'ok'],
  ['secdefnj', DEFINITIONS, 'ok'],
];

export interface FarmNotice {
  readonly code: number;
  readonly text: string;
}

export class Farms {
  readonly #states = new Map<string, { readonly kind: FarmKind; state: FarmState }>(
    FARMS.map(([name, kind, state]) => [name, { kind, state }]),
  );

  get names(): readonly string[] {
    return [...this.#states.keys()];
  }

  /** One notice per farm. */
  notices(): FarmNotice[] {
    return [...this.#states].map(([name, { kind, state }]) => noticeOf(name, kind, state));
  }

  /** Changes a farm; gives the notice. @throws {RangeError} for a name that is no farm. */
  set(name: string, state: FarmState): FarmNotice {
    const farm = this.#states.get(name);
    if (farm === undefined) throw new RangeError(`no farm is called ${name}; there are ${this.names.join(', ')}`);
    farm.state = state;
    this.hasBroken = [...this.#states.values()].some((one) => one.state === 'broken');
    return noticeOf(name, farm.kind, state);
  }

  /** True while any farm is broken: then it is worth asking which. */
  hasBroken = false;

  /** True while the farm of a name is broken. */
  isBroken(name: string): boolean {
    return this.#states.get(name)?.state === 'broken';
  }
}

/** The farm that quotes of an instrument come from. */
export function marketFarmOf({ secType, currency }: FarmSubject): string {
  if (secType === 'FUT' || secType === 'FOP') return 'usfuture';
  if (secType === 'OPT') return 'usopt';
  if (secType === 'CASH') return 'cashfarm';
  return currency === 'USD' ? 'usfarm' : 'eufarm';
}

/** The farm that its history comes from. */
export function historyFarmOf({ currency }: FarmSubject): string {
  return currency === 'USD' ? 'ushmds' : 'euhmds';
}

/** What of an instrument decides its farm. */
export interface FarmSubject {
  readonly secType: string;
  readonly currency: string;
}

function noticeOf(name: string, kind: FarmKind, state: FarmState): FarmNotice {
  const [code, text] = kind[state];
  return { code, text: `${text}${name}` };
}
