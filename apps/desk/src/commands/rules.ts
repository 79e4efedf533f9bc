// What an order of an account is asked: rows of the rule book, and the owner's limits.

import { accountKindOf, type Row, ruleCodes } from 'ibwire/rules';
import * as z from 'zod';
import { limitsIn } from '../orders/limits.js';
import { ACCOUNT_KINDS, accountOf } from './accounts.js';
import { command } from './command.js';
import { account } from './schemas.js';

/** Occasions of every order: the worst case is computed for each. */
const EVERY: ReadonlySet<string> = new Set<Row['when'][number]>(['always', 'trouble']);

const rules = command({
  name: 'accounts.rules',
  need: 'read',
  title: 'What orders of an account are asked',
  text:
    'Each rule of the rule book that holds for the account, and each limit of the owner, with what it looks for. Accounts that may ' +
    'borrow are under the rules of the order alone.',
  input: z.strictObject({ account: account.optional().describe('May be left out where the login has one') }),
  output: z.object({
    account,
    kind: z.enum(ACCOUNT_KINDS).optional().describe('Whose rules they are; absent: those of the order alone'),
    rules: z.array(
      z.object({
        code: z.string(),
        about: z.string().describe('What it finds'),
        of: z.enum(['every', 'some']).describe('some: it has something to say of some kinds of order only'),
      }),
    ),
    limits: z.array(z.object({ codes: z.array(z.string()).describe('Of its findings'), about: z.string() })),
  }),
  async run(asked, { desk, who }) {
    const { ib, web } = desk.connection.need();
    const id = accountOf({ desk, who }, asked.account);
    const limits = limitsIn(desk.settings).map(({ codes, about }) => ({ codes: [...codes], about }));
    // The Web API has pictures of its own, which are not told.
    if (web !== undefined) return { account: id, rules: [], limits };
    const situation = ib.orders.situationOf(id);
    const kind = situation === undefined ? undefined : accountKindOf(situation.account).kind;
    const holds = ({ kinds, reads }: Row): boolean =>
      kind === undefined ? reads === 'order' : kinds === 'all' || kinds.split(', ').includes(kind);
    return {
      account: id,
      ...(kind === undefined ? {} : { kind }),
      rules: Object.entries<Row>(ruleCodes)
        .filter(([, row]) => holds(row))
        .map(([code, { about, when }]) => ({
          code,
          about,
          of: when.some((one) => EVERY.has(one)) ? ('every' as const) : ('some' as const),
        })),
      limits,
    };
  },
});

export const ruleCommands = [rules] as const;
