// Puts a code into words: what it means, what to do, and what its text adds.

import { flag, record, text } from '../../input/checks.js';
import { insist } from '../../input/option-error.js';
import type { NoticeClass } from './row.js';
import { lookup, readText } from './table.js';
import { withoutAccounts } from './without-accounts.js';

/** What else is known when a code is to be explained. */
export interface ExplainContext {
  /** The gateway's words; text rules are read in English only. */
  readonly text?: string;
  /** The official name of what was asked, for example `reqTickByTickData`. */
  readonly asked?: string;
  /** Whether the id belongs to an order. */
  readonly isOrder?: boolean;
}

/** A code in words: what it means, and what to do. */
export interface Explanation {
  readonly code: number;
  /** False when the table has no row: absence proves nothing. */
  readonly isKnown: boolean;
  /** The class that fits the context; undefined for an unknown code. */
  readonly class: NoticeClass | undefined;
  readonly meaning: string;
  readonly remedy: string;
  /** The gateway's words, account numbers hidden; undefined when none were given. */
  readonly text: string | undefined;
  /** Where it stands in the page of codes that comes with the package; the page itself for an unknown code. */
  readonly help: string;
}

/** Path inside the package; `scripts/codes-docs.ts` writes it. */
const PAGE = 'docs/codes.md';

const contextNames = record<ExplainContext>({ text, asked: text, isOrder: flag });

/** Explains a code, closer the more is known about it. @throws {OptionError} for a context that is none. */
export function explain(code: number, context: ExplainContext = {}): Explanation {
  insist(contextNames, '', context);
  const row = lookup(code);
  const text = context.text === undefined ? undefined : withoutAccounts(context.text);
  if (row === undefined) {
    const meaning = 'This code is in no table; codes appear before they are documented.';
    const remedy =
      context.isOrder === true
        ? 'Take the order for live and ask for open orders and executions.'
        : 'Read the text. A request with this code has ended; a notice without a request changes nothing.';
    return { code, isKnown: false, class: undefined, meaning, remedy, text, help: PAGE };
  }
  const rule = readText(row, context.text);
  return {
    code,
    isKnown: true,
    class: classFor(row.class, row.also ?? [], row.ends ?? [], context),
    meaning: rule?.meaning ?? row.meaning,
    remedy: rule?.remedy ?? row.remedy,
    text,
    help: `${PAGE}#${code}`,
  };
}

function classFor(
  first: NoticeClass,
  also: readonly NoticeClass[],
  ends: readonly string[],
  { asked, isOrder }: ExplainContext,
): NoticeClass {
  if (isOrder === true) return [first, ...also].find((of) => of === 'order' || of === 'orderState' || of === 'cancel') ?? first;
  return asked !== undefined && ends.includes(asked) ? 'request' : first;
}
