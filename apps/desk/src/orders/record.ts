// A draft as the desk holds and shows it, and its row in the database.

import type { OrderDraft, QualifiedContract } from 'ibwire';
import * as z from 'zod';
import { contractOut, decimal, finding, instant, mode } from '../commands/schemas.js';
import { shownContract } from '../session/contract.js';
import type { Mode } from '../session/mode.js';
import { quoteOut } from '../session/shown-quote.js';
import { ROLES } from '../store/journal-line.js';
import type { DraftRow } from '../store/schema.js';
import { DRAFT_STATES, type DraftState } from './states.js';
import type { Exits } from './terms.js';

export const previewOut = z
  .object({
    at: instant,
    passes: z.boolean(),
    findings: z.array(finding),
    quote: quoteOut.optional(),
    margin: z.object({ initial: decimal, maintenance: decimal, currency: z.string() }).partial().describe('Change by this order'),
    commission: z.object({ amount: decimal, most: decimal, currency: z.string() }).partial(),
    worst: z
      .object({ price: decimal, initialMargin: decimal, commission: decimal })
      .partial()
      .describe('What an approval covers: beyond any of these it has to be approved again'),
    warning: z.object({ untrusted: z.string() }).optional(),
  })
  .meta({ id: 'Preview' });
export type PreviewOut = z.output<typeof previewOut>;

const reason = z.object({ code: z.int().optional(), text: z.object({ untrusted: z.string() }) }).optional();
export const outcomeOut = z
  .object({
    status: z.string().describe('In the words of the order path: working, filled, cancelled, rejected …'),
    filled: decimal.optional(),
    remaining: decimal.optional(),
    averagePrice: decimal.optional(),
    reason,
    exits: z
      .array(z.object({ role: z.enum(ROLES), orderId: z.int(), status: z.string(), filled: decimal, reason }))
      .optional()
      .describe('Of a bracket: what became of the orders that close it'),
  })
  .meta({ id: 'Outcome' });
export type OutcomeOut = z.output<typeof outcomeOut>;

export const draftOut = z
  .object({
    id: z.string(),
    state: z.enum(DRAFT_STATES),
    why: z.string().optional(),
    mode,
    account: z.string(),
    contract: contractOut,
    order: z.record(z.string(), z.unknown()),
    preview: previewOut.optional(),
    outcome: outcomeOut.optional(),
    clientId: z.int().optional(),
    orderId: z.int().optional(),
    permId: z.string().optional(),
    askedBy: z.string(),
    approvedBy: z.string().optional(),
    approvedAt: instant.optional(),
    idempotencyKey: z.string().optional(),
    note: z.string().optional(),
    created: instant,
    updated: instant,
    expires: instant,
  })
  .meta({ id: 'Draft' });
export type DraftOut = z.input<typeof draftOut>;

export interface Draft {
  readonly id: string;
  readonly state: DraftState;
  readonly why: string | undefined;
  readonly mode: Mode;
  readonly account: string;
  readonly contract: QualifiedContract;
  /** The order; of a bracket, its entry. */
  readonly terms: OrderDraft;
  /** Of a bracket: how it is left. */
  readonly exits: Exits | undefined;
  readonly preview: PreviewOut | undefined;
  readonly outcome: OutcomeOut | undefined;
  readonly row: DraftRow;
}

/** An order and how it is left, as the database keeps them. */
export const termsText = (terms: OrderDraft, exits: Exits | undefined): string =>
  JSON.stringify(exits === undefined ? terms : { ...terms, exits });

const parsed = (text: string | null): unknown => (text === null ? undefined : JSON.parse(text));

export function draftOf(row: DraftRow): Draft {
  const { exits, ...terms } = JSON.parse(row.terms) as OrderDraft & { readonly exits?: Exits };
  return {
    id: row.id,
    state: row.state as DraftState,
    why: row.why ?? undefined,
    mode: row.mode as Mode,
    account: row.account,
    contract: JSON.parse(row.contract) as QualifiedContract,
    ...{ terms, exits },
    preview: parsed(row.preview) as PreviewOut | undefined,
    outcome: parsed(row.outcome) as OutcomeOut | undefined,
    row,
  };
}

/** A column that may be empty, as a member that may be missing. */
export const given = <K extends string, V>(name: K, value: V | null | undefined): { readonly [P in K]?: V } =>
  (value === null || value === undefined ? {} : { [name]: value }) as { readonly [P in K]?: V };

export function shownDraft({ row, contract, terms, exits, preview, outcome, state, mode: of }: Draft): DraftOut {
  const { account: _, orderRef: __, ...order } = terms;
  return {
    id: row.id,
    state,
    ...given('why', row.why),
    mode: of,
    account: row.account,
    contract: shownContract(contract),
    order: { ...order, ...exits },
    ...given('preview', preview),
    ...given('outcome', outcome),
    ...given('clientId', row.client_id),
    ...given('orderId', row.order_id),
    ...given('permId', row.perm_id),
    askedBy: row.who_name,
    ...given('approvedBy', row.approved_by),
    ...given('approvedAt', row.approved_at),
    ...given('idempotencyKey', row.idempotency_key),
    ...given('note', row.note),
    created: row.created,
    updated: row.updated,
    expires: row.expires,
  };
}
