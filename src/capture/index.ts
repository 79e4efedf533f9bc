export { CaptureError, type CaptureProblem } from './capture-error.js';
export type { Part } from './connection-frames.js';
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
export { type BrokenStream, type CapturedFrame, type CapturedItem, FrameWalk, framesOf } from './frames.js';
export { CaptureParser } from './parser.js';
export { type Capture, type CaptureInput, loadCapture, type OpenCapture, openCapture } from './reader.js';
export { type Recorder, type RecorderOptions, startRecorder } from './recorder.js';
export { Learnt } from './redact/learnt.js';
export { Pseudonyms } from './redact/pseudonyms.js';
export { type RedactFileOptions, redactFile } from './redact/redact-file.js';
export { ALL_REDACTIONS, Redactor } from './redact/redactor.js';
export { chunkTap, type Tap, tap } from './tap.js';
export { CaptureWriter, type CaptureWriterOptions, createCapture, type NewHeader, type NewMark } from './writer.js';
