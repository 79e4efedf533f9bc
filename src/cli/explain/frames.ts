// Where the frames to explain come from: hexadecimal digits, a capture, or a file of frames.

import { existsSync, readFileSync } from 'node:fs';
import { framesOf } from '../../capture/frames.js';
import { loadCapture } from '../../capture/reader.js';
import { FrameError, IbwireError } from '../../protocol/errors.js';
import { FrameDecoder } from '../../protocol/frames.js';
import { MAX_VERSION, readHello } from '../../protocol/handshake.js';
import { type Explained, explainFrame } from '../../protocol/schema/explain.js';
import type { Direction } from '../../protocol/schema/message.js';

export interface ExplainSource {
  /** Server version of frames that do not say it; a capture's own versions go before. */
  readonly serverVersion: number | undefined;
  readonly direction: Direction | undefined;
}

/** One frame, or a remark between frames. */
export type ExplainItem =
  | { readonly what: 'frame'; readonly title: string; readonly explained: Explained }
  | { readonly what: 'remark'; readonly text: string };

/**
 * The frames of a file (`.ibcap`, binary, or hexadecimal digits) or of hexadecimal digits as they are.
 * @throws {IbwireError} with code `NOTHING_TO_EXPLAIN` when it is neither.
 */
export async function framesToExplain(source: string, options: ExplainSource): Promise<readonly ExplainItem[]> {
  if (!existsSync(source)) return ofStream(digits(source) ?? notReadable(source), options);
  if (source.endsWith('.ibcap')) return ofCapture(source, options);
  const bytes = readFileSync(source);
  return ofStream(digits(bytes.toString('latin1')) ?? bytes, options);
}

function notReadable(source: string): never {
  throw new IbwireError(
    'NOTHING_TO_EXPLAIN',
    `'${source.slice(0, 60)}' is neither a file, nor hexadecimal digits, nor a code of the gateway`,
  );
}

/** Hexadecimal digits with blanks, colons, commas or 0x between them; undefined when it is something else. */
function digits(text: string): Uint8Array | undefined {
  const bare = text.replaceAll(/0x|[\s:,]/gi, '');
  if (bare.length < 2 || bare.length % 2 !== 0 || !/^[0-9a-f]+$/i.test(bare)) return undefined;
  return Uint8Array.from({ length: bare.length / 2 }, (_, i) => Number.parseInt(bare.slice(2 * i, 2 * i + 2), 16));
}

async function ofCapture(path: string, options: ExplainSource): Promise<readonly ExplainItem[]> {
  const capture = await loadCapture(path);
  const items: ExplainItem[] = [];
  for (const item of framesOf(capture.header, capture.records)) {
    const at = `${(item.micros / 1e6).toFixed(6)} s`;
    if (item.what === 'broken') items.push({ what: 'remark', text: `${at} ${item.direction}: ${item.error.message}` });
    else if (item.what !== 'frame')
      items.push({ what: 'remark', text: `${at} ${item.what}${'text' in item ? `: ${item.text}` : ''}` });
    else if (item.part !== 'message')
      items.push({ what: 'remark', text: `${at} ${item.direction} ${item.part}: ${shown(item.payload)}` });
    else {
      const direction: Direction = item.direction === 'in' ? 'incoming' : 'outgoing';
      if (options.direction !== undefined && options.direction !== direction) continue;
      const known = item.serverVersion ?? options.serverVersion ?? capture.header.serverVersionBounds?.[0];
      const serverVersion = known ?? MAX_VERSION;
      const title = `${at} ${item.direction}${item.doubts.length > 0 ? ` (${item.doubts.join(', ')})` : ''}`;
      const explained = explainFrame(item.payload, 0, item.payload.length, { serverVersion, direction });
      items.push({ what: 'frame', title, explained });
    }
  }
  return items;
}

/** Frames with their lengths, the client's first bytes before them or not; what is no stream of frames is one payload. */
function ofStream(bytes: Uint8Array, options: ExplainSource): readonly ExplainItem[] {
  const direction = options.direction ?? 'incoming';
  const serverVersion = options.serverVersion ?? MAX_VERSION;
  const explained = (all: Uint8Array, start: number, end: number): Explained =>
    explainFrame(all, start, end, { serverVersion, direction });
  const items: ExplainItem[] = [];
  let at = 0;
  if (bytes[0] === 65 && bytes[1] === 80 && bytes[2] === 73 && bytes[3] === 0) {
    const hello = readHello(bytes);
    if (hello !== undefined) {
      items.push({ what: 'remark', text: `hello: ${shown(bytes.subarray(0, hello.length))}` });
      at = hello.length;
    }
  }
  const frames = new FrameDecoder();
  let offset = at;
  try {
    frames.push(bytes.subarray(at), (all, start, end) => {
      items.push({ what: 'frame', title: `offset ${offset}`, explained: explained(all, start, end) });
      offset += end - start + 4;
    });
  } catch (error) {
    if (!(error instanceof FrameError)) throw error;
    if (offset === at) return [...items, { what: 'frame', title: 'payload', explained: explained(bytes, at, bytes.length) }];
    items.push({ what: 'remark', text: error.message });
  }
  if (offset === at && at < bytes.length)
    items.push({ what: 'frame', title: 'payload', explained: explained(bytes, at, bytes.length) });
  else if (frames.pending > 0) items.push({ what: 'remark', text: `${frames.pending} bytes of a frame that is not complete` });
  return items;
}

function shown(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : byte === 0 ? '·' : '.')).join('');
}
