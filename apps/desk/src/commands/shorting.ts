// Short selling: shares to borrow, what they cost, the margin, and all of it together. Refused, with the reason, where an account may not.

import { marginReport, shortSaleReport } from 'ibwire/rules';
import * as z from 'zod';
import { termsOf } from '../orders/terms.js';
import { Problem } from '../problem.js';
import { qualified, shownContract } from '../session/contract.js';
import { asText } from '../session/shown-quote.js';
import { accountOf, kindOf } from './accounts.js';
import { type CallOf, command } from './command.js';
import { lineOf } from './quotes.js';
import { account, contractOut, contractShape, decimal, positive } from './schemas.js';

const forAccount = { account: account.optional().describe('May be left out where the login has one') };
const input = z.strictObject({ ...contractShape, ...forAccount, quantity: positive.default('100') });
type Asked = z.output<typeof input>;

/** These are for personal and business margin accounts. @throws {Problem} 403 with the reason for others. */
async function permitted(
  asked: { readonly account?: string | undefined },
  { desk, who, signal }: CallOf,
): Promise<{ readonly id: string; readonly kind: string }> {
  const connected = desk.connection.need();
  const id = accountOf({ desk, who }, asked.account);
  const kind = await kindOf(connected, id, signal);
  if (kind === 'ira-cash' || kind === 'ira-margin')
    throw new Problem(
      403,
      'ira',
      'Not for an IRA',
      'an IRA never holds a short position: nothing may be borrowed (IRC 408(e), 4975)',
      {
        remedy: 'Name a personal or business margin account.',
      },
    );
  if (kind === undefined)
    throw new Problem(403, 'kind', 'Kind of account unknown', 'the gateway does not tell what kind of account this is');
  return { id, kind };
}

async function shares(
  asked: Asked,
  call: CallOf,
): Promise<{ readonly contract: z.input<typeof contractOut>; readonly tick?: string; readonly shares?: string }> {
  const { quantity: _, account: __, ...named } = asked;
  const line = await lineOf(call.desk, named, call.signal);
  const told = (): boolean => line.quote.shortableShares !== undefined;
  if (!told()) {
    let leave = (): void => {};
    await new Promise<void>((resolve) => {
      const off = line.on(() => told() && resolve());
      const stop = call.desk.timer.after(3_000, resolve);
      leave = () => {
        off();
        stop();
      };
    });
    leave();
  }
  const { shortable, shortableShares } = line.quote;
  return {
    contract: shownContract(line.contract),
    ...(shortable?.value === undefined ? {} : { tick: asText(shortable.value) }),
    ...(shortableShares?.value === undefined ? {} : { shares: asText(shortableShares.value) }),
  };
}

async function borrowRate(asked: Asked, { desk, signal }: CallOf): Promise<{ readonly rate?: string; readonly asOf?: string }> {
  const { ib } = desk.connection.need();
  const { quantity: _, account: __, ...named } = asked;
  const contract = await qualified(ib, named, signal);
  const bars = await ib.history.bars(contract, { duration: '1 W', size: '1 day', show: 'FEE_RATE', signal, timeout: 20_000 });
  const last = bars.at(-1);
  return last === undefined ? {} : { rate: asText(last.close), asOf: last.time.toISOString() };
}

async function margin(asked: Asked, id: string, { desk, signal }: CallOf): Promise<z.input<typeof marginOut>> {
  const connected = desk.connection.need();
  const { quantity, account: _, ...named } = asked;
  const line = await lineOf(desk, named, signal);
  const { contract, quote } = line;
  const sell = termsOf({ action: 'SELL', orderType: 'MKT', totalQuantity: quantity }, id, 'desk:margin');
  const answer = await connected.ib.orders.preview(contract, sell, { signal, timeout: 10_000 });
  const price = quote.last?.value ?? quote.bid?.value;
  const [init, maint] = [answer.initMargin.change?.toFixed(), answer.maintMargin.change?.toFixed()];
  const [report] = marginReport([
    {
      symbol: contract.symbol ?? '',
      quantity: quantity as never,
      price: (price === undefined ? '' : asText(price)) as never,
      ...(contract.multiplier ? { multiplier: contract.multiplier as never } : {}),
      answer: { initMarginChange: init, maintMarginChange: maint } as never,
    },
  ]);
  return {
    contract: shownContract(contract),
    quantity,
    ...(init === undefined ? {} : { initial: init }),
    ...(maint === undefined ? {} : { maintenance: maint }),
    ...(answer.marginCurrency === undefined ? {} : { currency: answer.marginCurrency }),
    ...(report?.initRate === undefined ? {} : { initialRate: report.initRate }),
    ...(report?.maintRate === undefined ? {} : { maintenanceRate: report.maintRate }),
    againstRegT: report?.againstRegT ?? 'unknown',
  };
}

