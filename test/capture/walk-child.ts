// Run as a process of its own: walks a stretch of a capture and prints how many frames it gave and how much was held at the last.
import { framesBetween } from '../../src/capture/frames.js';
import { openCapture } from '../../src/capture/reader.js';

const [, , path = '', from, to] = process.argv;
const { gc } = globalThis;
if (gc === undefined) throw new Error('run it with --expose-gc');
await using capture = await openCapture(path);
let frames = 0;
let held = 0;
for await (const item of framesBetween(capture, { from: Number(from), to: Number(to) })) {
  if (item.what !== 'frame') continue;
  frames++;
  if (frames % 500 !== 0) continue;
  // Buffers are given back behind the collector's back, a turn later.
  gc();
  await new Promise((resolve) => setImmediate(resolve));
  gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  held = Math.max(held, heapUsed + arrayBuffers);
}
console.log(JSON.stringify({ frames, held }));
