// Positions of an account, page by page; a first answer may be sparse, and a second one fills it.

import type { Ask, WebCall } from './ask.js';

type Row = Readonly<Record<string, unknown>>;
const PAGE_ROWS = 100;
/** No account is that large: an answer that never gets shorter ends here. */
const MOST_PAGES = 1_000;

/** Every row, those of closed positions too. */
export async function readPositions(ask: Ask, account: string, call: WebCall = {}): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const read = async (): Promise<readonly Row[]> =>
      (await ask.read('GET /portfolio/{accountId}/positions/{pageId}', { values: [account, page] }, call)) as readonly Row[];
    let found = await read();
    if (found.length === 0 || found.some((row) => row['mktPrice'] === undefined)) found = await read();
    rows.push(...found);
    if (found.length < PAGE_ROWS) break;
  }
  return rows;
}
