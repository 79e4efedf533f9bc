// Branches that the tests have taken, room by room, held against the floors: `IBWIRE_COVERAGE=1 npm test -- --project '*'`, then `tsx scripts/coverage.ts`.

import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Percent of a room's branches that may not be undercut; the others are only told. */
const FLOORS: Readonly<Record<string, number>> = {
  'client/advisor': 85,
  'client/calendar': 85,
  'client/history': 85,
  'client/market': 85,
  'client/news': 85,
  'client/terminal': 85,
};

interface Summary {
  readonly branches: { readonly total: number; readonly covered: number };
}

const root = fileURLToPath(new URL('..', import.meta.url));

/** `src/client/news/facade.ts` belongs to `client/news`, `src/rules/cash.ts` to `rules`. */
function roomOf(file: string): string {
  const [, room = '', family = ''] = relative(root, file).split('/');
  return room === 'client' && !family.endsWith('.ts') ? `${room}/${family}` : room.replace(/\.ts$/, '');
}

const files = JSON.parse(readFileSync(`${root}coverage/coverage-summary.json`, 'utf8')) as Readonly<Record<string, Summary>>;
const rooms = new Map<string, { covered: number; total: number }>();
for (const [file, { branches }] of Object.entries(files)) {
  if (file === 'total' || branches.total === 0) continue;
  const room = rooms.get(roomOf(file)) ?? { covered: 0, total: 0 };
  rooms.set(roomOf(file), { covered: room.covered + branches.covered, total: room.total + branches.total });
}

let isUndercut = Object.keys(FLOORS).some((room) => !rooms.has(room)); // a room that is gone has no branches taken
for (const [room, { covered, total }] of [...rooms].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const percent = (100 * covered) / total;
  const floor = FLOORS[room];
  const isLow = floor !== undefined && percent < floor;
  isUndercut ||= isLow;
  const verdict = isLow ? `  below ${floor}` : '';
  process.stdout.write(
    `${room.padEnd(22)} ${percent.toFixed(1).padStart(5)} % of ${String(total).padStart(5)} branches${verdict}\n`,
  );
}
process.exit(isUndercut ? 1 : 0);
