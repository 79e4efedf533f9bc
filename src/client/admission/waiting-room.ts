// Who waits for admission, in groups that wait for the same budgets, so that one that is blocked does not hold up the others.

import type { Ahead, Held, Release } from './admission.js';
import { type AdmissionRequest, type Budget, refusesWhenFull } from './budgets.js';
import { type Lane, lanes } from './limits.js';

/** One that waits. */
export interface Waiting {
  readonly request: AdmissionRequest;
  readonly since: number;
  readonly patienceMs: number | undefined;
  readonly held: Held | undefined;
  resolve(release: Release): void;
  reject(reason: unknown): void;
  /** Stops its deadline and its abort listener. */
  cleanUp(): void;
}

/** One look at a lane: in the order of arrival, leaving out those that cannot go this time. */
export interface Pass {
  next(): Waiting | undefined;
  /** This one cannot go now; nor can others of the lane that need the same of this budget. */
  blocked(entry: Waiting, budget: Budget, key: string | undefined): void;
}

export interface WaitingRoom {
  readonly count: number;
  countOf(lane: Lane): number;
  enter(entry: Waiting): void;
  leave(entry: Waiting): void;
  pass(lane: Lane): Pass;
  /** How much of a budget those take who go before a newcomer with this request. */
  aheadOf(request: AdmissionRequest): Ahead;
  /** In the order of arrival. */
  all(): Waiting[];
}

/** Those of one lane whose requests take from the same budgets, in the order of arrival. */
interface Group {
  readonly lane: Lane;
  readonly signature: string;
  readonly entries: Set<Waiting>;
}

interface Place {
  readonly group: Group;
  readonly arrival: number;
}

// Entries that are blocked are passed over; beyond this many the rest of their group waits for another pass.
const mostPassedOver = 64;

export function createWaitingRoom(): WaitingRoom {
  const groups = new Map<string, Group>();
  const places = new Map<Waiting, Place>();
  /** Units that wait, by lane, budget and key. */
  const units = new Map<string, number>();
  const inLane = new Map<Lane, number>();
  let arrivals = 0;

  const count = (request: AdmissionRequest, sign: 1 | -1): void => {
    const { lane, costs = [], messages = 1 } = request;
    const add = (budget: Budget, key: string | undefined, by: number): void => {
      const name = `${lane} ${nameOf(budget, key)}`;
      const sum = (units.get(name) ?? 0) + sign * by;
      if (sum === 0) units.delete(name);
      else units.set(name, sum);
    };
    for (const { budget, key, units: of = 1 } of costs) add(budget, key, of);
    // Only those who wait for nothing but the rate are sure to go first; others may well be overtaken.
    if (costs.every(({ budget }) => refusesWhenFull(request, budget))) add('rate', undefined, messages);
  };
  return {
    get count() {
      return places.size;
    },
    countOf: (lane) => inLane.get(lane) ?? 0,
    enter(entry) {
      const { lane, costs = [] } = entry.request;
      const signature = [lane, ...costs.map(({ budget }) => budget)].join(' ');
      const group = groups.get(signature) ?? { lane, signature, entries: new Set() };
      groups.set(signature, group);
      group.entries.add(entry);
      places.set(entry, { group, arrival: arrivals++ });
      inLane.set(lane, (inLane.get(lane) ?? 0) + 1);
      count(entry.request, 1);
    },
    leave(entry) {
      const group = places.get(entry)?.group;
      if (group === undefined) return;
      places.delete(entry);
      group.entries.delete(entry);
      if (group.entries.size === 0) groups.delete(group.signature);
      inLane.set(group.lane, (inLane.get(group.lane) ?? 1) - 1);
      count(entry.request, -1);
    },
    pass(lane) {
      return createPass(
        [...groups.values()].filter((group) => group.lane === lane),
        places,
      );
    },
    aheadOf({ lane }) {
      const before = lanes.slice(0, lanes.indexOf(lane) + 1);
      return (budget, key) => before.reduce((sum, of) => sum + (units.get(`${of} ${nameOf(budget, key)}`) ?? 0), 0);
    },
    all: () => [...places.keys()],
  };
}

function createPass(groups: readonly Group[], places: ReadonlyMap<Waiting, Place>): Pass {
  const open = new Map(
    groups.map((group) => {
      const entries = group.entries.values();
      return [group, { group, entries, head: entries.next().value, passedOver: 0 }];
    }),
  );
  const claimed = new Set<string>();
  const isClaimed = ({ costs = [] }: AdmissionRequest): boolean =>
    claimed.size > 0 && costs.some(({ budget, key }) => claimed.has(nameOf(budget, key)));
  const arrivalOf = (entry: Waiting): number => places.get(entry)?.arrival ?? Number.POSITIVE_INFINITY;
  const passOver = (group: Group): void => {
    const at = open.get(group);
    if (at !== undefined && ++at.passedOver >= mostPassedOver) open.delete(group);
  };
  /** The earliest head of all groups that are still open, taken off its group. */
  const earliest = (): { readonly group: Group; readonly entry: Waiting } | undefined => {
    let found: { readonly group: Group; readonly entry: Waiting } | undefined;
    for (const { group, head } of open.values()) {
      if (head !== undefined && (found === undefined || arrivalOf(head) < arrivalOf(found.entry))) found = { group, entry: head };
    }
    const at = found === undefined ? undefined : open.get(found.group);
    if (at !== undefined) at.head = at.entries.next().value;
    return found;
  };
  return {
    next() {
      for (let found = earliest(); found !== undefined; found = earliest()) {
        if (!isClaimed(found.entry.request)) return found.entry;
        passOver(found.group);
      }
      return undefined;
    },
    blocked(entry, budget, key) {
      claimed.add(nameOf(budget, key));
      const group = places.get(entry)?.group;
      if (group !== undefined) passOver(group);
    },
  };
}

function nameOf(budget: Budget, key: string | undefined): string {
  return key === undefined ? budget : `${budget} ${key}`;
}
