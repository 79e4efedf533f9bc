// Plans: the size of a position, a rebalancing. Both give drafts to look at; nothing is kept or sent by them.

import { type RebalanceError, rebalance, sizePosition } from 'ibwire/rules';
import * as z from 'zod';
import { draftInput } from '../orders/terms.js';
import { Problem } from '../problem.js';
import { asText } from '../session/shown-quote.js';
import { accountOf, kindOf } from './accounts.js';
import { command } from './command.js';
import { lineOf } from './quotes.js';
import { account, contractInput, decimal, positive } from './schemas.js';

const fraction = z
  .string()
  .regex(/^(0\.\d{1,8}|1|0)$/)
  .describe('0 to 1');

const size = command({
  name: 'plans.size',
  need: 'propose',
  title: 'Size a position',
  text: 'How many fit the risk, the money and the cap: at `stop` no more than the risk is lost. The answer holds a draft for orders.draft.',
  input: z.strictObject({
    account: account.optional(),
    contract: contractInput,
    side: z.enum(['long', 'short']).default('long'),
    entry: positive.optional().describe('Default: the ask for long, the bid for short'),
    stop: positive,
    riskFraction: fraction.default('0.01').describe('Part of net liquidation that may be lost'),
    maxQuantity: positive.optional(),
  }),
  output: z.object({
    quantity: decimal.optional(),
    binding: z.enum(['risk', 'cash', 'margin', 'maxQuantity']).optional(),
    refused: z.string().optional(),
    entry: decimal,
    draft: draftInput.optional(),
  }),
  async run(asked, { desk, who, signal }) {
    const connected = desk.connection.need();
    const id = accountOf({ desk, who }, asked.account);
    const kind = await kindOf(connected, id, signal);
    if (kind === undefined)
      throw new Problem(403, 'kind', 'Kind of account unknown', 'the gateway does not tell what kind of account this is');
    const { totals, ledgers } = await connected.ib.accounts.numbers(id, { signal, timeout: 10_000 });
    const line = await lineOf(desk, asked.contract, signal);
    const quoted = asked.side === 'long' ? line.quote.ask?.value : line.quote.bid?.value;
    const entry = asked.entry ?? (quoted === undefined ? undefined : asText(quoted));
    if (entry === undefined)
      throw new Problem(409, 'price', 'No price', 'there is no price at present', { remedy: 'Name an entry price.' });
    const cash = ledgers.get(line.contract.currency ?? '')?.get('CashBalance')?.amount;
    const money = (tag: string): string | undefined => totals.get(tag)?.amount?.toFixed();
    const multiplier = line.contract.multiplier;
    const limit = desk.settings.limits.maxQuantity;
    const result = sizePosition({
      kind,
      side: asked.side,
      equity: money('NetLiquidation'),
      entry,
      stop: asked.stop,
      riskFraction: asked.riskFraction,
      cash: cash?.toFixed(),
      availableFunds: money('AvailableFunds'),
      maxQuantity: asked.maxQuantity === undefined || Number(asked.maxQuantity) > Number(limit) ? limit : asked.maxQuantity,
      ...(multiplier ? { multiplier } : {}),
      feeReserve: '2',
    } as Parameters<typeof sizePosition>[0]);
    const { quantity, binding, error } = result;
    const isOrder = quantity !== undefined && error === undefined;
    return {
      ...(quantity === undefined ? {} : { quantity }),
      ...(binding === undefined ? {} : { binding }),
      ...(error === undefined ? {} : { refused: error }),
      entry,
      ...(isOrder
        ? {
            draft: {
              account: id,
              contract: { conId: line.contract.conId, ...(line.contract.exchange ? { exchange: line.contract.exchange } : {}) },
              order: {
                action: asked.side === 'long' ? ('BUY' as const) : ('SELL' as const),
                orderType: 'LMT' as const,
                totalQuantity: quantity,
                lmtPrice: entry,
              },
            },
          }
        : {}),
    };
  },
});

