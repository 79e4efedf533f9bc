// A journal in a file: appended, flushed, rotated by size, mended after a crash.

import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { flag, number, record, text } from '../../../input/checks.js';
import { mustBe } from '../../input/check-call.js';
import { type JournalEntry, type JournalSink, readEntry } from './entry.js';
import { highestIds } from './highest-ids.js';
import { type DamagedLine, gapsOf, type JournalReading, readJournal } from './read.js';

/** Where a journal is written, and how surely each line is on the disk before its order leaves. */
export interface FileSinkOptions {
  readonly path: string;
  /** true: each line is on the disk before the order leaves (about a millisecond). Default false: the operating system has it. */
  readonly fsync?: boolean;
  /** A file that would grow beyond this is put aside as `<path>.<number of its last line>`. Default 16 MiB. */
  readonly maxBytes?: number;
}

const sinkOptions = record<FileSinkOptions>({ path: text, fsync: flag, maxBytes: number(1) }, ['path']);

/** Opens or makes the file, readable by its owner only. A torn last line of an earlier crash stays, closed by a line feed. */
export function fileSink(options: FileSinkOptions): JournalSink {
  mustBe(sinkOptions, '', options);
  const { path, fsync = false, maxBytes = 16 * 1024 * 1024 } = options;
  let lastSeq = lastNumber(path);
  let file = openSync(path, 'a+', 0o600);
  let size = fstatSync(file).size;
  let used: ReadonlyMap<number, number> | undefined;
  let isTorn = size > 0 && lastByte(file, size) !== LINE_FEED;
  const append = (bytes: Uint8Array): void => {
    for (let done = 0; done < bytes.length; ) {
      const written = writeSync(file, bytes, done);
      done += written;
      size += written;
    }
  };
  const rotate = (): void => {
    fsyncSync(file);
    closeSync(file);
    renameSync(path, `${path}.${String(lastSeq).padStart(DIGITS, '0')}`);
    file = openSync(path, 'a+', 0o600);
    size = fstatSync(file).size;
    if (fsync) syncFolder(path);
  };
  return {
    lastSeq,
    highestOrderId: (clientId) => {
      used ??= highestIds(readJournalFiles(path).entries);
      return used.get(clientId) ?? 0;
    },
    write: (line) => {
      const bytes = Buffer.from(`${isTorn ? '\n' : ''}${line}\n`);
      if (size > 0 && !isTorn && size + bytes.length > maxBytes) rotate();
      isTorn = true;
      append(bytes);
      if (fsync) fsyncSync(file);
      isTorn = false;
      lastSeq = readEntry(line)?.seq ?? lastSeq;
    },
    close: () => {
      fsyncSync(file);
      closeSync(file);
    },
  };
}

/** The files of a journal in the order in which they were written; the last one is still being written. */
export function journalFiles(path: string): readonly string[] {
  const [folder, name] = [dirname(path), basename(path)];
  if (!existsSync(folder)) return [];
  const aside = readdirSync(folder).filter((file) => file.startsWith(`${name}.`) && /^\d+$/.test(file.slice(name.length + 1)));
  const number = (file: string): number => Number(file.slice(name.length + 1));
  const files = aside.sort((a, b) => number(a) - number(b)).map((file) => join(folder, file));
  return existsSync(path) ? [...files, path] : files;
}

/** Everything that can be read of a journal with all its rotated files. */
export function readJournalFiles(
  path: string,
): JournalReading & { readonly damagedIn: readonly (DamagedLine & { readonly file: string })[] } {
  const readings = journalFiles(path).map((file) => ({ file, ...readJournal(readFileSync(file)) }));
  const entries: JournalEntry[] = readings.flatMap((reading) => reading.entries);
  const damagedIn = readings.flatMap(({ file, damaged, torn }, i) => {
    const within = i < readings.length - 1 && torn !== undefined ? [...damaged, torn] : damaged;
    return within.map((line) => ({ ...line, file }));
  });
  return { entries, torn: readings.at(-1)?.torn, damaged: damagedIn, damagedIn, gaps: gapsOf(entries) };
}

const LINE_FEED = 10;
const DIGITS = 12;

function lastByte(file: number, size: number): number | undefined {
  const byte = Buffer.alloc(1);
  return readSync(file, byte, 0, 1, size - 1) === 1 ? byte[0] : undefined;
}

// A line that only lacks its line feed counts: it will get one.
function lastNumber(path: string): number {
  for (const file of journalFiles(path).toReversed()) {
    const bytes = readFileSync(file);
    const { entries, torn } = readJournal(bytes);
    const tail = torn === undefined ? undefined : readEntry(bytes.subarray(torn.offset).toString());
    const last = tail ?? entries.at(-1);
    if (last !== undefined) return last.seq;
  }
  return 0;
}

// On systems where a folder cannot be opened for syncing the rename is as safe as the system makes it.
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
