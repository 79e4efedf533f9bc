// What the bus needs of a desk: its session, its commands, its events; and how it leads and follows.

import type { BusCaller, DeskSide } from '@ibwire/bus';
import * as z from 'zod';
import type { Caller, Command, Need } from '../commands/command.js';
import { NEEDS } from '../commands/command.js';
import { commands } from '../commands/list.js';
import type { Desk } from '../desk.js';
import { problemOf } from '../http/problems.js';
import { shownDraft } from '../orders/record.js';
import { Problem } from '../problem.js';
import type { ConnectAsked } from '../session/connection.js';
import { takeDrafts } from './kept-drafts.js';

/** Whom a request stands for: its subject says it, and the server's permissions hold everybody to their own subjects. */
function callerOf({ who, need, account }: BusCaller, row: Command): Caller {
  // What is asked with a higher need than the command takes may do what that need allows: cancelling what has left.
  const scopes: ReadonlySet<Need> = new Set([row.need, need]);
  return { id: idOf(who), name: `bus ${who}`, scopes, accounts: new Set(account === undefined ? [] : [account]) };
}

const idOf = (who: string): string => `bus:${who}`;

function checkNeed({ name, need: takes }: Command, need: Need): void {
  if (NEEDS.indexOf(need) < NEEDS.indexOf(takes))
    throw new Problem(403, 'scope', 'Not allowed', `${name} takes ${takes}, and was asked for as ${need}`, {
      remedy: `Ask for it as ${takes}, where the server's permissions let you.`,
    });
}

function inputOf({ name, input }: Command, given: unknown): z.output<z.ZodObject> {
  const read = input.safeParse(given);
  if (read.success) return read.data;
  throw new Problem(400, 'input', 'The request cannot be read', `${name}: ${z.prettifyError(read.error)}`);
}

/** The account that an event is of; undefined: of all. */
function accountOf(data: unknown): string | undefined {
  const { draft, fill } = data as { readonly draft?: { readonly account: string }; readonly fill?: { readonly account: string } };
  return (draft ?? fill)?.account;
}

export interface SideParts {
  readonly desk: Desk;
  /** The gateway to connect with when this desk leads; undefined: it is connected otherwise. */
  readonly connect: ConnectAsked | undefined;
  trouble(text: string): void;
}

export function sideOf({ desk, connect, trouble }: SideParts): DeskSide {
  return {
    ib: () => desk.connection.need().ib,
    async run(name, input, caller) {
      const row = commands.find((one) => one.name === name) as Command | undefined;
      if (row === undefined) throw new Problem(404, 'not-found', 'Not found', `there is no command ${name}`);
      checkNeed(row, caller.need);
      return row.run(inputOf(row, input), { desk: desk, who: callerOf(caller, row), key: caller.key });
    },
    async byKey({ who, account, key }) {
      if (key === undefined) throw new Problem(400, 'key', 'No key', 'a key is asked about, and none was given');
      const draft = await desk.drafts.byKey(idOf(who), key);
      return draft === undefined || draft.account !== account ? undefined : shownDraft(draft);
    },
    told(error) {
      if (error instanceof TypeError) return { code: 'input', title: '', detail: error.message };
      const { slug, title, message, more } = problemOf(error);
      const { remedy, findings, extra } = more;
      const beside = { ...(findings === undefined ? {} : { findings }), ...extra };
      return { code: slug, title, detail: message, remedy, ...(Object.keys(beside).length === 0 ? {} : { more: beside }) };
    },
    onOrders(listener) {
      const { ring, connection } = desk;
      return ring.on(({ topic, data }) => {
        if (topic !== 'orders') return;
        const account = accountOf(data);
        for (const one of account === undefined ? (connection.current?.accounts ?? []) : [account]) listener(one, data);
      });
    },
    onSession: (listener) =>
      desk.ring.on(({ topic, data }) => {
        if (topic === 'session') listener(data);
      }),
    learn: (lines) => takeDrafts(desk.store, lines),
    async lead() {
      // Opening asks the gateway what became of every order that may live, before anybody may use the session.
      if (desk.connection.current === undefined && connect !== undefined) await desk.connection.open(connect);
    },
    follow: () => (connect === undefined ? Promise.resolve() : desk.disconnect('another desk leads')),
    trouble,
  };
}
