// Instruments: search, the one that is meant, details, hours, option chains.

import { type Ib, isOnGrid, snap } from 'ibwire';
import * as z from 'zod';
import type { Desk } from '../desk.js';
import { contractOf, qualified, shownContract } from '../session/contract.js';
import { command } from './command.js';
import { contractInput, contractOut, contractShape, decimal, instant, positive } from './schemas.js';

const search = command({
  name: 'contracts.search',
  need: 'read',
  title: 'Search instruments',
  text: 'Up to 16 instruments whose symbol or name begins so.',
  input: z.strictObject({ pattern: z.string().min(1).max(40) }),
  output: z.array(
    z.object({
      conId: z.int(),
      symbol: z.string(),
      secType: z.string(),
      primaryExchange: z.string(),
      currency: z.string(),
      name: z.object({ untrusted: z.string() }).optional(),
      derivatives: z.array(z.string()),
    }),
  ),
  async run({ pattern }, { desk, signal }) {
    const told = await desk.connection.need().ib.contracts.search(pattern, { signal, timeout: 10_000 });
    return (told.contractDescriptions ?? []).map(({ contract, derivativeSecTypes }) => ({
      conId: contract?.conId ?? 0,
      symbol: contract?.symbol ?? '',
      secType: contract?.secType ?? '',
      primaryExchange: contract?.primaryExchange ?? '',
      currency: contract?.currency ?? '',
      ...(contract?.description ? { name: { untrusted: contract.description } } : {}),
      derivatives: [...(derivativeSecTypes ?? [])],
    }));
  },
});

const qualify = command({
  name: 'contracts.qualify',
  need: 'read',
  title: 'The one instrument that is meant',
  text: 'Its conId and terms. Several that fit are a 422 that names the candidates.',
  input: contractInput,
  output: contractOut,
  run: async (asked, { desk, signal }) => shownContract(await qualified(desk.connection.need().ib, asked, signal)),
});

const details = command({
  name: 'contracts.details',
  need: 'read',
  title: 'Details of instruments',
  text: 'Everything that matches, with name, price step, order types and exchanges. At most 200.',
  input: contractInput,
  output: z.array(
    z.object({
      contract: contractOut,
      name: z.object({ untrusted: z.string() }).optional(),
      minTick: decimal.optional(),
      orderTypes: z.array(z.string()),
      exchanges: z.array(z.string()),
      timeZone: z.string().optional(),
    }),
  ),
  async run(asked, { desk, signal }) {
    const told = await desk.connection.need().ib.contracts.details(contractOf(asked), { signal, timeout: 15_000 });
    const words = (text: string | undefined): string[] => (text ?? '').split(',').filter((word) => word !== '');
    return told.slice(0, 200).flatMap(({ contract, contractDetails }) => {
      if (contract === undefined) return [];
      const { longName, minTick, orderTypes, validExchanges, timeZoneId } = contractDetails ?? {};
      return [
        {
          contract: shownContract(contract),
          ...(longName ? { name: { untrusted: longName } } : {}),
          ...(minTick === undefined ? {} : { minTick: String(minTick) }),
          orderTypes: words(orderTypes),
          exchanges: words(validExchanges),
          ...(timeZoneId ? { timeZone: timeZoneId } : {}),
        },
      ];
    });
  },
});

const steps = command({
  name: 'contracts.steps',
  need: 'read',
  title: 'Lot and price steps',
  text: 'The smallest size, the step of sizes, and the prices its venue accepts; for each of `prices` whether it is one, and the two nearest.',
  input: z.strictObject({ ...contractShape, prices: z.array(positive).max(8).optional() }),
  output: z.object({
    contract: contractOut,
    minSize: decimal.optional(),
    sizeIncrement: decimal.optional(),
    basis: z.enum(['rule', 'minTick']).describe('minTick: the rule of the venue is not known, and steps may be larger'),
    bands: z.array(z.object({ from: decimal, increment: decimal })),
    prices: z.array(z.object({ price: decimal, isOnGrid: z.boolean(), below: decimal, above: decimal })),
  }),
  async run({ prices = [], ...asked }, { desk, signal }) {
    const { ib } = desk.connection.need();
    const contract = await qualified(ib, asked, signal);
    const call = { signal, timeout: 10_000 };
    const [grid, [told]] = await Promise.all([ib.contracts.grid(contract, call), ib.contracts.details(contract, call)]);
    const { minSize, sizeIncrement } = told?.contractDetails ?? {};
    return {
      contract: shownContract(contract),
      ...(minSize === undefined ? {} : { minSize }),
      ...(sizeIncrement === undefined ? {} : { sizeIncrement }),
      basis: grid.basis,
      bands: grid.bands.map(({ lowEdge, increment }) => ({ from: lowEdge.toFixed(), increment: increment.toFixed() })),
      prices: prices.map((price) => ({
        ...{ price, isOnGrid: isOnGrid(price, grid) },
        ...{ below: snap(price, grid, 'down').toFixed(), above: snap(price, grid, 'up').toFixed() },
      })),
    };
  },
});

