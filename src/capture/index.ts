export type { Keyed } from '../input/keyed.js';
export { OptionError } from '../input/option-error.js';
export { CaptureError, type CaptureProblem } from './capture-error.js';
export type { Part } from './connection-frames.js';
export { type CaptureDiff, type Difference, diffCaptures, type FieldDifference } from './diff/diff.js';
export type { Leaf as ComparedValue } from './diff/leaves.js';
export type { DiffMessage } from './diff/messages-of.js';
export { loadExcerpt } from './excerpt.js';
export {
  type CaptureBytes,
  type CaptureHeader,
  type CaptureMark,
  type CaptureRecord,
  type CaptureSource,
  type Direction,
  type Doubt,
  encodeHeader,
  encodeRecord,
  OUT_OF_REACH,
  type OutOfReach,
  type Redaction,
} from './format.js';
export {
  type BrokenStream,
  type CapturedFrame,
  type CapturedItem,
  FrameWalk,
  framesBetween,
  framesOf,
  type Stretch,
  type UnfinishedFrame,
} from './frames.js';
export { type CapturedMessage, MessageReader } from './messages.js';
export { CaptureParser } from './parser.js';
export { type Capture, type CaptureInput, loadCapture, type OpenCapture, openCapture } from './reader.js';
export { type Recorder, type RecorderOptions, startRecorder } from './recorder.js';
export { Learnt } from './redact/learnt.js';
export { Pseudonyms } from './redact/pseudonyms.js';
export { type RedactFileOptions, redactFile } from './redact/redact-file.js';
export { ALL_REDACTIONS, Redactor } from './redact/redactor.js';
export { chunkTap, type Tap, tap } from './tap.js';
export { CaptureWriter, type CaptureWriterOptions, createCapture, type NewHeader, type NewMark } from './writer.js';
