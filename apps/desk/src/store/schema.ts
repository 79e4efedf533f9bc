// The tables as Kysely sees them, the same on both databases. Times are ISO 8601 text, money and quantities exact text.

import type { Generated, Selectable } from 'kysely';

export interface ConnectionsTable {
  readonly id: Generated<number>;
  readonly host: string;
  readonly port: number;
  readonly client_id: number;
  readonly server_version: number | null;
  /** `simulated`, `paper`, `live`, or `unknown` while no account was told. */
  readonly mode: string;
  readonly since: string;
  readonly until: string | null;
  /** Why it ended. */
  readonly why: string | null;
}

export interface DraftsTable {
  readonly id: string;
  readonly created: string;
  readonly updated: string;
  readonly expires: string;
  readonly state: string;
  /** Why it is in that state, in words. */
  readonly why: string | null;
  /** Token that asked. */
  readonly who: string;
  readonly who_name: string;
  readonly idempotency_key: string | null;
  readonly body_hash: string;
  readonly mode: string;
  readonly account: string;
  /** JSON: the qualified contract. */
  readonly contract: string;
  /** JSON: the order as it is sent. */
  readonly terms: string;
  /** JSON: the newest preview. */
  readonly preview: string | null;
  readonly note: string | null;
  readonly approved_by: string | null;
  readonly approved_at: string | null;
  readonly client_id: number | null;
  readonly order_id: number | null;
  readonly perm_id: string | null;
  /** JSON: what became of it at the broker. */
  readonly outcome: string | null;
  /** The first answer to its key. */
  readonly answer_status: number | null;
  readonly answer: string | null;
}

export interface ApprovalsTable {
  readonly id: Generated<number>;
  readonly draft_id: string;
  readonly time: string;
  readonly who: string;
  /** `approved`, `declined`, `worse` (had to be asked again). */
  readonly decision: string;
  /** JSON: what was shown. */
  readonly preview: string | null;
}

export interface OrderLogTable {
  readonly seq: Generated<number>;
  readonly time: string;
  readonly account: string;
  readonly con_id: number | null;
  readonly symbol: string | null;
  readonly sec_type: string | null;
  readonly exchange: string | null;
  readonly currency: string | null;
  readonly draft_id: string | null;
  readonly who: string;
  readonly what: string;
  /** JSON. */
  readonly findings: string | null;
  readonly outcome: string | null;
  /** JSON: a line of the core's journal, or what else is known. */
  readonly detail: string | null;
  /** Number of that line in the journal. */
  readonly journal_seq: number | null;
}

export interface FillsTable {
  readonly exec_id: string;
  readonly draft_id: string | null;
  readonly order_id: number | null;
  readonly perm_id: string | null;
  readonly account: string;
  readonly con_id: number | null;
  readonly symbol: string | null;
  readonly currency: string | null;
  readonly side: string;
  readonly shares: string;
  readonly price: string;
  readonly exchange: string;
  readonly time: string;
  readonly commission: string | null;
  readonly commission_currency: string | null;
  readonly realized_pnl: string | null;
}

export interface TokensTable {
  readonly id: string;
  readonly name: string;
  /** SHA-256 of the token, hexadecimal. */
  readonly hash: string;
  /** Comma separated. */
  readonly scopes: string;
  readonly created: string;
  readonly revoked: string | null;
}

export interface SettingsTable {
  readonly key: string;
  /** JSON. */
  readonly value: string;
}

export interface MigrationsTable {
  readonly id: string;
  readonly time: string;
}

export interface Tables {
  connections: ConnectionsTable;
  drafts: DraftsTable;
  approvals: ApprovalsTable;
  order_log: OrderLogTable;
  fills: FillsTable;
  tokens: TokensTable;
  settings: SettingsTable;
  migrations: MigrationsTable;
}

export type DraftRow = Selectable<DraftsTable>;
export type LogRow = Selectable<OrderLogTable>;
export type FillRow = Selectable<FillsTable>;
export type ConnectionRow = Selectable<ConnectionsTable>;
export type TokenRow = Selectable<TokensTable>;