/** A gateway whose greeting shows another time than ours, as a simulated one may, is asked for its own. */
async function timeOf({ timer }: Desk, ib: Ib, signal: AbortSignal | undefined): Promise<number> {
  if (ib.health.hostOffset !== undefined) return timer.now();
  const told = await ib.terminal.time({ signal, timeout: 1_000 }).catch(() => undefined);
  return told?.getTime() ?? timer.now();
}

const hours = command({
  name: 'contracts.hours',
  need: 'read',
  title: 'Trading hours',
  text: 'Whether its market is open, and when it opens next. `unknown` outside the published week.',
  input: contractInput,
  output: z.object({
    contract: contractOut,
    at: instant.describe('The moment that `now` is said of: of a simulated gateway with a time of its own, its own'),
    now: z.enum(['open', 'closed', 'unknown']),
    nextOpen: instant.optional(),
    until: instant.optional().describe('When `now` changes, as far as it is published'),
    timeZone: z.string().optional().describe('IANA name of its zone, or UTC+01:00'),
  }),
  async run(asked, { desk, signal }) {
    const { ib } = desk.connection.need();
    const contract = await qualified(ib, asked, signal);
    const at = await timeOf(desk, ib, signal);
    const [now, next, published] = await Promise.all([
      ib.contracts.isOpen(contract, { at }),
      ib.contracts.nextOpen(contract, { at }),
      ib.contracts.hours(contract),
    ]);
    const session = published?.sessions.find(({ open, close }) => open <= at && at < close);
    const until = now === 'closed' ? next : now === 'open' && session !== undefined ? new Date(session.close) : undefined;
    const zone = ib.contracts.known.zoneOf(contract);
    return {
      contract: shownContract(contract),
      at: new Date(at).toISOString(),
      now,
      ...(next === undefined ? {} : { nextOpen: next.toISOString() }),
      ...(until === undefined ? {} : { until: until.toISOString() }),
      ...(zone === undefined ? {} : { timeZone: zone.name }),
    };
  },
});

const chain = command({
  name: 'contracts.chain',
  need: 'read',
  title: 'Option chain',
  text: 'Expiries and strikes of an underlying by exchange and trading class. With `expiry` the options that really exist.',
  input: z.strictObject({
    ...contractShape,
    expiry: z
      .string()
      .regex(/^\d{8}$/)
      .optional()
      .describe('yyyyMMdd: prove the options of this day'),
    side: z.enum(['C', 'P']).optional().describe('Only calls or puts'),
  }),
  output: z.object({
    underlying: contractOut,
    parameters: z.array(
      z.object({
        exchange: z.string(),
        tradingClass: z.string(),
        multiplier: z.string(),
        expiries: z.array(z.string()),
        strikes: z.array(decimal),
      }),
    ),
    options: z.array(contractOut).optional(),
  }),
  async run({ expiry, side, ...asked }, { desk, signal }) {
    const { ib } = desk.connection.need();
    const underlying = await qualified(ib, asked, signal);
    const call = { signal, timeout: 30_000 };
    const parameters = await ib.options.parameters(underlying, call);
    const proven =
      expiry === undefined
        ? undefined
        : await ib.options.chain(underlying, { ...call, expiries: [expiry], ...(side === undefined ? {} : { rights: [side] }) });
    return {
      underlying: shownContract(underlying),
      parameters: parameters.map(({ exchange, tradingClass, multiplier, expirations, strikes }) => ({
        exchange,
        tradingClass,
        multiplier,
        expiries: [...expirations],
        strikes: strikes.map(String),
      })),
      ...(proven === undefined ? {} : { options: proven.options.map(shownContract) }),
    };
  },
});

export const contractCommands = [search, qualify, details, steps, hours, chain] as const;
