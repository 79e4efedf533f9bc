// Redacts a finished capture: it is read once to learn what is secret, and again to replace it everywhere.

import { type FileHandle, open, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { list, oneOf, record, text } from '../../input/checks.js';
import { insist } from '../../input/option-error.js';
import { CaptureError } from '../capture-error.js';
import { type CaptureHeader, type CaptureRecord, encodeHeader, encodeRecord, OUT_OF_REACH, type Redaction } from '../format.js';
import { type OpenCapture, openCapture } from '../reader.js';
import { Learnt } from './learnt.js';
import { Pseudonyms } from './pseudonyms.js';
import { ALL_REDACTIONS, Redactor } from './redactor.js';

/** What is replaced in a finished capture. */
export interface RedactFileOptions {
  /** All of account, name and orderRef unless told. */
  readonly redact?: readonly Redaction[];
  /** Further names to replace. Each has three signs or more and a letter. */
  readonly hide?: readonly string[];
}

const optionChecks = record<RedactFileOptions>({ redact: list(oneOf(...ALL_REDACTIONS)), hide: list(text) });

/**
 * Writes the capture `from` anew as `to`, with every name replaced also where it stood before the message that gave it away;
 * holds one chunk at a time in memory. Gives the new header, which says how much was replaced and what is out of reach.
 * @throws {CaptureError} `CAPTURE_SINK` when `to` is there already or cannot be written; what reading throws, as it is.
 */
export async function redactFile(from: string, to: string, options: RedactFileOptions = {}): Promise<CaptureHeader> {
  insist(optionChecks, '', options);
  const { redact = ALL_REDACTIONS, hide } = options;
  const names = new Pseudonyms();
  const learnt = new Learnt(hide);
  const redactorFor = (header: CaptureHeader): Redactor => new Redactor(header, redact, names, learnt);

  const first = await openCapture(from);
  for await (const _ of redacted(first, redactorFor(first.header)));
  const header: CaptureHeader = {
    ...first.header,
    redactions: ALL_REDACTIONS.filter((one) => first.header.redactions.includes(one) || redact.includes(one)),
    outOfReach: OUT_OF_REACH.filter((one) => one !== 'earlier'),
    learnt: { account: learnt.count('account'), name: learnt.count('name'), orderRef: learnt.count('orderRef') },
  };

  const file = await created(to);
  const bytes = async function* (): AsyncGenerator<Uint8Array> {
    const second = await openCapture(from);
    yield encodeHeader(header);
    for await (const record of redacted(second, redactorFor(second.header))) yield encodeRecord(record);
  };
  try {
    await pipeline(bytes, file.createWriteStream());
  } catch (cause) {
    await rm(to, { force: true });
    throw cause instanceof CaptureError ? cause : new CaptureError('CAPTURE_SINK', 0, `${to} could not be written`, cause);
  }
  return header;
}

async function* redacted(capture: OpenCapture, redactor: Redactor): AsyncGenerator<CaptureRecord> {
  for await (const record of capture.records) yield* redactor.push(record);
  yield* redactor.end();
}

/** A file that was not there before. */
async function created(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx');
  } catch (cause) {
    throw new CaptureError('CAPTURE_SINK', 0, `${path} could not be opened as a new file`, cause);
  }
}
