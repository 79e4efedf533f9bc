// What an order at the market would meet: the book, walked until the quantity is covered, or as far as it is told.

import Big from 'big.js';
import { type Book, IbwireError } from 'ibwire';
import * as z from 'zod';
import type { ContractAsked } from '../commands/schemas.js';
import { decimal } from '../commands/schemas.js';
import type { Desk } from '../desk.js';
import { qualified } from '../session/contract.js';

export const worstOut = z
  .object({
    worst: decimal.describe('Price of the last share'),
    average: decimal,
    covered: decimal.describe('How much of the quantity the book holds'),
    isWhole: z.boolean().describe('Whether the book holds all of it: if not, it may get worse than `worst`'),
    why: z.string().describe('Why there is no book, or only a part of it'),
  })
  .partial()
  .meta({ id: 'WorstPrice' });

type Asked = ContractAsked & {
  readonly action: 'BUY' | 'SELL';
  readonly totalQuantity: string;
};

/** How long a book may take to hold the quantity. */
const BOOK_MS = 5_000;
const ROWS = 20;

export async function worstPrice(
  desk: Desk,
  { action, totalQuantity, ...asked }: Asked,
  signal?: AbortSignal,
): Promise<z.input<typeof worstOut>> {
  const { ib } = desk.connection.need();
  const contract = await qualified(ib, asked, signal);
  const size = new Big(totalQuantity);
  const depth = ib.market.depth(contract, { rows: ROWS, isSmartDepth: contract.exchange === 'SMART' });
  const levels = (): Book['asks'] => (action === 'BUY' ? depth.view.asks : depth.view.bids);
  try {
    const cause = await Promise.race([
      new Promise<undefined>((resolve) => {
        const look = (): void => {
          if (walk(levels(), size).covered.gte(size)) resolve(undefined);
        };
        depth.on(look);
        look();
      }),
      new Promise<undefined>((resolve) => void desk.timer.after(BOOK_MS, () => resolve(undefined))),
      depth.ended,
    ]);
    const { covered, cost, worst } = walk(levels(), size);
    if (worst === undefined) return { why: cause instanceof IbwireError ? cause.message : 'the gateway tells no book of it' };
    const isWhole = covered.gte(size);
    return {
      ...{ worst: worst.toFixed(), average: cost.div(covered).round(6).toFixed(), covered: covered.toFixed(), isWhole },
      ...(isWhole ? {} : { why: `the book holds ${covered.toFixed()} of ${size.toFixed()}` }),
    };
  } finally {
    depth.close();
  }
}

function walk(levels: Book['asks'], size: Big): { readonly covered: Big; readonly cost: Big; readonly worst: Big | undefined } {
  let [covered, cost, worst] = [new Big(0), new Big(0), undefined as Big | undefined];
  for (const level of levels) {
    const left = size.minus(covered);
    if (left.lte(0)) break;
    const here = new Big(String(level.size));
    if (here.lte(0)) continue;
    const taken = here.gt(left) ? left : here;
    worst = new Big(String(level.price));
    covered = covered.plus(taken);
    cost = cost.plus(worst.times(taken));
  }
  return { covered, cost, worst };
}
