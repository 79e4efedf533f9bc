// Turns a judgement of single orders into a rule for IRA accounts.
import { isIra } from '../account-kind.js';
import type { RuleCode } from '../codes/list.js';
import { type Context, type Rule, shownId } from '../context.js';
import type { Ask } from '../facts/ask.js';
import { type Facts, finding } from '../finding.js';

/** A rule for `ira-cash` and `ira-margin`: facts mean a finding, undefined means none. */
export function onlyIra(code: RuleCode, judge: (ask: Ask, context: Context) => Facts | undefined): Rule {
  return {
    codes: [code],
    judge: (context) => {
      const { kind } = context.snapshot;
      if (kind === undefined || !isIra(kind)) return [];
      return context.asks.flatMap((ask) => {
        const facts = judge(ask, context);
        return facts === undefined ? [] : [finding(code, facts, { orderId: shownId(ask, context) })];
      });
    },
  };
}
