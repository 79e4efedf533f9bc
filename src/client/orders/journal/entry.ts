// What the journal says: one line per attempt and outcome, with account and time on each.
import { visibleText } from '../../../protocol/visible-text.js';
import type { Finding } from '../../../rules/finding.js';

/** What was about to be done. */
export type JournalAction = 'place' | 'modify' | 'cancel' | 'globalCancel' | 'exercise';

/** Ids as far as they are known. */
export interface JournalIds {
  readonly clientId?: number;
  readonly orderId?: number;
  readonly permId?: string;
  readonly execId?: string;
  readonly orderRef?: string;
}

/** Before the byte leaves: what will be sent, or why it will not. */
export interface AttemptEntry extends JournalIds {
  readonly event: 'attempt';
  readonly account: string;
  readonly action: JournalAction;
  /** false: refused by the findings, nothing will be sent. */
  readonly passed: boolean;
  readonly findings: readonly Finding[];
  readonly contract?: unknown;
  readonly order?: unknown;
}

/** After the byte was handed to the socket, and whatever came back. */
export interface OutcomeEntry extends JournalIds {
  readonly event: 'sent' | 'failed' | 'status' | 'execution' | 'commission' | 'error' | 'lost';
  readonly account: string;
  /** The raw status text, for `status`. */
  readonly status?: string;
  readonly detail?: unknown;
}

/** An entry of the journal before it has its number and time. */
export type JournalInput = AttemptEntry | OutcomeEntry;

/** An input as it stands in the journal. */
export type JournalEntry = JournalInput & {
  /** Rises by one with each line, across files. */
  readonly seq: number;
  /** ISO 8601 with milliseconds, UTC. */
  readonly time: string;
};

/** Where lines go. */
export interface JournalSink {
  /** Number of the last line that is already there; 0 when there is none. */
  readonly lastSeq: number;
  /** Highest order id that the lines already there have used for a client id; 0 when none. Ids never fall below it. */
  highestOrderId?(clientId: number): number;
  /** Returns when the line is kept as safely as the sink promises; throws when it is not. The line has no line feed. */
  write(line: string): void;
  /** The session is over: nothing is written after it. */
  close(): void;
}

const EVENTS: ReadonlySet<unknown> = new Set(['attempt', 'sent', 'failed', 'status', 'execution', 'commission', 'error', 'lost']);

/** One line of JSON, without line feed, which may be looked at on a terminal. Decimals and big integers become text; infinite numbers their names. */
export function writeEntry(entry: JournalEntry): string {
  const json = JSON.stringify(entry, (_, value: unknown) => {
    if (typeof value === 'bigint') return value.toString();
    return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
  });
  return visibleText(json);
}

/** An entry, or undefined for a line that is none. */
export function readEntry(line: string): JournalEntry | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  return isEntry(value) ? value : undefined;
}

function isEntry(value: unknown): value is JournalEntry {
  if (typeof value !== 'object' || value === null) return false;
  const { seq, time, account, event, passed, findings }: Partial<Record<string, unknown>> = { ...value };
  const framed = Number.isSafeInteger(seq) && typeof time === 'string' && typeof account === 'string' && EVENTS.has(event);
  return framed && (event !== 'attempt' || (typeof passed === 'boolean' && Array.isArray(findings)));
}
