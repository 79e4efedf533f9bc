// What a notice means for an order: dead only when code, state and what was asked leave no other reading.

import type { CodeRow, Refusal, TextReading } from './row.js';
import { hasClass } from './table.js';
import { namedOrderId, namedPermId, namedState, reasonBehindColon } from './texts.js';
import type { Notice, NoticeTarget, Verdict } from './verdict.js';

type OrderTarget = Extract<NoticeTarget, { is: 'order' }>;

/** The verdict on an order. `reading` is what the text rules of the row found, if anything. */
export function classifyForOrder(
  notice: Notice,
  row: CodeRow | undefined,
  reading: TextReading | undefined,
  target: OrderTarget,
): Verdict {
  if (row === undefined) return { means: 'orderUnclear' };
  if (row.code === 202) return cancelled(notice.text, target);
  if (row.class === 'cancel' || (hasClass(row, 'cancel') && target.asked === 'cancel')) return cancelRefused(notice);
  if (row.class === 'warning' || row.class === 'information' || row.class === 'advisory' || row.class === 'subscription') {
    return { means: 'orderNotice', reconcile: row.reconcile === true && reading !== 'warning' };
  }
  if (row.changeOnly === true) return { means: 'modifyRefused', reconcile: row.reconcile === true };
  if (!hasClass(row, 'order') && !hasClass(row, 'orderState')) return { means: 'orderUnclear' };
  return refused(row, refusalOf(row, reading), target);
}

function refused(row: CodeRow, refusal: Refusal, { working, asked }: OrderTarget): Verdict {
  const reconcile = row.reconcile === true;
  if (working === undefined || asked === 'cancel') return { means: 'orderUnclear' };
  if (asked === 'place') {
    if (!working) return { means: 'orderRejected', refusal, reconcile };
    // A rejection of an order that works already, as by the exchange when a stop is triggered.
    return row.code === 201 ? { means: 'orderRejected', refusal, reconcile: true } : { means: 'orderUnclear' };
  }
  // A change: the working order keeps its old values; one that was not acknowledged is dead with it.
  return working
    ? { means: 'modifyRefused', reconcile: reconcile || !hasClass(row, 'orderState') }
    : { means: 'orderRejected', refusal, reconcile: true };
}

function cancelled(text: string, { asked }: OrderTarget): Verdict {
  const reason = reasonBehindColon(text);
  if (reason === undefined) return { means: 'orderCancelled', by: asked === 'cancel' ? 'user' : 'unknown', reason: undefined };
  // A cancel of what was never transmitted is answered with words of its own (limits §15.5).
  return reason === '' || (asked === 'cancel' && /\bwas discarded\b/i.test(reason))
    ? { means: 'orderCancelled', by: 'user', reason: undefined }
    : { means: 'orderCancelled', by: 'system', reason };
}

function cancelRefused({ code, text }: Notice): Verdict {
  return {
    means: 'cancelRefused',
    orderId: code === 10147 || code === 10148 ? namedOrderId(text) : undefined,
    permId: code === 161 ? namedPermId(text) : undefined,
    state: code === 10148 ? namedState(text) : undefined,
  };
}

function refusalOf(row: CodeRow, reading: TextReading | undefined): Refusal {
  if (reading === 'readOnly' || reading === 'ambiguous' || reading === 'duplicateId') return reading;
  return row.refusal ?? 'other';
}
