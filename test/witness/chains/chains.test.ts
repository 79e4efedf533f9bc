// Lawful conversations of several steps, by the kind of account: each step leaves and nothing is said against it.

import { describe, it } from 'vitest';
import { OPTIONS } from './options.js';
import { KINDS, type Kind, openPlay } from './play.js';
import { STOCKS } from './stocks.js';

const CHAINS = [...STOCKS, ...OPTIONS];
const kinds = Object.keys(KINDS) as Kind[];

describe.each(kinds)('%s', (kind) => {
  const own = CHAINS.filter(([, of]) => of.includes(kind));
  for (const [title, , start, ...lines] of own)
    it(title, async () => {
      const play = await openPlay(kind, start);
      try {
        for (const [i, step] of lines.flat().entries()) {
          await step(play);
          if (play.refused.length > 0) throw new Error(`step ${i + 1}: ${play.refused.join('; ')}`);
        }
      } finally {
        await play.close();
      }
    });
});
