// A quote over HTTP costs little more than an answer without one.

import { expect, it } from 'vitest';
import { quoteAgainstEmpty } from '../bench/quote.js';

it('a validated GET of a quote runs at 0.6 or more of an empty validated route', async () => {
  const { empty, quote } = await quoteAgainstEmpty(10, 2_000);
  expect(empty / quote, `${empty.toFixed(1)} µs empty, ${quote.toFixed(1)} µs with a quote`).toBeGreaterThanOrEqual(0.6);
});
