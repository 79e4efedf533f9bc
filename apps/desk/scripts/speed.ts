// The page with 1,000 instruments under 20,000 updates a second: `npm run -s dashboard:speed -- --minutes 10`.

import { parseArgs } from 'node:util';
import { screens } from '../test/web/browser.js';
import { measure } from '../test/web/speed.js';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    instruments: { type: 'string', default: '1000' },
    pace: { type: 'string', default: '1' },
  },
});
await using all = await screens();
const figures = await measure(all, {
  instruments: Number(values.instruments),
  seconds: Number(values.minutes) * 60,
  pace: Number(values.pace),
  onProgress: (text) => console.error(text),
});
console.log(JSON.stringify(figures, (_, value: unknown) => (typeof value === 'number' ? Math.round(value * 10) / 10 : value), 2));
