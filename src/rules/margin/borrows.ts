// Turns a judgement of single orders into a rule for kinds that may borrow.
import { mayBorrow } from '../account-kind.js';
import type { RuleCode } from '../codes/list.js';
import { type Context, type Rule, shownId } from '../context.js';
import { larger } from '../decimal.js';
import { type Ask, heldOf, sameSide } from '../facts/ask.js';
import { type Facts, finding } from '../finding.js';

/** A rule for `reg-t` and `portfolio-margin`: facts mean a finding, undefined means none. */
export function onlyBorrowing(code: RuleCode, judge: (ask: Ask, context: Context) => Facts | undefined): Rule {
  return {
    codes: [code],
    judge: (context) => {
      const { kind } = context.snapshot;
      if (kind === undefined || !mayBorrow(kind)) return [];
      return context.asks.flatMap((ask) => {
        const facts = judge(ask, context);
        return facts === undefined ? [] : [finding(code, facts, { orderId: shownId(ask, context) })];
      });
    },
  };
}

/** Quantity of a contract that the parent of an order brings before it can fill; orders submitted together are siblings. */
function brought(ask: Ask, context: Context): bigint {
  if (ask.parentId === undefined) return 0n;
  const parts = [
    ...context.asks.filter((other) => other.id === ask.parentId).flatMap((other) => other.effects),
    ...(context.snapshot.book.slotsById.get(ask.parentId) ?? []).map((slot) => slot.effect),
  ];
  let sum = 0n;
  for (const effect of parts)
    for (const change of effect.changes) if (context.snapshot.book.keyOf(change.contract) === ask.key) sum += change.quantity;
  return sum;
}

/** Shares that a sale would bring below zero, with what working and earlier submitted sales may already take. */
export function shortPart(ask: Ask, context: Context): { held: bigint; short: bigint } {
  const { snapshot } = context;
  if (ask.order.action !== 'SELL' || ask.contract.secType !== 'STK') return { held: 0n, short: 0n };
  const before = context.asks.slice(0, context.asks.indexOf(ask));
  const siblings = before.filter(
    (other) => other.key === ask.key && other.order.action === 'SELL' && (ask.group === undefined || other.group !== ask.group),
  );
  const offered =
    sameSide(ask.key, -1n, ask.id, ask.group, snapshot) + siblings.reduce((sum, other) => sum + (other.size ?? 0n), 0n);
  const held = larger(0n, heldOf(ask.key, snapshot) + brought(ask, context)) - offered;
  return { held: larger(0n, held), short: larger(0n, (ask.size ?? 0n) - held) };
}
