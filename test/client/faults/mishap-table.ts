// The chapter of docs/faults.md about answers that are not as they should be.

import { families } from './families.js';
import { IDLESS, type Mended, type Mishap, mishaps, playMishap } from './mishaps.js';

const columns = Object.keys(mishaps) as readonly Mishap[]; // its own keys

export type Row = Readonly<Partial<Record<Mishap, Mended>>>;

/** What becomes of a family's answers; a request without an id has no unknown one. */
export async function mishapsOf(family: string): Promise<Row> {
  const row: Partial<Record<Mishap, Mended>> = {};
  for (const mishap of columns)
    if (mishap !== 'unknown id' || !IDLESS.has(family)) row[mishap] = await playMishap(family, mishap);
  return row;
}

export const MISHAPS = '## Answers that come twice, late, cut or to nobody';

export const mishapsOpening = [
  MISHAPS,
  '',
  'What becomes of the answer to the first request, and behind the semicolon what the same comes to when it is asked for again in the',
  'same session. Calls wait as long as they do by themselves, streams are watched for 150 s. Nothing is thrown, and nothing is left.',
  '',
  ...columns.map((mishap) => `- *${mishap}*: ${mishaps[mishap]}`),
  '',
  `| | ${columns.join(' | ')} |`,
  `|---|${columns.map(() => '---|').join('')}`,
].join('\n');

/** One line of the chapter. */
export function mishapsRow(family: string, row: Row): string {
  const texts = columns.map((mishap) => {
    const cell = row[mishap];
    return cell === undefined ? '–' : `${cell.first}; ${cell.again}`;
  });
  return `| ${family} | ${texts.join(' | ')} |`;
}

export async function mishapsChapter(): Promise<string> {
  const rows: string[] = [];
  for (const family of Object.keys(families)) rows.push(mishapsRow(family, await mishapsOf(family)));
  return `${[mishapsOpening, ...rows].join('\n')}\n`;
}
