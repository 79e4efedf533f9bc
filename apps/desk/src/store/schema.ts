// The tables, told once: SQL of both databases and the types of Kysely come from here. Times are ISO 8601 text, money and
// quantities exact text.

import type { Generated, Selectable } from 'kysely';

/** A column: its SQL and, in the type, what is read from it. */
interface Column<T> {
  readonly sql: string;
  readonly of?: T;
}

const column = <T>(sql: string): Column<T> => ({ sql });

/** What numbers the rows; the databases have words of their own for it. */
export const IDENTITY = '<identity>';
const identity = column<Generated<number>>(IDENTITY);
const key = column<string>('text primary key');
const text = column<string>('text not null');
const integer = column<number>('integer not null');
const maybeText = column<string | null>('text');
const maybeInteger = column<number | null>('integer');

export const schema = {
  connections: {
    id: identity,
    host: text,
    port: integer,
    client_id: integer,
    server_version: maybeInteger,
    /** `simulated`, `paper`, `live`, or `unknown` while no account was told. */
    mode: text,
    since: text,
    until: maybeText,
    /** Why it ended. */
    why: maybeText,
  },
  drafts: {
    id: key,
    created: text,
    updated: text,
    expires: text,
    state: text,
    /** Why it is in that state, in words. */
    why: maybeText,
    /** Token that asked. */
    who: text,
    who_name: text,
    idempotency_key: maybeText,
    body_hash: text,
    mode: text,
    account: text,
    /** JSON: the qualified contract. */
    contract: text,
    /** JSON: the order as it is sent; with `exits` the entry of a bracket. */
    terms: text,
    /** JSON: the newest preview. */
    preview: maybeText,
    note: maybeText,
    approved_by: maybeText,
    approved_at: maybeText,
    client_id: maybeInteger,
    order_id: maybeInteger,
    perm_id: maybeText,
    /** JSON: what became of it at the broker. */
    outcome: maybeText,
    /** The first answer to its key. */
    answer_status: maybeInteger,
    answer: maybeText,
  },
  approvals: {
    id: identity,
    draft_id: column<string>('text not null references drafts (id)'),
    time: text,
    who: text,
    /** `approved`, `declined`, `worse` (had to be asked again). */
    decision: text,
    /** JSON: what was shown. */
    preview: maybeText,
  },
  order_log: {
    seq: identity,
    time: text,
    account: text,
    con_id: maybeInteger,
    symbol: maybeText,
    sec_type: maybeText,
    exchange: maybeText,
    currency: maybeText,
    draft_id: maybeText,
    who: text,
    what: text,
    /** JSON. */
    findings: maybeText,
    outcome: maybeText,
    /** JSON: a line of the core's journal, or what else is known. */
    detail: maybeText,
    /** Number of that line in the journal. */
    journal_seq: maybeInteger,
  },
  fills: {
    exec_id: key,
    draft_id: maybeText,
    order_id: maybeInteger,
    perm_id: maybeText,
    account: text,
    con_id: maybeInteger,
    symbol: maybeText,
    currency: maybeText,
    side: text,
    shares: text,
    price: text,
    exchange: text,
    time: text,
    commission: maybeText,
    commission_currency: maybeText,
    realized_pnl: maybeText,
  },
  tokens: {
    id: key,
    name: text,
    /** SHA-256 of the token, hexadecimal. */
    hash: column<string>('text not null unique'),
    /** Comma separated. */
    scopes: text,
    created: text,
    revoked: maybeText,
  },
  /** The only accounts of a token; none: all of the login. */
  token_accounts: { token_id: text, account: text },
  settings: {
    key,
    /** JSON. */
    value: text,
  },
  migrations: { id: key, time: text },
} as const;

export const indexes = [
  'create unique index drafts_key on drafts (who, idempotency_key)',
  'create index drafts_state on drafts (state)',
  'create index order_log_draft on order_log (draft_id)',
  'create unique index order_log_journal on order_log (journal_seq)',
  'create index fills_draft on fills (draft_id)',
] as const;

type Columns<T> = { readonly [K in keyof T]: T[K] extends Column<infer V> ? V : never };
export type Tables = { [K in keyof typeof schema]: Columns<(typeof schema)[K]> };

export type DraftRow = Selectable<Tables['drafts']>;
export type LogRow = Selectable<Tables['order_log']>;
export type FillRow = Selectable<Tables['fills']>;
