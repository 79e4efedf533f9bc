// How long a frame of quotes takes from its text to the quote, against `JSON.parse` alone: `npx tsx packages/web/scripts/frame-bench.ts`.

import { createQuoteMaker } from '../src/market/quote.js';
import { readFrame } from '../src/streams/frame.js';

const frames = Array.from({ length: 1_000 }, (_, at) =>
  JSON.stringify({
    server_id: 'q0',
    conidEx: '265598',
    conid: 265598,
    _updated: 1_788_357_600_000 + at * 500,
    '6119': 'q0',
    '31': (180 + (at % 40) / 100).toFixed(2),
    '84': (180 + (at % 37) / 100).toFixed(2),
    '86': (180.02 + (at % 37) / 100).toFixed(2),
    '85': String(100 + (at % 9) * 100),
    '88': `1,${200 + (at % 9)}`,
    '7762': String(50_000_000 + at * 100),
    topic: 'smd+265598',
  }),
);

const once = (work: (text: string) => void): number => {
  const began = process.hrtime.bigint();
  for (let turn = 0; turn < 10; turn += 1) for (const text of frames) work(text);
  return Number(process.hrtime.bigint() - began) / 10_000;
};

const maker = createQuoteMaker();
let now = 0;
const whole = (text: string): void => {
  const frame = readFrame(text);
  now += 1;
  if (frame.topic === 'data') maker.take(frame.value, now);
};
const alone = (text: string): void => void JSON.parse(text);
// In turns, so that both meet the same machine; the best of each.
let [parse, decode] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
for (let round = 0; round < 60; round += 1) {
  parse = Math.min(parse, once(alone));
  decode = Math.min(decode, once(whole));
}
console.log(
  `JSON.parse ${parse.toFixed(0)} ns, frame to quote ${decode.toFixed(0)} ns a frame: ${(parse / decode).toFixed(2)} of the speed`,
);
