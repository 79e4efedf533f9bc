// Where the reading of a kind begins: its functions, made once per table and version, whoever asks.

import { compileProtoDecode, compileTextDecode, type ProtoDecode, type TextDecode } from './schema/compile.js';
import { entriesOf } from './schema/entries.js';
import type { MessageTable } from './schema/message.js';
import { messageVersionAt, type Plan } from './schema/plan.js';
import type { Test, TextEntry } from './schema/rows.js';

export interface TextEntryPoint {
  readonly decode: TextDecode;
  /** The first field of a frame with the usual message version as a number, most significant byte first; -1 where no layout hangs on it. */
  readonly usual: number;
  /** Bytes that the usual version takes, NUL included: `decode` begins behind it; 0 where no layout hangs on it. */
  readonly skips: number;
  /** Layouts of other message versions, by version; none is above `highest`. */
  readonly others: (TextDecode | undefined)[];
  readonly highest: number;
  /** Plans for the reports of errors, by message version; -1 is the usual one. */
  readonly plans: Map<number, Plan>;
}

const textFunctions = new Map<MessageTable, Map<number, TextEntryPoint>>();
const protoFunctions = new Map<MessageTable, ProtoDecode>();

export function textFunction(table: MessageTable, serverVersion: number): TextEntryPoint {
  let versions = textFunctions.get(table);
  if (versions === undefined) {
    versions = new Map();
    textFunctions.set(table, versions);
  }
  let made = versions.get(serverVersion);
  if (made === undefined) {
    made = entryPoint(table, serverVersion);
    versions.set(serverVersion, made);
  }
  return made;
}

function entryPoint(table: MessageTable, serverVersion: number): TextEntryPoint {
  const version = messageVersionAt(table, serverVersion);
  const highest = highestGate(table);
  const hangsOnVersion = highest > 0 && Number.isFinite(version);
  return {
    decode: compileTextDecode(table, serverVersion, undefined, hangsOnVersion),
    usual: hangsOnVersion ? wordOf(version) : -1,
    skips: hangsOnVersion ? String(version).length + 1 : 0,
    others: [],
    plans: new Map(),
    highest: Math.max(highest, hangsOnVersion ? version : 0),
  };
}

/** The highest message version that any gate of the table asks for; 0 when none does. */
function highestGate(table: MessageTable): number {
  const ofTest = (test: Test): number =>
    test.op === 'messageSince' ? test.version : 'tests' in test ? Math.max(...test.tests.map(ofTest)) : 0;
  const ofEntry = (entry: TextEntry): number => {
    if (typeof entry === 'string' || entry.item === 'choose') return 0;
    const own = entry.gate.sinceMessage ?? 0;
    if (entry.item === 'when') return Math.max(own, ofTest(entry.test), ...entry.of.map(ofEntry));
    return entry.item === 'list' ? Math.max(own, ...(entry.of ?? []).map(ofEntry)) : own;
  };
  return Math.max(0, ...entriesOf(table).map(ofEntry), ...Object.values(table.rows).map((row) => row.gate.sinceMessage ?? 0));
}

/** A version of one or two digits with its NUL, as its bytes make a number. */
function wordOf(version: number): number {
  return [...String(version)].reduce((word, digit) => word * 256 + digit.charCodeAt(0), 0) * 256;
}

export function wordAt(bytes: Uint8Array, at: number, length: number): number {
  return length === 2 ? (bytes[at]! << 8) | bytes[at + 1]! : (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!;
}

export function protoFunction(table: MessageTable): ProtoDecode {
  let made = protoFunctions.get(table);
  if (made === undefined) {
    made = compileProtoDecode(table);
    protoFunctions.set(table, made);
  }
  return made;
}
