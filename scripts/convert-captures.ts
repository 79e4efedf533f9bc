// Converts captured traffic kept as JSON into .ibcap fixtures: npx tsx scripts/convert-captures.ts [FROM] [TO]
// FROM holds files of the form its FORMAT.md describes. The same input gives the same bytes.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  type CaptureHeader,
  type CaptureRecord,
  type Direction,
  type Doubt,
  encodeHeader,
  encodeRecord,
} from '../src/capture/format.js';

interface Source {
  readonly kind: string;
  readonly where: string;
  readonly client: string;
  readonly license: string;
  readonly provenance?: string;
}

interface Message {
  readonly direction: Direction;
  readonly event?: 'handshake' | 'eof' | 'disconnect';
  readonly fields: readonly string[];
  readonly payloadBase64?: string;
  readonly rawFieldBase64?: string;
  readonly serverVersion?: number;
  readonly partial?: boolean;
  readonly ambiguous?: boolean;
  readonly reconstructed?: boolean;
  readonly decoded?: unknown;
  readonly time?: string;
  readonly note?: string;
}

interface SourceFile {
  readonly source: Source;
  readonly serverVersion: number | null;
  readonly serverVersionNote: string;
  readonly serverVersionBounds?: readonly [number, number];
  readonly messages: readonly Message[];
  readonly chunks?: readonly { readonly direction: Direction; readonly base64: string }[];
}

const FOUR_BYTE_IDS = 201;
const micros = 0; // the sources tell no times, or only those of single log lines

const [from = '../shared/captures', to = 'fixtures/captures'] = process.argv.slice(2);
mkdirSync(join(to, 'transcripts'), { recursive: true });
let total = 0;
const names = readdirSync(from).filter((name) => name.endsWith('.json'));
for (const name of names.sort()) {
  const text = readFileSync(join(from, name), 'utf8');
  const isTranscript = name.startsWith('transcripts-');
  const bytes = isTranscript ? convertTranscript(name, text) : convertFrames(JSON.parse(text));
  const target = isTranscript
    ? join('transcripts', `${name.slice('transcripts-'.length)}.gz`)
    : name.replace(/\.json$/, '.ibcap');
  writeFileSync(join(to, target), bytes);
  total += bytes.length;
}
console.log(`${names.length} files, ${total} bytes`);

/** Semantic steps have no bytes of the wire: they are kept as they are, and a step that does have bytes is not passed over. */
function convertTranscript(name: string, text: string): Buffer {
  const { steps }: { readonly steps: readonly { readonly step: string }[] } = JSON.parse(text);
  if (steps.some((step) => step.step === 'frame')) throw new Error(`${name} holds frames: they belong into a capture`);
  return gzipSync(text, { level: 9 });
}

function convertFrames(file: SourceFile): Buffer {
  const { kind, where, client, license, provenance } = file.source;
  const header: CaptureHeader = {
    serverVersion: file.serverVersion ?? undefined,
    serverVersionBounds: file.serverVersionBounds,
    start: undefined,
    redactions: ['account', 'name'],
    source: { kind, where, client, licence: license, provenance, notes: [file.serverVersionNote, 'no times'] },
  };
  const records = file.chunks === undefined ? messageRecords(file) : chunkRecords(file.chunks);
  return Buffer.concat([encodeHeader(header), ...records.map(encodeRecord)]);
}

/** Single reads, each on its own; the messages of such a file repeat what the reads hold. */
function chunkRecords(chunks: NonNullable<SourceFile['chunks']>): CaptureRecord[] {
  return chunks.flatMap(({ direction, base64 }): CaptureRecord[] => [
    { what: 'cut', micros },
    { what: 'bytes', micros, direction, bytes: Buffer.from(base64, 'base64') },
  ]);
}

function messageRecords(file: SourceFile): CaptureRecord[] {
  const records: CaptureRecord[] = [];
  let version = file.serverVersion ?? undefined;
  let greeting = false; // the client has spoken, the server's greeting is still to come
  for (const message of file.messages) {
    const { direction, event } = message;
    if (event === 'disconnect') records.push({ what: 'disconnected', micros });
    else if (event === 'eof') records.push({ what: 'eof', micros, direction });
    else if (event === 'handshake') {
      if (!greeting) records.push({ what: 'connected', micros, serverVersion: message.serverVersion ?? version });
      greeting = direction === 'out';
      if (direction === 'in') version = Number(message.fields[0]);
      records.push(...handshakeRecords(message));
    } else records.push(...frameRecords(message, version));
  }
  return records;
}

function handshakeRecords(message: Message): CaptureRecord[] {
  const { direction, fields } = message;
  if (direction === 'in') return [{ what: 'bytes', micros, direction, bytes: frame(texts(fields)) }];
  const range = fields[1] ?? '';
  if (message.partial) return [{ what: 'note', micros, text: 'the range of versions the client offered is not shown' }];
  return [{ what: 'bytes', micros, direction, bytes: Buffer.concat([texts(['API']), frame(Buffer.from(range, 'latin1'))]) }];
}

function frameRecords(message: Message, version: number | undefined): CaptureRecord[] {
  const own = message.serverVersion ?? version;
  const missing = missingId(message);
  const doubts: Doubt[] = [];
  if (message.partial && !missing?.isAll) doubts.push('partial');
  if (message.ambiguous) doubts.push('ambiguous');
  if (message.reconstructed || missing) doubts.push('reconstructed');
  const decoded = message.decoded === undefined ? undefined : `decoded by the client as ${JSON.stringify(message.decoded)}`;
  const time = message.time === undefined ? undefined : `logged at ${message.time}`;
  const text = [message.note, decoded, time].filter((part) => part !== undefined).join('; ');
  const bytes = frame(payload(missing ? { ...message, fields: [missing.id, ...message.fields] } : message, own));
  const record: CaptureRecord = { what: 'bytes', micros, direction: message.direction, bytes };
  const serverVersion = own === version ? undefined : own;
  if (doubts.length === 0 && text === '' && serverVersion === undefined) return [record];
  return [{ what: 'about', micros, doubts, serverVersion, text: text === '' ? undefined : text }, record];
}

/** Some sources show a message without its id; `isAll` when the source says that nothing else is missing. */
function missingId(message: Message): { readonly id: string; readonly isAll: boolean } | undefined {
  const told = /message id (\d+)\b.*?not (?:in the array|printed)/.exec(message.note ?? '')?.[1];
  if (told !== undefined) return { id: told, isAll: true };
  return message.direction === 'in' && message.fields[0] === '34' ? { id: '5', isAll: false } : undefined;
}

function payload(message: Message, version: number | undefined): Buffer {
  if (message.payloadBase64 !== undefined) return Buffer.from(message.payloadBase64, 'base64');
  const [id = '', ...fields] = message.fields;
  const rest = message.rawFieldBase64 === undefined ? texts(fields) : rawField(message.rawFieldBase64);
  if (version === undefined || version < FOUR_BYTE_IDS) return Buffer.concat([texts([id]), rest]);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(Number(id));
  return Buffer.concat([head, rest]);
}

function texts(fields: readonly string[]): Buffer {
  return Buffer.from(fields.map((field) => `${field}\0`).join(''), 'utf8');
}

function rawField(base64: string): Buffer {
  return Buffer.concat([Buffer.from(base64, 'base64'), Buffer.from([0])]);
}

function frame(body: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(body.length);
  return Buffer.concat([head, body]);
}
