// Decides what a notice means for its owner: by code and owner first, by text only where the table has a rule for it.

import { farmNotice } from './farms.js';
import { classifyForOrder } from './order-notices.js';
import type { CodeRow, Refusal, TaughtBudget, TextReading } from './row.js';
import { hasClass, lookup, readText } from './table.js';
import { newPort } from './texts.js';
import type { Notice, NoticeTarget, Verdict } from './verdict.js';

/**
 * Tells what an error message means for whoever its id belongs to.
 *
 * An unknown code fails a request; on an order it is never a death, but a reason to ask open orders and executions. A
 * warning never ends anything. No text in another language can make a request look empty or an order look dead: without a
 * pattern that fits, a request fails with the real text and an order stays as it is.
 */
export function classify(notice: Notice, target: NoticeTarget): Verdict {
  return classified(notice, target).verdict;
}

/** What a notice means for whom it reached, and what it says to the session beside, whoever it is for. */
export interface Classified {
  readonly verdict: Verdict;
  /** Another login of the same user has taken the session or its data. */
  readonly anotherLogin: boolean;
  /** The gateway's API is read-only. */
  readonly readOnly: boolean;
}

/** As `classify`, with all that code and text say. */
export function classified(notice: Notice, target: NoticeTarget): Classified {
  const row = lookup(notice.code);
  const read = row === undefined ? undefined : readText(row, notice.text);
  return {
    verdict: verdictOf(notice, target, row, read?.reads),
    anotherLogin: notice.code === 10197 || read?.anotherLogin === true,
    readOnly: notice.code === 321 && read?.reads === 'readOnly',
  };
}

function verdictOf(notice: Notice, target: NoticeTarget, row: CodeRow | undefined, reading: TextReading | undefined): Verdict {
  const forSession = classifyForSession(notice, reading);
  if (forSession !== undefined) return forSession;
  if (row?.class === 'local') return { means: 'local' };
  switch (target.is) {
    case 'order':
      return classifyForOrder(notice, row, reading, target);
    case 'request':
      if (notice.code === 320) return { means: 'requestFailed', refusal: 'unreadable', teaches: undefined };
      return row === undefined
        ? { means: 'requestFailed', refusal: 'other', teaches: undefined }
        : classifyForRequest(row, reading, target.asked, target.cancelled);
    case 'nobody':
      return notice.code === 320 ? { means: 'unreadable' } : classifyForNobody(row, reading);
    case 'gone':
      return { means: 'notice', level: row?.class === 'information' ? 'information' : 'warning' };
    default:
      return unreachable(target);
  }
}

/** Codes that concern the whole session, whatever id they carry. */
function classifyForSession({ code, text }: Notice, reading: TextReading | undefined): Verdict | undefined {
  const farm = farmNotice(code, text);
  if (farm !== undefined) return { means: 'farm', farm };
  switch (code) {
    case 0:
      return reading === 'approachingRate' ? { means: 'rate', now: 'approaching' } : { means: 'notice', level: 'warning' };
    case 100:
      return { means: 'rate', now: 'exceeded' };
    case 326:
      return { means: 'clientIdInUse' };
    case 1100:
    case 2110:
      return { means: 'link', now: 'lost', competing: reading === 'competingSession' };
    case 1101:
      return { means: 'link', now: 'backWithoutData', competing: false };
    case 1102:
      return { means: 'link', now: 'backWithData', competing: false };
    case 1300:
      return { means: 'portMoved', port: newPort(text) };
    case 2148:
      return { means: 'alarm' };
    case 10197:
      return { means: 'competingSession' };
    default:
      return undefined;
  }
}

function classifyForRequest(row: CodeRow, reading: TextReading | undefined, asked: string, cancelled: boolean): Verdict {
  if (cancelled && row.class !== 'warning' && row.class !== 'advisory') return { means: 'requestEcho' };
  const failed = (refusal: Refusal): Verdict => ({ means: 'requestFailed', refusal, teaches: taught(row, reading, asked) });
  switch (row.class) {
    case 'warning':
      if (reading === 'emptyScan' && isScan(asked)) return { means: 'stream', effect: 'emptyBatch', kinds: [] };
      if (reading === 'warning' || !hasClass(row, 'request') || isScan(asked)) return { means: 'notice', level: 'warning' };
      return reading === 'noData' ? { means: 'requestEmpty' } : failed(row.refusal ?? 'other');
    case 'information':
      // Code 366 on a query that nobody cancelled: there is no such data.
      return row.refusal !== undefined && row.kinds?.includes(asked)
        ? failed(row.refusal)
        : { means: 'notice', level: 'information' };
    case 'advisory':
      return row.ends?.includes(asked) ? failed(row.refusal ?? 'permission') : { means: 'notice', level: 'advisory' };
    case 'subscription':
      return { means: 'stream', effect: row.stream ?? 'askAgain', kinds: row.kinds ?? [] };
    default:
      return reading === 'noData' ? { means: 'requestEmpty' } : failed(asRefusal(reading) ?? row.refusal ?? 'invalid');
  }
}

function classifyForNobody(row: CodeRow | undefined, reading: TextReading | undefined): Verdict {
  switch (row?.class) {
    case 'request':
    case 'order':
    case 'orderState':
    case 'cancel':
      return { means: 'unaddressedRefusal', refusal: asRefusal(reading) ?? row.refusal ?? 'other', kinds: row.kinds ?? [] };
    case 'subscription':
      return { means: 'stream', effect: row.stream ?? 'askAgain', kinds: row.kinds ?? [] };
    case 'information':
      return { means: 'notice', level: 'information' };
    case 'advisory':
      return { means: 'notice', level: 'advisory' };
    default:
      return { means: 'notice', level: 'warning' };
  }
}

/** What a refusal teaches: pacing by its text, account summaries by the kind that was asked, the rest by its code. */
function taught(row: CodeRow, reading: TextReading | undefined, asked: string): TaughtBudget | undefined {
  if (row.code === 162) return reading === 'pacing' ? 'history' : undefined;
  if (row.code === 322 && asked === 'reqAccountSummary' && reading !== 'duplicateId') return 'accountSummaries';
  return reading === 'permission' ? undefined : row.teaches;
}

/** The readings that are refusals. */
export function asRefusal(reading: TextReading | undefined): Refusal | undefined {
  switch (reading) {
    case 'warning':
    case 'approachingRate':
    case 'competingSession':
    case 'emptyScan':
      return undefined;
    default:
      return reading;
  }
}

function isScan(asked: string): boolean {
  return asked === 'reqScannerSubscription';
}

function unreachable(target: never): never {
  throw new TypeError(`no such target: ${JSON.stringify(target)}`);
}
