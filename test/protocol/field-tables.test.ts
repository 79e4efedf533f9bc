// Every table beside the JSON field tables, row by row at every version: names, types, order, gates, numbers, ids.

import { describe, expect, it } from 'vitest';
import { MAX_VERSION } from '../../src/protocol/handshake.js';
import { incomingKinds, outgoingKinds } from '../../src/protocol/registry.js';
import type { Direction, MessageTable } from '../../src/protocol/schema/message.js';
import { messageVersionAt } from '../../src/protocol/schema/plan.js';
import type { Rows } from '../../src/protocol/schema/rows.js';
import { V } from '../../src/protocol/versions.js';
import { type JsonField, type Layout, layoutOfJson, layoutOfTable, type Rename } from './field-layout.js';
import { fieldTable } from './field-table-files.js';
import { type ProtoMessages, protoFieldsOfJson, protoFieldsOfTable } from './proto-layout.js';

// Names of the text tables that the official API (or the protobuf field of the same thing) spells otherwise; the official name is ours.
const NAMES: readonly (readonly [json: RegExp, ours: string])[] = [
  [/^(?:order|contractDetails|execution|subscription|filter|orderCancel|wshEventData)\./, ''], // both sides: what the message is about
  [/^order\.?[cC]omboLegs(?:\.(?:price|legPrice))?$/, 'contract.comboLegs.perLegPrice'], // protobuf keeps the price in its leg
  [/^orderComboLegCount$|^orderComboLegsCount$/, 'orderComboLegs'],
  [/comboLegs\.leg([A-Z])/, 'comboLegs.$1'],
  [/^deltaNeutralContract(?:Present$|(?=[A-Z]))/, 'contract.deltaNeutralContract.'],
  [/^conditions?Count$/, 'conditions'],
  [/^conditions\.conjunction$/, 'conditions.isConjunctionConnection'],
  [/^fundSubsequentMinimumPurchase$/, 'fundMinimumSubsequentPurchase'],
  [/^ineligibilityReasons/, 'ineligibilityReasonList'],
  [/^liquidation$/, 'isLiquidation'],
  [/^pendingPriceRevision$/, 'isPriceRevisionPending'],
  [/^maturity$/, 'contract.lastTradeDateOrContractMonth'], // the object of bonds has no other place for it
  [/^putable$/, 'puttable'],
  [/^notes$/, 'bondNotes'],
  [/^commission$/, 'commissionAndFees'],
  [/^(?:softDollarTier)(Name|Value|DisplayName)$/, 'softDollarTier.$1'],
  [/((?:^|\.)(?:expirations|strikes|specificDates|derivativeSecTypes|comboLegs\.perLegPrice))(?:\.\w+)$/, '$1'], // plain values have no name
];

// Types read by the same rule from the same bytes, where the JSON table states the one and our codec has the name of the other.
const TYPES: { readonly [direction in Direction]: { readonly [json: string]: string } } = {
  // An empty field and the largest double are "not set" for every number of the server: a plain double needs no second codec.
  incoming: { doubleMax: 'double', doubleLiteralMax: 'double', intLiteralMax: 'intMax' },
  outgoing: { boolMax: 'boolThreeState' },
};

// Types of single fields that differ on purpose.
const FIELD_TYPES: readonly (readonly [field: string, json: string, ours: string])[] = [
  ['volatilityType', 'int', 'intMax'], // comes empty or as 2147483647 when there is none; the request's type
  ['referencePriceType', 'int', 'intMax'],
  ['refFuturesConId', 'int', 'intMax'], // unset when 2147483647
  ['parentPermId', 'long', 'longMax'], // unset when 9223372036854775807
  ['yieldRedemptionDate', 'int', 'string'], // a date, a text in protobuf, empty when there is none
];

interface JsonMessage {
  readonly id: number;
  readonly name: string;
  readonly sinceServerVersion?: number;
  readonly minServerVersion?: number | null;
  readonly textUntilServerVersion: number | null;
  readonly textForm?: boolean;
  readonly clientMethod?: string;
  readonly fields: readonly JsonField[];
}

interface Routed {
  readonly id: number;
  readonly protobufMessage: string;
  readonly sinceServerVersion: number;
  readonly method?: string;
}

