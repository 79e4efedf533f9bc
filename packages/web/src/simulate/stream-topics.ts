// Topics of the simulated stream: what the world tells each of them, and how they end.

import type { Instrument, OrderSummary } from 'ibwire/gateway';
import { ASKED_FIELDS } from '../market/fields.js';
import { accountNumbers, accountPnl } from './account-numbers.js';
import type { Door } from './door.js';
import { instrumentOf, quoteFields } from './market.js';
import { executionRows, listedRow } from './order-lists.js';

/** A subscription of one socket. */
export interface Topic {
  /** Each half second: says what has changed. `ended`: it ended by itself. */
  refresh(): 'ended' | undefined;
  stop(): void;
}

type Send = (frame: object) => void;
type Row = Readonly<Record<string, unknown>>;

/** How often the numbers of an account are told. */
const SLOW = 10_000;

/** The topic that a subscription opens, which has said its first word; undefined: there is none such, and an error was sent. */
export function topicOf(door: Door, send: Send, verb: string, subject: string, asked: Row): Topic | undefined {
  switch (verb) {
    case 'smd': {
      const instrument = instrumentOf(door, subject);
      if (instrument === undefined) break;
      return begun(
        quotes(door, send, subject, instrument, Array.isArray(asked['fields']) ? asked['fields'].map(String) : ASKED_FIELDS),
      );
    }
    case 'sor':
      return begun(orders(door, send));
    case 'str':
      return begun(trades(door, send, asked['realtimeUpdatesOnly'] === true));
    case 'spl':
      return begun(changing(door, send, 'spl', 1_000, () => ({ args: accountPnl(door) })));
    case 'ssd':
      return begun(changing(door, send, `ssd+${subject}`, SLOW, () => ({ result: accountNumbers(door, subject).summary })));
    case 'sld':
      return begun(changing(door, send, `sld+${subject}`, SLOW, () => ({ result: accountNumbers(door, subject).ledger })));
  }
  send({ topic: 'error', error: `nothing to subscribe to: ${verb} ${subject}`.trim() });
  return undefined;
}

function begun(topic: Topic): Topic {
  topic.refresh();
  return topic;
}

/** Only what changed; ends by itself, without a word. */
function quotes(door: Door, send: Send, conid: string, instrument: Instrument, fields: readonly string[]): Topic {
  const stop = door.gateway.world.market.watch(instrument.conId);
  const until = door.now() + door.faults.quoteStreamEndsAfter;
  let told: Readonly<Record<string, string>> = {};
  return {
    stop,
    refresh() {
      if (door.now() >= until) return 'ended';
      const now = quoteFields(door, instrument, fields);
      const changed = Object.entries(now).filter(([id, value]) => told[id] !== value);
      told = now;
      const own = { server_id: 'q0', conidEx: conid, conid: instrument.conId, _updated: door.now() };
      if (changed.length > 0) send({ topic: `smd+${conid}`, ...own, ...Object.fromEntries(changed) });
      return undefined;
    },
  };
}

/** Not confirmed, and says first which order it is about, then what changed of it. */
function orders(door: Door, send: Send): Topic {
  const rowOf = (one: OrderSummary): Row => listedRow(door, one) as Row;
  const told = new Map(door.gateway.orders.map((one) => [one.permId, rowOf(one)] as const));
  const changed = (one: OrderSummary): readonly object[] => {
    const row = rowOf(one);
    const before = told.get(one.permId);
    told.set(one.permId, row);
    const identity = { acct: row['acct'], conidex: row['conidex'], conid: row['conid'], orderId: row['orderId'] };
    if (before === undefined) return [{ ...identity, isEventTrading: '0' }, row];
    const news = Object.entries(row).filter(([name, value]) => before[name] !== value);
    return news.length === 0 ? [] : [{ ...identity, ...Object.fromEntries(news) }];
  };
  return {
    stop() {},
    refresh() {
      if (door.faults.silentOrderStream) return undefined;
      const rows = door.gateway.orders.flatMap(changed);
      if (rows.length > 0) send({ topic: 'sor', args: rows });
      return undefined;
    },
  };
}

/** Replays the day unless told not to; the commission comes in a second frame of the same execution. */
function trades(door: Door, send: Send, isFromNow: boolean): Topic {
  const told = new Map<string, boolean>();
  let isQuiet = isFromNow;
  return {
    stop() {},
    refresh() {
      for (const row of executionRows(door)) {
        const id = String(row['execution_id']);
        const isWhole = row['commission'] !== undefined;
        const before = told.get(id);
        if (before === isWhole) continue;
        told.set(id, isWhole);
        const { commission: _, ...fill } = row;
        if (isQuiet) continue;
        if (before === undefined && isWhole) send({ topic: 'str', args: [fill] });
        send({ topic: 'str', args: [row] });
      }
      isQuiet = false;
      return undefined;
    },
  };
}

/** A picture at once, then so often what is new; the slow ones are blank when nothing is. */
function changing(door: Door, send: Send, name: string, every: number, read: () => object): Topic {
  let due = 0;
  let told = '';
  return {
    stop() {},
    refresh() {
      if (door.now() < due) return undefined;
      due = door.now() + every;
      const now = JSON.stringify(read());
      if (now !== told) send({ topic: name, ...(JSON.parse(now) as object) });
      else if (every >= SLOW) send({ topic: name, result: [] });
      told = now;
      return undefined;
    },
  };
}
