// Watch lists of a thousand names, for tests of what is long.

import type { Stage } from '../stage.js';
import type { Screen } from './browser.js';

/** So many options of the simulated world, by conId. */
export function manyNames(at: Stage, count: number): readonly string[] {
  const { universe, clock } = at.desk.gateway?.world ?? {};
  if (universe === undefined || clock === undefined) throw new Error('no simulated gateway');
  const ids = universe.chains
    .slice(0, 4)
    .flatMap((chain) => universe.options(chain, clock.now()).map(({ conId }) => `#${conId}`));
  return ids.slice(0, count);
}

export async function withLists(screen: Screen, lists: object): Promise<void> {
  await screen.page.evaluate(`localStorage.setItem('ibwire.lists', ${JSON.stringify(JSON.stringify(lists))})`);
  await screen.page.reload();
  await screen.page.getByRole('tab', { name: 'Market Data' }).click();
}
