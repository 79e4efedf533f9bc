// Accounts of the login: which, what kind, their numbers, their profit and loss.

import type { AccountNumbers, Ledger } from 'ibwire';
import { type AccountKind, accountKindOf } from 'ibwire/rules';
import * as z from 'zod';
import { accountFor, accountsFor, checkAccount } from '../session/account.js';
import type { Connected } from '../session/connection.js';
import { type CallOf, command } from './command.js';
import { account, decimal, empty, instant, mode } from './schemas.js';

/** The account that was named, the caller's own, or the only one. */
export const accountOf = ({ desk, who }: Pick<CallOf, 'desk' | 'who'>, asked: string | undefined): string =>
  accountFor(desk.connection.need(), { asked, who, defaults: desk.defaults });

export const ACCOUNT_KINDS = [
  'ira-cash',
  'ira-margin',
  'cash',
  'reg-t',
  'portfolio-margin',
] as const satisfies readonly AccountKind[];

export type Owner = 'ira' | 'taxable' | 'unknown';

/** The gateway tells the owner of an account, not how it is financed. */
export function ownerOf(accountType: string | undefined): Owner {
  const { kind } = accountKindOf({ accountType });
  return kind === undefined ? 'unknown' : kind === 'ira-cash' || kind === 'ira-margin' ? 'ira' : 'taxable';
}

/** The kind as the rules name it: a taxable account borrows when its buying power shows it. */
export async function kindOf({ ib }: Connected, id: string, signal?: AbortSignal): Promise<AccountKind | undefined> {
  const linked = await ib.accounts.linked({ signal, timeout: 10_000 });
  const accountType = linked.find((one) => one.account === id)?.accountType;
  const { kind } = accountKindOf({ accountType });
  if (kind !== 'cash') return kind;
  const { totals } = await ib.accounts.numbers(id, { signal, timeout: 10_000 });
  const [power, funds] = [totals.get('BuyingPower')?.amount, totals.get('AvailableFunds')?.amount];
  return power !== undefined && funds !== undefined && power.gt(funds.times(1.5)) ? 'reg-t' : 'cash';
}

const list = command({
  name: 'accounts.list',
  need: 'read',
  title: 'Accounts of the login',
  text: 'Account ids, their kind where it is known, paper or live.',
  input: empty,
  output: z.array(
    z.object({
      account,
      mode,
      type: z.string().optional().describe("The gateway's word"),
      kind: z.enum(ACCOUNT_KINDS).optional().describe('As the account rules name it; absent: not known'),
      owner: z.enum(['ira', 'taxable', 'unknown']),
    }),
  ),
  async run(_, { desk, who, signal }) {
    const connected = desk.connection.need();
    const mine = accountsFor(connected, who);
    const linked = await connected.ib.accounts.linked({ signal, timeout: 10_000 });
    const shown = async ({ account: id, isPaper, accountType }: (typeof linked)[number]) => {
      const kind = await kindOf(connected, id, signal);
      return {
        account: id,
        mode: connected.mode === 'simulated' ? ('simulated' as const) : isPaper ? ('paper' as const) : ('live' as const),
        ...(accountType === undefined ? {} : { type: accountType }),
        ...(kind === undefined ? {} : { kind }),
        owner: ownerOf(accountType),
      };
    };
    return Promise.all(linked.filter((one) => mine.includes(one.account)).map(shown));
  },
});

const one = z.strictObject({ account: account.optional().describe('May be left out where the login has one') });
const valueOut = z.object({ value: z.string(), currency: z.string().optional() });

const shownValues = (ledger: Ledger): Record<string, z.input<typeof valueOut>> =>
  Object.fromEntries([...ledger].map(([tag, { value, currency }]) => [tag, { value, ...(currency === '' ? {} : { currency }) }]));

const asOf = ({ asOf: at }: AccountNumbers): { readonly asOf?: string } =>
  at === undefined ? {} : { asOf: new Date(at).toISOString() };

const summary = command({
  name: 'accounts.summary',
  need: 'read',
  title: 'Summary of an account',
  text: 'Net liquidation, cash, margin and buying power of one account, as the gateway names them.',
  input: one,
  output: z.object({ account, values: z.record(z.string(), valueOut), asOf: instant.optional() }),
  async run(asked, { desk, who, signal }) {
    const connected = desk.connection.need();
    const id = accountOf({ desk, who }, asked.account);
    const numbers = await connected.ib.accounts.numbers(id, { signal, timeout: 10_000 });
    return { account: id, values: shownValues(numbers.totals), ...asOf(numbers) };
  },
});

const values = command({
  name: 'accounts.values',
  need: 'read',
  title: 'Values per currency',
  text: 'The ledger of each currency of an account: cash, market values, profit and loss, exchange rate. Nothing is converted.',
  input: one,
  output: z.object({
    account,
    currencies: z.record(z.string(), z.record(z.string(), valueOut)),
    base: z.record(z.string(), valueOut),
    asOf: instant.optional(),
  }),
  async run(asked, { desk, who, signal }) {
    const connected = desk.connection.need();
    const id = accountOf({ desk, who }, asked.account);
    const numbers = await connected.ib.accounts.numbers(id, { signal, timeout: 10_000 });
    const currencies = Object.fromEntries([...numbers.ledgers].map(([currency, ledger]) => [currency, shownValues(ledger)]));
    return { account: id, currencies, base: shownValues(numbers.base), ...asOf(numbers) };
  },
});

const pnl = command({
  name: 'accounts.pnl',
  need: 'read',
  title: 'Profit and loss',
  text: 'Daily, unrealised and realised profit and loss of an account, in its base currency. Absent: not known, which is not 0.',
  input: one,
  output: z.object({
    account,
    daily: decimal.optional(),
    unrealized: decimal.optional(),
    realized: decimal.optional(),
    asOf: instant.optional(),
  }),
  async run(asked, { desk, who }) {
    const connected = desk.connection.need();
    const id = accountOf({ desk, who }, asked.account);
    const stream = connected.ib.accounts.pnl(id);
    try {
      await Promise.race([
        new Promise<void>((resolve) => {
          if (stream.latest !== undefined) resolve();
          stream.on(() => resolve());
        }),
        new Promise<void>((resolve) => void desk.timer.after(5_000, resolve)),
        stream.ended.then((cause) => {
          if (cause !== undefined) throw cause;
        }),
      ]);
      const told = stream.latest;
      if (told === undefined) return { account: id };
      const { dailyPnL, unrealizedPnL, realizedPnL, asOf: at } = told;
      return {
        account: id,
        ...(dailyPnL === undefined ? {} : { daily: dailyPnL.toFixed() }),
        ...(unrealizedPnL === undefined ? {} : { unrealized: unrealizedPnL.toFixed() }),
        ...(realizedPnL === undefined ? {} : { realized: realizedPnL.toFixed() }),
        asOf: new Date(at).toISOString(),
      };
    } finally {
      stream.close();
    }
  },
});

const use = command({
  name: 'accounts.use',
  need: 'read',
  changes: true,
  title: 'Choose an account',
  text: 'From now on this account is meant where this token names none, until the desk ends.',
  input: z.strictObject({ account }),
  output: z.object({ account, before: account.optional(), holdsFor: z.string() }),
  async run({ account: asked }, { desk, who }) {
    checkAccount(desk.connection.need(), who, asked);
    const before = desk.defaults.of(who);
    desk.defaults.set(who, asked);
    return { account: asked, ...(before === undefined ? {} : { before }), holdsFor: `${who.name}, until the desk ends` };
  },
});

export const accountCommands = [list, use, summary, values, pnl] as const;
