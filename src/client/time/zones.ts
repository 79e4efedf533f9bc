// Finds the zone that a name stands for: IANA, legacy US, short, Windows and long names, offsets, and the user's own.

import { longZones, shortZones } from './english-zones.js';
import { localZones } from './local-zones.js';
import { windowsZones } from './windows-zones.js';
import { fixedZone, HOUR, ianaZone, MINUTE, type Zone } from './zone.js';

/** Names of zones, with what the user added to them. */
export interface Zones {
  /** The zone of a name as it stands on the wire; undefined when nobody knows it. Never throws. */
  find(name: string): Zone | undefined;
}

export const utc: Zone = fixedZone('UTC', 0);

let own: ReadonlyMap<string, string> | undefined;

/** Names that no table of the machine knows, made when the first of them is asked for. */
function ownNames(): ReadonlyMap<string, string> {
  own ??= new Map(
    [
      ...longZones.flatMap(([name, iana]) =>
        name.endsWith(')')
          ? [[name.replace(' (', ' Standard Time ('), iana] as const, [name.replace(' (', ' Daylight Time ('), iana] as const]
          : ['Standard Time', 'Summer Time', 'Daylight Time', 'Time'].map((kind) => [`${name} ${kind}`, iana] as const),
      ),
      ...shortZones,
      ...localZones,
      // Last, so that a Windows name keeps the territory that Windows gives it.
      ...windowsZones,
    ].map(([name, iana]) => [fold(name), iana]),
  );
  return own;
}

/** Zones that are shared by all: a zone remembers the offsets it has learned. */
const made = new Map<string, Zone | undefined>();

// Names come from the wire, so what is remembered of them has a limit.
const mostNames = 1000;

/**
 * Makes a set of zone names. `aliases` gives further names, or other meanings to known ones, each standing for an IANA
 * name or an offset such as `UTC+02:00`; upper and lower case and runs of spaces do not matter. Throws a `RangeError` when
 * an alias leads nowhere: a fault of the configuration, found before anything is connected.
 */
export function createZones(aliases: Readonly<Record<string, string>> = {}): Zones {
  const added = new Map<string, Zone>();
  for (const [name, target] of Object.entries(aliases)) {
    const zone = byOwnName(target) ?? plainZone(target);
    if (zone === undefined) throw new RangeError(`The zone alias "${name}" stands for "${target}", which no one knows.`);
    added.set(fold(name), zone);
  }
  const found = new Map<string, Zone | undefined>();
  return {
    find(name) {
      const known = found.get(name);
      if (known !== undefined || found.has(name)) return known;
      if (found.size >= mostNames) found.clear();
      const zone = added.get(fold(name)) ?? byOwnName(name) ?? plainZone(name);
      found.set(name, zone);
      return zone;
    },
  };
}

/** The names without any of the user's. */
export const plainZones: Zones = createZones();

function byOwnName(name: string): Zone | undefined {
  const target = ownNames().get(fold(name));
  return target === undefined ? undefined : plainZone(target);
}

/** An offset such as `GMT+01:00`, `UTC-5`, `+0530`, or a name that Intl knows. */
function plainZone(name: string): Zone | undefined {
  const text = name.trim();
  const offset = /^(?:gmt|utc)?([+-])(\d{1,2})(?::?(\d{2}))?$/i.exec(text);
  if (offset !== null) return offsetZone(offset[1] === '-' ? -1 : 1, Number(offset[2]), Number(offset[3] ?? 0));
  if (/^(?:utc|gmt|etc\/utc|etc\/gmt|zulu|universal|z)$/i.test(text)) return utc;
  const key = text.toLowerCase();
  if (!made.has(key)) {
    if (made.size >= mostNames) made.clear();
    // Intl also takes offsets like `+01:00`, which are read above; a name begins with a letter.
    made.set(key, /^[a-z][\w+/-]*$/i.test(text) ? ianaZone(text) : undefined);
  }
  return made.get(key);
}

function offsetZone(sign: number, hours: number, minutes: number): Zone | undefined {
  if (hours > 18 || minutes > 59) return undefined;
  const name = `UTC${sign < 0 ? '-' : '+'}${`${hours}`.padStart(2, '0')}:${`${minutes}`.padStart(2, '0')}`;
  return fixedZone(name, sign * (hours * HOUR + minutes * MINUTE));
}

function fold(name: string): string {
  return name.trim().normalize('NFC').replaceAll('’', "'").replace(/\s+/g, ' ').toLowerCase();
}
