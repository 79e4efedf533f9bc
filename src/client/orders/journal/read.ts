// Reads journal bytes back: every whole line, and what was torn, damaged or missing.
import { type JournalEntry, readEntry } from './entry.js';

/** A stretch of the file that is no entry. */
export interface DamagedLine {
  /** Byte at which it starts. */
  readonly offset: number;
  /** Its length in bytes, without line feed. */
  readonly length: number;
}

/** What came of reading a journal: its entries in order, and every line that is missing, torn or damaged. */
export interface JournalReading {
  readonly entries: readonly JournalEntry[];
  /** The bytes behind the last line feed: a write that did not end. Undefined when the file ends cleanly. */
  readonly torn: DamagedLine | undefined;
  /** Lines inside the file that are no entries, for example one torn by an earlier crash. */
  readonly damaged: readonly DamagedLine[];
  /** Numbers that are missing between two entries, or come twice. */
  readonly gaps: readonly { readonly after: number; readonly next: number }[];
}

const LINE_FEED = 10;

/** Everything that can be read of journal bytes. Never throws. Bytes of several files may be read one after the other. */
export function readJournal(bytes: Uint8Array): JournalReading {
  const text = new TextDecoder();
  const entries: JournalEntry[] = [];
  const damaged: DamagedLine[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    const end = bytes.indexOf(LINE_FEED, offset);
    if (end === -1) break;
    if (end > offset) {
      const entry = readEntry(text.decode(bytes.subarray(offset, end)));
      if (entry === undefined) damaged.push({ offset, length: end - offset });
      else entries.push(entry);
    }
    offset = end + 1;
  }
  const torn = offset < bytes.length ? { offset, length: bytes.length - offset } : undefined;
  return { entries, torn, damaged, gaps: gapsOf(entries) };
}

/** Where the numbers of entries do not rise by one. */
export function gapsOf(entries: readonly JournalEntry[]): JournalReading['gaps'] {
  return entries.flatMap((entry, i) => {
    const before = entries[i - 1];
    return before !== undefined && entry.seq !== before.seq + 1 ? [{ after: before.seq, next: entry.seq }] : [];
  });
}
