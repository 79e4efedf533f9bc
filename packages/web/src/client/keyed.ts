// Values by key that can be written down: JSON makes `{}` of any other Map.

import type { Keyed } from 'ibwire';

export class KeyedMap<V> extends Map<string, V> implements Keyed<string, V> {
  toJSON(): Record<string, V> {
    return Object.fromEntries(this) as Record<string, V>;
  }
}