const texts = {
  incoming: fieldTable('incoming-text') as { messages: readonly JsonMessage[] },
  outgoing: fieldTable('outgoing-text') as { messages: readonly JsonMessage[] },
};
const messages = fieldTable('protobuf-messages') as { messages: ProtoMessages; removedMessages: ProtoMessages };
const all: ProtoMessages = { ...messages.messages, ...messages.removedMessages };
type Routing = {
  readonly incoming: readonly Routed[];
  readonly outgoing: readonly Routed[];
  readonly removed: Omit<Routing, 'removed'>;
};
const routing = fieldTable('protobuf-routing') as Routing;
// Sent empty at any version (`fieldGates`); what stands in it has its gates.
const UNGATED = '4 attachedOrders: AttachedOrders';
const kinds: { readonly [direction in Direction]: readonly MessageTable[] } = {
  incoming: incomingKinds,
  outgoing: outgoingKinds,
};
const directions: readonly Direction[] = ['incoming', 'outgoing'];

/** JSON name to ours; the record that a message is about is left out on both sides. */
function renameFor(table: MessageTable): Rename {
  const contract = table.rows['contract'];
  return (name) => {
    let ours = NAMES.reduce((at, [json, to]) => at.replace(json, to), name).replace(/\.$/, '');
    ours = ours.replace(/\.([A-Z])(?=[a-z])/g, (_, letter: string) => `.${letter.toLowerCase()}`);
    const isBare = contract?.row === 'record' && table.rows[ours] === undefined && contract.record.rows[ours] !== undefined;
    return isBare ? `contract.${ours}` : ours;
  };
}

function typed(lines: Layout, direction: Direction): Layout {
  return lines.map((line) => {
    const same = FIELD_TYPES.find(([field, json]) => line.trimStart() === `${field}: ${json}`);
    return (same === undefined ? line : line.replace(/\w+$/, same[2])).replace(
      /: (\w+)$/,
      (_, type: string) => `: ${TYPES[direction][type] ?? type}`,
    );
  });
}

/** Fails with the lines that differ, ours first. */
function expectSame(ours: Layout, theirs: Layout, where: string): void {
  const count = Math.max(ours.length, theirs.length);
  const lines = Array.from({ length: count }, (_, i) => (ours[i] === theirs[i] ? '' : `${ours[i]} <> ${theirs[i]}`)).filter(
    Boolean,
  );
  if (lines.length > 0) expect.fail(`${where}: ${lines.slice(0, 8).join('; ')}`);
}

/** Layouts at a version, ours and the JSON's, with the version constant left out where the JSON has none. */
function compare(
  direction: Direction,
  json: JsonMessage,
  table: MessageTable,
  server: number,
  message: number,
): [Layout, Layout] {
  const rename = renameFor(table);
  const version = { server, message };
  const theirs = typed(layoutOfJson(json.fields, version, rename), direction);
  let ours = typed(layoutOfTable(table, version, rename), direction);
  if (theirs[0] === 'version') ours = ours.map((line, i) => (i === 0 ? line.replace(/^version \d+$/, 'version') : line));
  return [ours, theirs];
}

describe.each(directions)('%s text', (direction) => {
  const cases = texts[direction].messages.map((json): [string, JsonMessage] => [json.name, json]);

  it.each(cases)('%s has the fields of the field table at every server version', (_, json) => {
    const table = kinds[direction].find((kind) => kind.id === json.id);
    expect(table).toBeDefined();
    if (table === undefined) return;
    if (json.textForm === false) {
      expect(table.hasText).toBe(false);
      return;
    }
    const first = Math.max(100, table.since ?? 100);
    for (let server = first; server <= (json.textUntilServerVersion ?? MAX_VERSION); server++) {
      const usual = messageVersionAt(table, server);
      for (let message = Number.isFinite(usual) ? 1 : usual; message <= usual; message++) {
        const [ours, theirs] = compare(direction, json, table, server, message);
        expectSame(ours, theirs, `${table.kind} at server version ${server}, message version ${message}`);
        if (message === Infinity) break;
      }
    }
  });

  it.each(cases)('%s exists and speaks protobuf from the versions of the field table on', (_, json) => {
    const table = kinds[direction].find((kind) => kind.id === json.id);
    const since = json.sinceServerVersion ?? json.minServerVersion ?? 0;
    expect(Math.max(table?.since ?? 0, 100)).toBe(Math.max(since, 100));
    if (json.textForm !== false && json.textUntilServerVersion !== null) {
      expect(table?.protobuf?.since).toBe(json.textUntilServerVersion + 1);
    }
    if (json.textForm !== false && json.textUntilServerVersion === null) expect(table?.protobuf).toBeUndefined();
  });
});

