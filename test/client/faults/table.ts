// The cells of docs/faults.md: fault × family × state, as they are played.

import { families } from './families.js';
import { type Cell, LONGEST_MS, LOOK_MS, play, type State, states } from './play.js';
import { strikes } from './strikes.js';

const columns = Object.keys(states) as readonly State[]; // its own keys
/** Times below this one are not worth a word, milliseconds. */
const AT_ONCE_MS = 50;

/** Plays every family in every state. */
export async function cellsOf(fault: string): Promise<readonly Cell[]> {
  const cells: Cell[] = [];
  for (const family of Object.keys(families)) {
    for (const state of columns) cells.push(await play(fault, family, state));
  }
  return cells;
}

/** The chapter of a fault. */
export function chapter(fault: string, cells: readonly Cell[]): string {
  const rows = Object.keys(families).map((family) => {
    const texts = columns.map((state) => {
      const cell = cells.find((other) => other.family === family && other.state === state);
      return cell === undefined ? '' : textOf(cell);
    });
    return `| ${family} | ${texts.join(' | ')} |`;
  });
  return [
    `## ${fault}`,
    '',
    strikes[fault]?.says ?? '',
    '',
    `| | ${columns.join(' | ')} |`,
    `|---|${columns.map(() => '---|').join('')}`,
    ...rows,
    '',
  ].join('\n');
}

function textOf({ outcome, ms, gaps }: Cell): string {
  const when = ms < AT_ONCE_MS ? '' : `, ${(ms / 1000).toFixed(1)} s`;
  const why = gaps.length === 0 ? '' : ` (${gaps.join(', ')})`;
  return `${outcome}${when}${why}`;
}

export const opening = [
  '# Faults and what callers see',
  '',
  'Every fault of the simulated gateway against every family of conversation, in every state: client and gateway in one virtual',
  'time, every cell with a client, a connection and a gateway of its own, with the defaults of `connect` and `startWithin: 60_000`.',
  `Times are seconds after the fault struck, to what held until the end; streams are watched for ${LOOK_MS / 1000} s, and up to`,
  `${LONGEST_MS / 1000} s while they are not live. In brackets the causes of the gaps that the stream told. Written by`,
  '`scripts/faults-docs.ts`; `test/client/faults/` plays every cell again.',
  '',
  '| state | when the fault strikes |',
  '|---|---|',
  ...columns.map((state) => `| ${state} | ${states[state]} |`),
  '',
  'A stream that stays silent is asked for again after the time that its kind may take, then told of as `stale` and asked for after',
  '30 s, then ever more slowly, at last every 10 min. So is one whose data another login has. Tick by tick need not say',
  'anything; while it has not, it is asked for again after 60 s, ever more slowly, and never called `stale` for that.',
  '',
].join('\n');

/** The document, from what was played. */
export function documentOf(chapters: readonly string[]): string {
  return [opening, ...chapters].join('\n');
}
