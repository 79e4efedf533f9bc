// Gives a decoded MessagePack value its meaning in a capture, or says what is wrong with it.
import {
  type CaptureHeader,
  type CaptureRecord,
  type CaptureSource,
  type Direction,
  type Doubt,
  FORMAT,
  FORMAT_VERSION,
  OUT_OF_REACH,
  type OutOfReach,
  type Redaction,
} from './format.js';

/** What is wrong, as data; the parser adds the offset. */
export interface Refusal {
  readonly refused: 'NOT_A_CAPTURE' | 'CAPTURE_VERSION' | 'CAPTURE_DAMAGED';
  readonly text: string;
}

const refuse = (refused: Refusal['refused'], text: string): Refusal => ({ refused, text });

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isText = (value: unknown): value is string => typeof value === 'string';
const isDirection = (value: unknown): value is Direction => value === 'in' || value === 'out';
const isRedaction = (value: unknown): value is Redaction => value === 'account' || value === 'name' || value === 'orderRef';
const isOutOfReach = (value: unknown): value is OutOfReach => OUT_OF_REACH.some((known) => known === value);
const isDoubt = (value: unknown): value is Doubt => value === 'partial' || value === 'ambiguous' || value === 'reconstructed';
const isListOf =
  <T>(is: (value: unknown) => value is T) =>
  (value: unknown): value is readonly T[] =>
    Array.isArray(value) && value.every(is);
const isOptional =
  <T>(is: (value: unknown) => value is T) =>
  (value: unknown): value is T | undefined =>
    value === undefined || is(value);

const isTexts = isListOf(isText);
const isDoubts = isListOf(isDoubt);
const isRedactions = isListOf(isRedaction);
const isMaybeReach = isOptional(isListOf(isOutOfReach));
const isLearnt = (value: unknown): value is Readonly<Record<Redaction, number>> =>
  isFields(value) && isCount(value['account']) && isCount(value['name']) && isCount(value['orderRef']);
const isBounds = (value: unknown): value is readonly [number, number] =>
  Array.isArray(value) && value.length === 2 && value.every(isCount);
const isMaybeBounds = isOptional(isBounds);
const isMaybeCount = isOptional(isCount);
const isMaybeText = isOptional(isText);
// The range of Date: beyond it an instant would turn into an invalid date.
const isInstant = (value: unknown): value is number => isCount(value) && value <= 8_640_000_000_000_000;
const isMaybeInstant = isOptional(isInstant);

/** The first value of a file. Unknown keys are passed over. */
export function parseHeader(value: unknown): CaptureHeader | Refusal {
  if (!isFields(value) || value['format'] !== FORMAT) return refuse('NOT_A_CAPTURE', 'the file does not start as a capture');
  const { version, serverVersion, serverVersionBounds, start, redactions, outOfReach, learnt, source } = value;
  if (!isCount(version) || version < 1) return refuse('CAPTURE_DAMAGED', 'header without a format version');
  if (version > FORMAT_VERSION) return refuse('CAPTURE_VERSION', `format version ${version}, newer than ${FORMAT_VERSION}`);
  if (!isMaybeCount(serverVersion)) return refuse('CAPTURE_DAMAGED', 'header: serverVersion is not a whole number');
  if (!isMaybeBounds(serverVersionBounds))
    return refuse('CAPTURE_DAMAGED', 'header: serverVersionBounds is not two whole numbers');
  if (!isMaybeInstant(start)) return refuse('CAPTURE_DAMAGED', 'header: start is not an instant');
  if (!isRedactions(redactions)) return refuse('CAPTURE_DAMAGED', 'header: redactions is not a list of known redactions');
  if (!isMaybeReach(outOfReach)) return refuse('CAPTURE_DAMAGED', 'header: outOfReach is not a list of known words');
  if (learnt !== undefined && !isLearnt(learnt))
    return refuse('CAPTURE_DAMAGED', 'header: learnt is not a count of each redaction');
  const from = source === undefined ? undefined : parseSource(source);
  if (source !== undefined && from === undefined) return refuse('CAPTURE_DAMAGED', 'header: source is incomplete');
  const instant = start === undefined ? undefined : new Date(start);
  return {
    serverVersion,
    serverVersionBounds,
    start: instant,
    redactions,
    ...(outOfReach === undefined ? {} : { outOfReach }),
    ...(learnt === undefined ? {} : { learnt }),
    source: from,
  };
}

function parseSource(value: unknown): CaptureSource | undefined {
  if (!isFields(value)) return undefined;
  const { kind, where, client, licence, provenance, notes } = value;
  if (!isText(kind) || !isText(where) || !isText(client) || !isText(licence)) return undefined;
  if (!isMaybeText(provenance) || !isTexts(notes)) return undefined;
  return { kind, where, client, licence, provenance, notes };
}

/** A later value of a file. `since` is the time of the record before. */
export function parseRecord(value: unknown, since: number): CaptureRecord | Refusal {
  if (!Array.isArray(value) || value.length !== 3) return refuse('CAPTURE_DAMAGED', 'record is not an array of three');
  const [micros, what, body]: readonly unknown[] = value;
  if (!isCount(micros)) return refuse('CAPTURE_DAMAGED', 'record time is not a whole number of microseconds');
  if (micros < since) return refuse('CAPTURE_DAMAGED', `record time ${micros} is before ${since}`);
  if (isDirection(what)) {
    if (!(body instanceof Uint8Array)) return refuse('CAPTURE_DAMAGED', `record ${what} does not hold bytes`);
    return { what: 'bytes', micros, direction: what, bytes: new Uint8Array(body) };
  }
  if (!isText(what) || !isFields(body)) return refuse('CAPTURE_DAMAGED', 'mark without a name or a map');
  return (
    parseMark(micros, what, body) ??
    refuse('CAPTURE_DAMAGED', `mark ${JSON.stringify(what.slice(0, 20))} is unknown or incomplete`)
  );
}

function parseMark(micros: number, what: string, body: Fields): CaptureRecord | undefined {
  const { serverVersion, direction, text, records, bytes, doubts } = body;
  switch (what) {
    case 'connected':
      return isMaybeCount(serverVersion) ? { what, micros, serverVersion } : undefined;
    case 'cut':
    case 'disconnected':
      return { what, micros };
    case 'eof':
      return isDirection(direction) ? { what, micros, direction } : undefined;
    case 'failed':
      return isDirection(direction) && isText(text) ? { what, micros, direction, text } : undefined;
    case 'dropped':
      return isCount(records) && isCount(bytes) ? { what, micros, records, bytes } : undefined;
    case 'about':
      if (!isDoubts(doubts) || !isMaybeCount(serverVersion) || !isMaybeText(text)) return undefined;
      return { what, micros, doubts, serverVersion, text };
    case 'note':
      return isText(text) ? { what, micros, text } : undefined;
    default:
      return undefined;
  }
}
