export { CaptureError, type CaptureProblem } from './capture-error.js';
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
  type Redaction,
} from './format.js';
export { CaptureParser } from './parser.js';
export { type Capture, type CaptureInput, loadCapture, type OpenCapture, openCapture } from './reader.js';
export { type Recorder, type RecorderOptions, startRecorder } from './recorder.js';
export { type Tap, tap } from './tap.js';
export { CaptureWriter, type CaptureWriterOptions, createCapture, type NewMark } from './writer.js';
