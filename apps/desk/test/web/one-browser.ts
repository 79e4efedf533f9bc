// One browser for all tests of a `describe`, begun before the first and ended behind the last.

import { afterAll, beforeAll } from 'vitest';
import { type Screens, screens } from './browser.js';

export function oneBrowser(): Screens {
  let made: Screens | undefined;
  const here = (): Screens => {
    if (made === undefined) throw new Error('the browser is there when the first test begins');
    return made;
  };
  beforeAll(async () => {
    made = await screens();
  }, 120_000);
  afterAll(() => made?.[Symbol.asyncDispose]());
  return {
    get pages() {
      return here().pages;
    },
    open: (...asked) => here().open(...asked),
    leave: (at) => here().leave(at),
    [Symbol.asyncDispose]: async () => {},
  };
}
