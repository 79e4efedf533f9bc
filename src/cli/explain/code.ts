// A code of the gateway in words: what it means, and what to do.

import { existsSync } from 'node:fs';
import { type Explanation, explain } from '../../client/notices/explain.js';

/** What a source says as a code: two to five digits that are no file. No frame is that short. */
export function codeToExplain(source: string): Explanation | undefined {
  return /^[1-9]\d{1,4}$/.test(source) && !existsSync(source) ? explain(Number(source)) : undefined;
}

/** The lines under its heading. */
export function codeLines({ meaning, remedy, help }: Explanation): readonly string[] {
  return [`  means  ${meaning}`, `  do     ${remedy}`, `  more   ${help}`];
}
