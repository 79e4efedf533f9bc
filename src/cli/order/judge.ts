// A ticket judged: what guards and account rules say, and what the gateway's what-if says.

import type { Ib } from '../../client/connect.js';
import type { Call } from '../../client/core.js';
import { GatewayError } from '../../client/errors.js';
import type { OrderPreview } from '../../client/orders/send/preview.js';
import { accountKindOf } from '../../rules/account-kind.js';
import { type RuleCode, ruleCodes } from '../../rules/book/list.js';
import { check } from '../../rules/check.js';
import type { Finding as GuardFinding } from '../../rules/finding.js';
import { decisionOf } from '../../rules/finding.js';
import type { Decision, OrderFacts, Situation } from '../../rules/types.js';
import { fullFacts } from './contract-facts.js';
import { policyOf } from './policy.js';
import { situationOf } from './situation.js';
import type { Ticket, TicketOptions } from './ticket.js';

/** What speaks about an order, whoever says it. */
export interface Remark {
  readonly code: string;
  readonly severity: 'reject' | 'warn' | 'info';
  readonly message: string;
  readonly remedy: string;
  readonly facts: Readonly<Record<string, string>>;
  /** What it means, and where the rule comes from; undefined for guards. */
  readonly about: string | undefined;
  readonly source: string | undefined;
}

export interface Judgement {
  readonly decision: Decision;
  /** The kind of account that the rules of took it for; undefined when they could not. */
  readonly judgedAs: string | undefined;
  readonly accountType: string | undefined;
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
  readonly now: () => number;
}

/** Asks for prices and a what-if, then runs guards and rules over it. */
export async function judge(desk: Desk, ticket: Ticket, options: TicketOptions): Promise<Judgement> {
  const { ib, call } = desk;
  const { account, contract, draft } = ticket;
  const [situation, order, asked] = await Promise.all([
    situationOf(ib, account, options.kind, desk.now, call),
    orderFacts(desk, ticket),
    whatIf(ib, ticket, call),
  ]);
  const { preview, refusal } = asked;
  const answer =
    preview === undefined
      ? {}
      : {
          answer: {
            initMarginChange: preview.initMargin.change?.toFixed(),
            maintMarginChange: preview.maintMargin.change?.toFixed(),
          },
        };
  const fee = preview?.commission.max ?? preview?.commission.amount;
  const known = { ...order, ...answer, ...(fee === undefined ? {} : { fee: fee.toFixed() }) };
  const ruled = check(known, situation, policyOf(options)).map(fromRule);
  const own = ib.orders.check(contract, draft, { account });
  const remarks = [...own.map(fromGuard), ...ruled];
  return {
    decision: decisionOf(remarks),
    judgedAs: accountKindOf(situation.account).kind,
    accountType: situation.account.accountType,
    remarks,
    whatIf: preview,
    refusal,
    ...moneyOf(situation),
  };
}

function moneyOf({ account: { netLiquidation, baseCurrency } }: Situation): Pick<Judgement, 'netLiquidation' | 'baseCurrency'> {
  return { netLiquidation, baseCurrency };
}

const fromGuard = ({ code, severity, message, remedy, facts }: GuardFinding): Remark => ({
  ...{ code, severity, message, remedy, facts },
  about: undefined,
  source: undefined,
});

function fromRule({ code, severity, message, remedy, facts }: ReturnType<typeof check>[number]): Remark {
  const { about, source } = ruleCodes[code as RuleCode];
  return { code, severity, message, remedy, facts, about, source };
}

async function orderFacts(desk: Desk, { account, contract, draft }: Ticket): Promise<OrderFacts> {
  const { ib, call } = desk;
  const [facts, prices, session] = await Promise.all([
    fullFacts(ib, contract, call),
    pricesOf(desk, contract, draft.action),
    ib.contracts.isOpen({ conId: contract.conId, exchange: 'SMART' }, call),
  ]);
  const text = (value: number | string | undefined): string | undefined => (value === undefined ? undefined : String(value));
  return {
    contract: facts,
    account,
    action: draft.action,
    totalQuantity: draft.cashQty === undefined ? draft.totalQuantity : undefined,
    cashQty: text(draft.cashQty),
    orderType: draft.orderType,
    lmtPrice: text(draft.lmtPrice),
    auxPrice: text(draft.auxPrice),
    trailingPercent: text(draft.trailingPercent),
    tif: draft.tif,
    exchange: contract.exchange,
    session: session === 'unknown' ? undefined : session,
    ...prices,
  };
}

/** Longest wait for a price. */
const PRICE_MS = 2_500;

/** Ask for a buy, bid for a sale, else the last price; of an option the price of its underlying too. */
async function pricesOf(
  { ib, call }: Desk,
  contract: Ticket['contract'],
  action: string,
): Promise<Pick<OrderFacts, 'reference' | 'underlyingPrice'>> {
  ib.market.dataType('delayedFrozen');
  const stream = ib.market.quotes({ conId: contract.conId, exchange: contract.exchange ?? 'SMART' }, { signal: call.signal });
  const side = action === 'BUY' ? 'ask' : 'bid';
  const isOption = contract.secType === 'OPT' || contract.secType === 'FOP';
  const seen = new Promise<void>((resolve) => {
    stream.on(() => {
      const { view } = stream;
      if (view[side]?.value !== undefined && (!isOption || view.modelGreeks?.value.undPrice !== undefined)) resolve();
    });
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PRICE_MS);
  });
  await Promise.race([seen, late, stream.ended]);
  clearTimeout(timer);
  const { view } = stream;
  const reference = view[side]?.value ?? view.last?.value ?? view.close?.value;
  const under = view.modelGreeks?.value.undPrice;
  stream.close();
  return {
    ...(reference === undefined ? {} : { reference: String(reference) }),
    ...(under === undefined ? {} : { underlyingPrice: String(under) }),
  };
}

async function whatIf(
  ib: Ib,
  { contract, draft, account }: Ticket,
  call: Call,
): Promise<{ readonly preview: OrderPreview | undefined; readonly refusal: Judgement['refusal'] }> {
  try {
    const preview = await ib.orders.preview(contract, draft, {
      account,
      ...(call.signal === undefined ? {} : { signal: call.signal }),
      ...(call.timeout === undefined ? {} : { timeout: call.timeout }),
    });
    return { preview, refusal: undefined };
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    return { preview: undefined, refusal: { code: error.errorCode, text: error.text } };
  }
}
