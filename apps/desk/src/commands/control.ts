// The owner's hands: stop all trading and release it, limits, tokens.

import * as z from 'zod';
import { iso } from '../clock.js';
import { Problem } from '../problem.js';
import { limitsSchema, type Settings } from '../settings.js';
import type { TokenInfo } from '../tokens.js';
import { command, NEEDS } from './command.js';
import { account, empty, instant } from './schemas.js';

export const stoppedOut = z
  .object({
    reason: z.string(),
    since: instant,
    by: z.string(),
    keepsWorking: z.boolean().optional().describe('What worked was not cancelled'),
  })
  .meta({ id: 'Stopped' });

const controlOut = z.object({
  stopped: stoppedOut.optional(),
  breaker: z.object({ rejections: z.int(), since: instant.optional() }),
});

const stop = command({
  name: 'control.stop',
  need: 'operate',
  title: 'STOP ALL TRADING',
  text: 'Nothing leaves any more, what works is cancelled. It stays so after a restart, until control.release.',
  input: z.strictObject({
    reason: z.string().min(1).max(300).default('stopped by hand'),
    keepsWorking: z.boolean().default(false).describe('Leaves what works alone: orders.cancelAll is a step of its own'),
  }),
  output: controlOut,
  async run({ reason, keepsWorking }, { desk, who }) {
    await desk.stop(reason, who.name, keepsWorking);
    return state(desk.settings);
  },
});

const release = command({
  name: 'control.release',
  need: 'operate',
  title: 'Release trading',
  text: 'Ends the stop and closes the circuit breaker.',
  input: empty,
  output: controlOut,
  async run(_, { desk, who }) {
    await desk.release(who.name);
    return state(desk.settings);
  },
});

function state({ stop: stopped, breaker }: Settings): z.input<typeof controlOut> {
  return {
    ...(stopped === undefined ? {} : { stopped }),
    breaker: { rejections: breaker.rejections, ...(breaker.since === undefined ? {} : { since: breaker.since }) },
  };
}

const limits = command({
  name: 'control.limits',
  need: 'read',
  title: 'Limits in force',
  text: 'What every order is held against, and where drafts are sent without a person.',
  input: empty,
  output: limitsSchema,
  run: async (_, { desk }) => desk.settings.limits,
});

const setLimits = command({
  name: 'control.setLimits',
  need: 'operate',
  title: 'Change limits',
  text: 'Changes what is named. Live trading that is switched on counts from the next connection; switched off it counts at once.',
  input: limitsSchema.partial(),
  output: limitsSchema,
  async run(changes, { desk, who }) {
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const next = await desk.settings.setLimits(given);
    await desk.drafts.log({ account: '' }, 'limits', { who: who.name, detail: given });
    return next;
  },
});

const tokenOut = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(NEEDS)),
  accounts: z.array(account).optional().describe('The only accounts that it may see and name; absent: all'),
  created: instant,
  revoked: instant.optional(),
});

function shownToken({ revoked, scopes, accounts, ...rest }: TokenInfo): z.input<typeof tokenOut> {
  return {
    ...rest,
    scopes: [...scopes],
    ...(accounts === undefined ? {} : { accounts: [...accounts] }),
    ...(revoked === undefined ? {} : { revoked }),
  };
}

const tokens = command({
  name: 'control.tokens',
  need: 'operate',
  title: 'Tokens',
  text: 'Every token with its name and scopes. The tokens themselves are not kept.',
  input: empty,
  output: z.array(tokenOut),
  run: async (_, { desk }) => desk.tokens.list().map(shownToken),
});

const createToken = command({
  name: 'control.createToken',
  need: 'operate',
  title: 'Make a token',
  text: 'A token for a program or a person. It is shown this once.',
  input: z.strictObject({
    name: z.string().min(1).max(60),
    scopes: z.array(z.enum(NEEDS)).min(1),
    accounts: z.array(account).min(1).max(100).optional().describe('Only these accounts; default all of the login'),
  }),
  output: z.object({ ...tokenOut.shape, token: z.string() }),
  async run({ name, scopes, accounts }, { desk, who }) {
    if (who.accounts !== undefined) throw new Problem(403, 'scope', 'Not allowed', 'a token of some accounts makes no tokens');
    const { token, ...made } = await desk.tokens.create(name, scopes, accounts);
    await desk.drafts.log({ account: '' }, 'token', {
      who: who.name,
      outcome: 'created',
      detail: { id: made.id, name, scopes: made.scopes, accounts },
    });
    return { ...shownToken(made), token };
  },
});

const revokeToken = command({
  name: 'control.revokeToken',
  need: 'operate',
  title: 'Revoke a token',
  text: 'From now on it opens nothing.',
  input: z.strictObject({ id: z.string().min(1).max(60) }),
  output: tokenOut,
  async run({ id }, { desk, who }) {
    const gone = await desk.tokens.revoke(id);
    await desk.drafts.log({ account: '' }, 'token', { who: who.name, outcome: 'revoked', detail: { id, at: iso(desk.timer) } });
    return shownToken(gone);
  },
});

export const controlCommands = [stop, release, limits, setLimits, tokens, createToken, revokeToken] as const;