const marginOut = z.object({
  contract: contractOut,
  quantity: positive,
  initial: decimal.optional(),
  maintenance: decimal.optional(),
  currency: z.string().optional(),
  initialRate: decimal.optional().describe('Margin over value'),
  maintenanceRate: decimal.optional(),
  againstRegT: z.enum(['above', 'equal', 'below', 'unknown']),
});
const sharesOut = z.object({
  contract: contractOut,
  tick: decimal.optional().describe('Above 2.5: at least 1000 shares; above 1.5: to be located; below: none'),
  shares: decimal.optional(),
});
const rateOut = z.object({
  contract: contractOut,
  rate: decimal.optional().describe('Percent a year'),
  asOf: z.string().optional(),
});

const shortable = command({
  name: 'shorting.shares',
  need: 'read',
  title: 'Shares to borrow',
  text: 'Whether and how many shares can be borrowed. Refused for IRAs.',
  input,
  output: sharesOut,
  async run(asked, call) {
    await permitted(asked, call);
    return shares(asked, call);
  },
});

const rates = command({
  name: 'shorting.rate',
  need: 'read',
  title: 'Borrow rate',
  text: 'The newest fee for borrowing, in percent a year. Refused for IRAs.',
  input,
  output: rateOut,
  async run(asked, call) {
    await permitted(asked, call);
    const { quantity: _, account: __, ...named } = asked;
    const contract = await qualified(call.desk.connection.need().ib, named, call.signal);
    return { contract: shownContract(contract), ...(await borrowRate(asked, call)) };
  },
});

const requirements = command({
  name: 'shorting.margin',
  need: 'read',
  title: 'Margin of a short sale',
  text: 'What selling this many would do to margin, asked of the broker as a what-if. Refused for IRAs.',
  input,
  output: marginOut,
  async run(asked, call) {
    const { id } = await permitted(asked, call);
    return margin(asked, id, call);
  },
});

const analysis = command({
  name: 'shorting.analysis',
  need: 'read',
  title: 'Short sale in one view',
  text: 'Shares, rate, margin, and what they come to for this account. Refused for IRAs.',
  input,
  output: z.object({
    status: z.enum(['available', 'locate', 'unavailable', 'unknown', 'refused']),
    reason: z.string(),
    shares: sharesOut,
    rate: decimal.optional(),
    margin: marginOut.optional(),
    yearlyCost: decimal.optional().describe('Of borrowing this many at the last price, in the currency of the instrument'),
    missing: z.array(z.string()),
  }),
  async run(asked, call) {
    const { id, kind } = await permitted(asked, call);
    const missing: string[] = [];
    const numbers = await call.desk.connection.need().ib.accounts.numbers(id, { signal: call.signal, timeout: 10_000 });
    const borrowed = await shares(asked, call);
    const fee = await borrowRate(asked, call).catch(() => ({}) as { readonly rate?: string });
    if (fee.rate === undefined) missing.push('borrow rate');
    const told = await margin(asked, id, call).catch(() => undefined);
    if (told === undefined) missing.push('margin');
    const [line] = shortSaleReport(
      {
        account: id,
        baseCurrency: 'USD',
        configuredKind: kind,
        netLiquidation: numbers.totals.get('NetLiquidation')?.value,
      } as never,
      [
        {
          symbol: borrowed.contract.symbol,
          quantity: asked.quantity,
          shortableTick: borrowed.tick,
          shortableShares: borrowed.shares,
          feeRate: fee.rate,
        } as never,
      ],
    );
    const { conId } = borrowed.contract;
    const price = call.desk.connection.lines.known(conId)?.quote.last?.value;
    const cost =
      price === undefined || fee.rate === undefined ? undefined : (Number(asked.quantity) * price * Number(fee.rate)) / 100;
    return {
      status: line?.status ?? 'unknown',
      reason: line?.reason ?? '',
      shares: borrowed,
      ...(fee.rate === undefined ? {} : { rate: fee.rate }),
      ...(told === undefined ? {} : { margin: told }),
      ...(cost === undefined ? {} : { yearlyCost: cost.toFixed(2) }),
      missing,
    };
  },
});

export const shortingCommands = [shortable, rates, requirements, analysis] as const;
