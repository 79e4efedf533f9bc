// The journal itself: numbers and dates each entry and hands it to its sink before the caller goes on.
import { ClientError } from '../../wire/errors.js';
import { type JournalEntry, type JournalInput, type JournalSink, readEntry, writeEntry } from './entry.js';
import { highestIds } from './highest-ids.js';

/** The entry could not be kept: whatever it was about must not be sent. */
export class JournalError extends ClientError {
  declare readonly code: 'JOURNAL';

  constructor(message: string, options?: ErrorOptions) {
    super('JOURNAL', message, options);
  }
}

/** A journal that is open: every attempt is written before its bytes leave. @throws {JournalError} where it cannot be written. */
export interface Journal {
  /** Keeps an entry; when it returns, the sink has it. Throws JournalError when it has not: then nothing may leave. */
  record(input: JournalInput): JournalEntry;
  /** Closes its sink. Nothing can be kept after it. */
  close(): void;
}

/** Makes a journal on a sink. `now` gives epoch milliseconds. */
export function createJournal(sink: JournalSink, now: () => number): Journal {
  let seq = sink.lastSeq;
  let isClosed = false;
  return {
    record: (input) => {
      if (isClosed) throw new JournalError('the journal is closed');
      const entry: JournalEntry = { seq: seq + 1, time: new Date(now()).toISOString(), ...input };
      try {
        const answer: unknown = sink.write(writeEntry(entry));
        if (answer instanceof Promise) {
          answer.catch(() => {}); // what it comes to is too late
          throw new TypeError('its sink is async and has nothing yet');
        }
      } catch (cause) {
        throw new JournalError(
          `the order journal could not be written: ${cause instanceof Error ? cause.message : 'unknown cause'}`,
          { cause },
        );
      }
      seq = entry.seq;
      return entry;
    },
    close: () => {
      if (isClosed) return;
      isClosed = true;
      sink.close();
    },
  };
}

/** A sink that keeps lines in memory, for tests and for programs that store them elsewhere. */
export function memorySink(lines: string[] = []): JournalSink & { readonly lines: readonly string[] } {
  return {
    lines,
    lastSeq: lines.length,
    highestOrderId: (clientId) => highestIds(lines.flatMap((line) => readEntry(line) ?? [])).get(clientId) ?? 0,
    write: (line) => void lines.push(line),
    close: () => undefined,
  };
}
