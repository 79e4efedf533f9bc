// The single values of a message, and which of them two recordings cannot have in common: ids and instants.
import { type Keyed, KeyedMap } from '../../input/keyed.js';

/** Ids that a session gives anew, by the name of the field; those of one space stand for each other. */
const ID_SPACES: Readonly<Record<string, string>> = {
  reqId: 'id',
  orderId: 'id',
  parentId: 'id',
  permId: 'permId',
  parentPermId: 'permId',
  execId: 'execId',
  clientId: 'clientId',
};

/** Instants at which something happened; those of historical answers are what was asked for and are compared. */
const INSTANTS: ReadonlySet<string> = new Set(['time', 'timeStamp', 'timestamp', 'completedTime', 'errorTime', 'timeInMillis']);
/** Tick strings whose value is an instant: last timestamp, delayed last timestamp. */
const INSTANT_TICKS: ReadonlySet<unknown> = new Set([45, 88]);

/** A value of a message that is compared: as it is, as an id that two captures may name differently, or as an instant. */
export type Leaf =
  | { readonly as: 'value'; readonly value: unknown }
  | { readonly as: 'id'; readonly space: string; readonly value: unknown }
  | { readonly as: 'instant'; readonly value: unknown };

/** By path. What is not set, and an id that says "none", is a plain value. */
export function leavesOf(message: object): Keyed<string, Leaf> {
  const leaves = new KeyedMap<string, Leaf>();
  const kind = 'kind' in message ? String(message.kind) : '';
  const tickType = 'tickType' in message ? message.tickType : undefined;
  const isLive = !kind.startsWith('historical');
  const isInstantTick = kind === 'tickString' && INSTANT_TICKS.has(tickType);
  const walk = (value: object, prefix: string): void => {
    for (const [name, inner] of Object.entries(value)) {
      if (typeof inner === 'object' && inner !== null && !(inner instanceof Uint8Array)) walk(inner, `${prefix}${name}.`);
      else leaves.set(prefix + name, leaf(name, inner));
    }
  };
  const leaf = (name: string, value: unknown): Leaf => {
    const space = ID_SPACES[name];
    if (space !== undefined && isGiven(value)) return { as: 'id', space, value };
    const isInstant = (isLive && INSTANTS.has(name)) || (isInstantTick && name === 'value');
    return isInstant && isGiven(value) ? { as: 'instant', value } : { as: 'value', value: shown(value) };
  };
  walk(message, '');
  return leaves;
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 0 && value !== -1;
}

/** Bytes as hexadecimal digits. */
function shown(value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value;
}

/** What a message says apart from ids and instants, as one text: equal texts are equal messages up to those. */
export function contentOf(leaves: ReadonlyMap<string, Leaf>): string {
  return JSON.stringify(
    [...leaves]
      .filter(([, leaf]) => leaf.as !== 'value' || leaf.value !== undefined)
      .map(([path, leaf]) => [path, leaf.as, textOf(leaf)]),
  );
}

function textOf(leaf: Leaf): string {
  return leaf.as === 'value' ? `${typeof leaf.value} ${String(leaf.value)}` : '';
}