const WHY: Readonly<Record<RebalanceError, string>> = {
  'REBAL-NEGATIVE-TARGET': 'a target is below 0',
  'REBAL-TARGETS-SUM': 'the targets are more than the whole',
  'REBAL-MISSING-PRICE': 'a price is missing',
  'REBAL-BAD-INPUT': 'a number cannot be used',
};

const balance = command({
  name: 'plans.rebalance',
  need: 'propose',
  title: 'Rebalance an account',
  text: 'Orders that bring US stocks of an account to their target weights, sales first. Holdings without a target are not touched.',
  input: z.strictObject({
    account: account.optional(),
    targets: z.record(z.string().min(1).max(40), fraction).describe('Weight by symbol, of net liquidation'),
    minTradeValue: positive.optional(),
  }),
  output: z.object({
    drafts: z.array(z.object({ after: z.enum(['now', 'sells', 'settlement']), draft: draftInput })),
  }),
  async run(asked, { desk, who, signal }) {
    const connected = desk.connection.need();
    const id = accountOf({ desk, who }, asked.account);
    const kind = await kindOf(connected, id, signal);
    if (kind === undefined)
      throw new Problem(403, 'kind', 'Kind of account unknown', 'the gateway does not tell what kind of account this is');
    const names = Object.keys(asked.targets);
    if (names.length > 50) throw new Problem(400, 'input', 'Too many targets', 'at most 50 targets');
    const lines = await Promise.all(names.map((symbol) => lineOf(desk, { symbol }, signal)));
    const prices = Object.fromEntries(
      lines.flatMap(({ quote }, at) => {
        const value = quote.last?.value ?? quote.ask?.value;
        return value === undefined ? [] : [[names[at] ?? '', asText(value)]];
      }),
    );
    const { totals, ledgers } = await connected.ib.accounts.numbers(id, { signal, timeout: 10_000 });
    const held = await connected.ib.accounts.positions({ account: id, signal, timeout: 10_000 });
    const quantity = (at: number): string =>
      held.find(({ contract }) => contract.conId === lines[at]?.contract.conId)?.position.toFixed() ?? '0';
    const plan = rebalance({
      accounts: [
        {
          account: id,
          kind,
          netAssetValue: totals.get('NetLiquidation')?.amount?.toFixed() ?? '0',
          spendableCash: ledgers.get('USD')?.get('CashBalance')?.amount?.toFixed() ?? '0',
          positions: Object.fromEntries(names.map((name, at) => [name, quantity(at)])),
          targets: asked.targets,
        },
      ],
      prices,
      minTradeValue: asked.minTradeValue,
      feeReserve: '2',
    } as Parameters<typeof rebalance>[0]);
    if ('error' in plan) throw new Problem(422, 'plan', 'No plan', `${WHY[plan.error]}: ${plan.what}`);
    const draftOf = (action: 'BUY' | 'SELL', symbol: string, count: string): z.input<typeof draftInput> => {
      const line = lines[names.indexOf(symbol)];
      const price = action === 'BUY' ? line?.quote.ask?.value : line?.quote.bid?.value;
      return {
        account: id,
        contract: { conId: line?.contract.conId ?? 0, exchange: 'SMART' },
        order: {
          action,
          totalQuantity: count,
          ...(price === undefined ? { orderType: 'MKT' } : { orderType: 'LMT', lmtPrice: asText(price) }),
        },
      };
    };
    return {
      drafts: [
        ...plan.sells.map(({ action, symbol, quantity: count }) => ({
          after: 'now' as const,
          draft: draftOf(action, symbol, count),
        })),
        ...plan.buys.map(({ action, symbol, quantity: count, after }) => ({ after, draft: draftOf(action, symbol, count) })),
      ],
    };
  },
});

export const planCommands = [size, balance] as const;
