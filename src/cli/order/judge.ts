// A ticket judged: what the session's judge says of it, and what the gateway's what-if says.

import type { Ib } from '../../client/connect.js';
import type { Call } from '../../client/core.js';
import type { OrderPreview } from '../../client/orders/send/preview.js';
import { GatewayError } from '../../client/wire/errors.js';
import { accountKindOf } from '../../rules/account-kind.js';
import { type RuleCode, ruleCodes } from '../../rules/book/list.js';
import { decisionOf, type Finding } from '../../rules/finding.js';
import type { Decision } from '../../rules/types.js';
import type { Financing } from './financing.js';
import type { Prices } from './judging.js';
import type { Ticket } from './ticket.js';

/** A finding with what its code means, and where the rule comes from; undefined for codes of no rule. */
export interface Remark extends Omit<Finding, 'orderId'> {
  readonly about: string | undefined;
  readonly source: string | undefined;
}

export interface Judgement {
  readonly decision: Decision;
  /** The kind of account that the rules took it for; undefined when they could not. */
  readonly judgedAs: string | undefined;
  readonly accountType: string | undefined;
  /** What that kind rests on. */
  readonly kindFrom: 'option' | 'numbers' | 'account type';
  readonly remarks: readonly Remark[];
  /** Undefined when the gateway refused even that; the refusal is in `refusal`. */
  readonly whatIf: OrderPreview | undefined;
  readonly refusal: { readonly code: number; readonly text: string } | undefined;
  readonly netLiquidation: string | undefined;
  readonly baseCurrency: string;
}

/** What a judgement needs besides the ticket. */
export interface Desk {
  readonly ib: Ib;
  readonly call: Call;
  readonly prices: Prices;
  readonly finance: Financing;
}

/** Asks for prices and a what-if, then lets the session's judge speak, as it will again before anything is sent. */
export async function judge({ ib, call, prices, finance }: Desk, ticket: Ticket): Promise<Judgement> {
  const { account, contract, draft } = ticket;
  await finance.ask(ib, call);
  const [{ preview, refusal }] = await Promise.all([
    whatIf(ib, ticket, call),
    ib.orders.prepare({ ...call, contracts: [contract] }),
    prices.ask(ib, ticket, call),
  ]);
  const known = { account, ...call, ...(preview !== undefined && { preview }) };
  const remarks = (await ib.orders.judge(contract, draft, known)).map(remarkOf);
  const facts = ib.orders.situationOf(account)?.account;
  return {
    decision: decisionOf(remarks),
    judgedAs: facts === undefined ? undefined : accountKindOf(facts).kind,
    accountType: facts?.accountType,
    kindFrom: finance.isShown(account) ? 'numbers' : ticket.kind === undefined ? 'account type' : 'option',
    remarks,
    whatIf: preview,
    refusal,
    netLiquidation: facts?.netLiquidation,
    baseCurrency: facts?.baseCurrency ?? '',
  };
}

function remarkOf({ code, severity, message, remedy, facts }: Finding): Remark {
  const { about, source } = code in ruleCodes ? ruleCodes[code as RuleCode] : { about: undefined, source: undefined };
  return { code, severity, message, remedy, facts, about, source };
}

async function whatIf(
  ib: Ib,
  { contract, draft, account }: Ticket,
  call: Call,
): Promise<{ readonly preview: OrderPreview | undefined; readonly refusal: Judgement['refusal'] }> {
  try {
    return { preview: await ib.orders.preview(contract, draft, { account, ...call }), refusal: undefined };
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    return { preview: undefined, refusal: { code: error.errorCode, text: error.text } };
  }
}