/** Fields with named bits, lists and cases walked. */
function masksOf(fields: readonly JsonField[]): readonly JsonField[] {
  return fields.flatMap((field) => [
    ...(field.bits === undefined ? [] : [field]),
    ...masksOf(field.fields ?? []),
    ...Object.values(field.cases ?? {}).flatMap(masksOf),
  ]);
}

/** Names of the bits on the text wire by row, lowest first; rows of list elements included. */
function flagsOf(rows: Rows): readonly string[] {
  return Object.values(rows).flatMap((row): readonly string[] => {
    if (row.row === 'list') return flagsOf(row.record.rows);
    if (row.row !== 'field' || row.codec.proto !== 'flags') return [];
    const names = row.slots.map((slot) => slot.flags ?? row.codec.flags ?? []);
    return names.map((flags) => (row.codec.read === 'swappedBits' ? [...flags].reverse() : flags).join());
  });
}

describe('masks', () => {
  const masks = texts.incoming.messages.flatMap((json) =>
    masksOf(json.fields).map((field): [string, number, string] => [json.name, json.id, Object.values(field.bits ?? {}).join()]),
  );

  // The mask of tickPrice is a mask in protobuf too, so that its table does not name the bits.
  it.each(masks.filter(([name]) => name !== 'tickPrice'))('%s has the bits of the field table', (_, id, bits) => {
    expect(flagsOf(incomingKinds.find((kind) => kind.id === id)?.rows ?? {})).toContain(bits);
  });
});

describe.each(directions)('%s protobuf', (direction) => {
  const routed = [...routing[direction], ...routing.removed[direction]];

  it.each(routed.map((entry): [string, Routed] => [entry.protobufMessage, entry]))('%s', (name, entry) => {
    const table = kinds[direction].find((kind) => kind.id === entry.id);
    expect(table?.protobuf).toStrictEqual({ message: name, since: entry.sinceServerVersion });
    if (table === undefined) return;
    const theirs = protoFieldsOfJson(all, name, direction === 'outgoing');
    const ours = protoFieldsOfTable(table, all, name, direction === 'outgoing');
    for (const [message, lines] of theirs) {
      const theirLines = lines.map((line) => (line === `${UNGATED} since ${V.ATTACHED_ORDERS}` ? UNGATED : line));
      expectSame(ours.get(message) ?? [], theirLines, message);
    }
    expect([...ours.keys()].sort()).toStrictEqual([...theirs.keys()].sort());
    if (entry.method !== undefined && table.hasText) expect(table.kind.toLowerCase()).toBe(entry.method.toLowerCase());
  });

  it('has no kind that no table knows', () => {
    const known = new Set([...routed.map((entry) => entry.id), ...texts[direction].messages.map((json) => json.id)]);
    expect(kinds[direction].filter((kind) => !known.has(kind.id)).map((kind) => kind.kind)).toStrictEqual([]);
    expect(new Set(kinds[direction].map((kind) => kind.id)).size).toBe(kinds[direction].length);
    expect(
      kinds[direction]
        .filter((kind) => kind.protobuf !== undefined)
        .map((kind) => kind.id)
        .sort(),
    ).toStrictEqual(routed.map((entry) => entry.id).sort());
  });
});

describe('versions', () => {
  const constants = (fieldTable('server-versions') as { constants: readonly { name: string; version: number }[] }).constants;

  it('have the official names and numbers', () => {
    const official = new Map(
      constants.map(({ name, version }) => [name.replace(/^(?:MIN_SERVER_VER|UNIFIED_VERSION)_/, ''), version]),
    );
    for (const [name, version] of Object.entries(V)) expect([name, official.get(name)]).toStrictEqual([name, version]);
  });
});
