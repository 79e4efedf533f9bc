// A stretch of a capture as a capture of its own, so that it can be played.
import { insist } from '../input/option-error.js';
import { frame } from '../protocol/frames.js';
import type { CaptureRecord } from './format.js';
import { type CapturedItem, FrameWalk, type Stretch, stretchChecks } from './frames.js';
import { type Capture, type CaptureInput, openCapture } from './reader.js';

/**
 * The frames of a stretch in memory, one record each; before them stands the handshake of the connection that was open when it
 * began. What comes before is passed over one chunk at a time. Throws as {@link openCapture} does.
 */
export async function loadExcerpt(input: CaptureInput, stretch: Stretch): Promise<Capture> {
  insist(stretchChecks, '', stretch);
  const { from = 0, to = Number.POSITIVE_INFINITY } = stretch;
  await using capture = await openCapture(input);
  const { header } = capture;
  const walk = new FrameWalk(header);
  const records: CaptureRecord[] = [];
  for await (const record of capture.records) {
    if (record.micros > to) break;
    if (record.micros < from && record.what === 'connected') records.length = 0;
    for (const item of walk.push(record))
      if (record.micros >= from || isOpening(item)) records.push(...recordsOf(item, walk.serverVersion));
  }
  return { header, records };
}

function isOpening(item: CapturedItem): boolean {
  return item.what === 'connected' || (item.what === 'frame' && item.part !== 'message');
}

/** `known`: the version at which frames are read that do not say it themselves. */
function recordsOf(item: CapturedItem, known: number | undefined): readonly CaptureRecord[] {
  if (item.what === 'broken') return [];
  if (item.what !== 'frame') return [item];
  const { micros, direction, serverVersion, payload, doubts, text, part } = item;
  const bytes: CaptureRecord = { what: 'bytes', micros, direction, bytes: part === 'hello' ? payload : frame(payload) };
  const isPlain = doubts.length === 0 && text === undefined && serverVersion === known;
  return isPlain ? [bytes] : [{ what: 'about', micros, doubts, serverVersion, text }, bytes];
}
