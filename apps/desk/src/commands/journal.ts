// The order log: every attempt with account, time, contract, who asked, what was found, what became of it.

import { explain as explainCode } from 'ibwire';
import { sql } from 'kysely';
import * as z from 'zod';
import { draftOut, given, shownDraft } from '../orders/record.js';
import type { LogRow } from '../store/schema.js';
import { command } from './command.js';
import { account, finding, instant } from './schemas.js';

export const entryOut = z
  .object({
    seq: z.int(),
    time: instant,
    account: z.string(),
    conId: z.int().optional(),
    symbol: z.string().optional(),
    secType: z.string().optional(),
    exchange: z.string().optional(),
    currency: z.string().optional(),
    draftId: z.string().optional(),
    who: z.string(),
    what: z.string(),
    findings: z.array(finding).optional(),
    outcome: z.string().optional(),
    detail: z.unknown().optional(),
  })
  .meta({ id: 'LogEntry' });

function shownEntry(row: LogRow): z.input<typeof entryOut> {
  return {
    seq: row.seq,
    time: row.time,
    account: row.account,
    ...given('conId', row.con_id),
    ...given('symbol', row.symbol),
    ...given('secType', row.sec_type),
    ...given('exchange', row.exchange),
    ...given('currency', row.currency),
    ...given('draftId', row.draft_id),
    who: row.who,
    what: row.what,
    ...(row.findings === null ? {} : { findings: JSON.parse(row.findings) as z.input<typeof finding>[] }),
    ...given('outcome', row.outcome),
    ...(row.detail === null ? {} : { detail: JSON.parse(row.detail) as unknown }),
  };
}

/** What `text` is looked for in: what a reader of the log is shown. */
const SEARCHED = ['who', 'what', 'symbol', 'outcome', 'draft_id', 'findings'] as const;

const entries = command({
  name: 'journal.entries',
  need: 'read',
  title: 'The order log',
  text: 'Lines of the order log, newest first. Lines that begin with `wire` are those of the session itself. Filters hold together.',
  input: z.strictObject({
    draftId: z.string().max(40).optional(),
    what: z.string().min(1).max(60).optional().describe('Only lines of this kind, such as `draft` or `wire place`'),
    account: account.optional().describe('Only lines of this account'),
    text: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe('Only lines that have it in who, what, symbol, outcome, draft or findings; large and small letters are alike'),
    before: z.int().min(1).optional().describe('Lines below this number, to page back'),
    limit: z.int().min(1).max(1000).default(100),
  }),
  output: z.array(entryOut),
  async run({ draftId, what, account: of, text, before, limit }, { desk, who }) {
    await desk.store.flush();
    let query = desk.store.db.selectFrom('order_log').selectAll().orderBy('seq', 'desc').limit(limit);
    if (draftId !== undefined) query = query.where('draft_id', '=', draftId);
    if (who.accounts !== undefined) query = query.where('account', 'in', [...who.accounts]);
    if (what !== undefined) query = query.where('what', '=', what);
    if (of !== undefined) query = query.where('account', '=', of);
    if (text !== undefined) {
      const pattern = `%${text.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;
      query = query.where(({ or }) =>
        or(SEARCHED.map((column) => sql<boolean>`lower(${sql.ref(column)}) like ${pattern} escape '\\'`)),
      );
    }
    if (before !== undefined) query = query.where('seq', '<', before);
    return (await query.execute()).map(shownEntry);
  },
});

const explain = command({
  name: 'journal.explain',
  need: 'read',
  title: 'What became of a draft',
  text: 'A draft with every line of the log about it, and its story in one sentence.',
  input: z.strictObject({ id: z.string().min(1).max(40) }),
  output: z.object({
    draft: draftOut,
    story: z.string(),
    meaning: z
      .object({ code: z.int(), meaning: z.string(), remedy: z.string() })
      .optional()
      .describe("Of the gateway's last code"),
    entries: z.array(entryOut),
  }),
  async run({ id }, { desk, who }) {
    await desk.follower.settled(id);
    await desk.store.flush();
    const draft = await desk.drafts.get(id, who);
    const rows = await desk.store.db.selectFrom('order_log').selectAll().where('draft_id', '=', id).orderBy('seq').execute();
    const by = draft.row.approved_by === null ? '' : `, approved by ${draft.row.approved_by}`;
    const sent = draft.row.order_id === null ? '' : `, order ${draft.row.order_id} of client ${draft.row.client_id}`;
    const end = draft.outcome === undefined ? '' : `, ${draft.outcome.status}`;
    const why = draft.why === undefined ? '' : ` (${draft.why})`;
    const code = draft.outcome?.reason?.code;
    const told = code === undefined ? undefined : explainCode(code, { isOrder: true });
    return {
      draft: shownDraft(draft),
      story: `asked by ${draft.row.who_name}${by}${sent}: ${draft.state}${end}${why}`,
      ...(told === undefined ? {} : { meaning: { code: told.code, meaning: told.meaning, remedy: told.remedy } }),
      entries: rows.map(shownEntry),
    };
  },
});

export const journalCommands = [entries, explain] as const;
