// Positions of an account: the list that the broker does not keep, or page by page the one that it keeps for minutes.

import type { QualifiedContract } from 'ibwire';
import type { Ask, WebCall } from './ask.js';
import { contractOf } from './contract.js';
import { byConIds } from './find-contract.js';

type Row = Readonly<Record<string, unknown>>;
const PAGE_ROWS = 100;
/** No account is that large: an answer that never gets shorter ends here. */
const MOST_PAGES = 1_000;

/** Every row, those of closed positions too. A first answer may be sparse, and a second one fills it. */
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

/** A row with its contract; undefined when it names none. */
export interface HeldRow {
  readonly row: Row;
  readonly contract: QualifiedContract | undefined;
}

/** What is held now: a fill is in it at once. An empty answer is confirmed by the other list. */
export async function heldRows(ask: Ask, account: string, call: WebCall = {}): Promise<readonly HeldRow[]> {
  const fresh: unknown = await ask
    .read('GET /portfolio2/{accountId}/positions', { values: [account] }, call)
    .catch(() => undefined);
  call.signal?.throwIfAborted();
  if (Array.isArray(fresh) && fresh.length > 0) {
    const rows = fresh as readonly Row[];
    const known = await byConIds(ask, [...new Set(rows.map((row) => Number(row['conid'])))], call);
    const facts = new Map(known.map((row) => [Number(row['conid']), row]));
    return rows.map((row) => ({
      row,
      contract: contractOf({ ...row, contractDesc: row['description'], ...facts.get(Number(row['conid'])) }),
    }));
  }
  await ask.once('POST /portfolio/{accountId}/positions/invalidate', { values: [account] }, 'read', call);
  return (await readPositions(ask, account, call)).map((row) => ({ row, contract: contractOf(row) }));
}
