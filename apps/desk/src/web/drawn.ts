// Where text goes onto the page, whoever wrote it: signs that would be obeyed, or cannot be seen, are shown. Data stay as they were told.

import { visibleText } from 'ibwire';
import type { JSX } from 'solid-js';
import { insert as insertAsIs, setAttribute as setAttributeAsIs } from 'solid-js/web';

// What JSX becomes calls these: vite.config.ts names this file. A field of a form (`value`) is no text of it.
export * from 'solid-js/web';

function shown(drawn: unknown): unknown {
  if (typeof drawn === 'string') return visibleText(drawn);
  if (typeof drawn === 'function') return () => shown(drawn());
  return Array.isArray(drawn) ? drawn.map(shown) : drawn;
}

export function insert(...[parent, drawn, ...more]: Parameters<typeof insertAsIs>): JSX.Element {
  return insertAsIs(parent, shown(drawn), ...more);
}

export function setAttribute(...[node, name, value]: Parameters<typeof setAttributeAsIs>): void {
  setAttributeAsIs(node, name, shown(value) as string);
}
