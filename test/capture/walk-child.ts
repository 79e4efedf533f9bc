// Run as a process of its own: walks a stretch of a capture and prints how many frames it gave and how large the process was.
import { framesBetween } from '../../src/capture/frames.js';
import { openCapture } from '../../src/capture/reader.js';

const [, , path = '', from, to] = process.argv;
const started = performance.now();
await using capture = await openCapture(path);
let frames = 0;
let heap = 0;
for await (const item of framesBetween(capture, { from: Number(from), to: Number(to) })) {
  if (item.what === 'frame') frames++;
  if (frames % 1000 === 1) heap = Math.max(heap, process.memoryUsage().heapUsed);
}
const { external, arrayBuffers } = process.memoryUsage();
const ms = Math.round(performance.now() - started);
console.log(JSON.stringify({ frames, heap, external, arrayBuffers, maxRss: process.resourceUsage().maxRSS * 1024, ms }));
