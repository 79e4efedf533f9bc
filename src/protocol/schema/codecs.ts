// What one field is on both wires. A codec names the cursor methods; the cursors are the only place that knows bytes.

import type { ProtoReader } from '../proto/reader.js';
import type { ProtoWriter } from '../proto/writer.js';
import type { TextReader } from '../text/reader.js';
import type { TextWriter } from '../text/writer.js';

declare const brand: unique symbol;
/** A name on a plain value: other brands are refused, plain values are taken. */
export type Branded<T, Name extends string> = T & { readonly [brand]?: Name };
/** The number of a request. A brand of the compiler alone. */
export type ReqId = Branded<number, 'ReqId'>;
/** The number of an order within its client. A brand of the compiler alone. */
export type OrderId = Branded<number, 'OrderId'>;
/** The number of an instrument. A brand of the compiler alone. */
export type ConId = Branded<number, 'ConId'>;
/** The id of an order at the broker, 64 bits wide: text, never a double. A brand of the compiler alone. */
export type PermId = Branded<string, 'PermId'>;
/** The id of an execution; its last part counts corrections. A brand of the compiler alone. */
export type ExecId = Branded<string, 'ExecId'>;
/** An account number. A brand of the compiler alone: at run time it is text. */
export type Account = Branded<string, 'Account'>;
/** A decimal number as exact text, as it was sent. */
export type DecimalText = Branded<string, 'Decimal'>;

export type ProtoType = 'int32' | 'int64' | 'double' | 'bool' | 'string' | 'flags' | 'map' | 'none';
export type TextRead = keyof TextReader;
export type TextWrite = keyof TextWriter;
export type ProtoRead = keyof ProtoReader;
export type ProtoWrite = keyof ProtoWriter;

/** What a sink gets of a field of a list's elements, where that is another thing than the message has. */
export interface Handing<T, H> {
  readonly read: TextRead;
  readonly protoRead: ProtoRead;
  of(value: T): H;
}

export interface Codec<T, H = T> {
  /** Name in the field tables. */
  readonly name: string;
  readonly read: TextRead;
  readonly write: TextWrite;
  readonly proto: ProtoType;
  readonly protoRead: ProtoRead;
  readonly protoWrite: ProtoWrite;
  /** Text that a client writes when the value is not set. A gateway writes the empty field. */
  readonly unset: string;
  /** Values that say no more than "not set": a server that cannot carry them loses nothing. */
  readonly nothing: readonly T[];
  /** What a gateway leaves out of protobuf, so that a field that is not there reads as this; undefined: nothing is left out. */
  readonly absent: T | undefined;
  /** A flag is written even when false (otherwise clients leave false out). */
  readonly kept: boolean;
  /** Names of the flags in a nested protobuf message, from field 1 on. */
  readonly flags?: readonly string[];
  readonly handing?: Handing<T, H>;
}

type Spec<T> = Partial<Omit<Codec<T>, 'name'>> & { proto: ProtoType };

function codec<T>(name: string, method: TextRead & TextWrite, spec: Spec<T> & { protoRead: ProtoRead & ProtoWrite }): Codec<T> {
  return {
    name,
    read: method,
    write: method,
    protoWrite: spec.protoRead,
    unset: '',
    nothing: [],
    absent: undefined,
    kept: false,
    ...spec,
  };
}

/** Another habit of the same field: what is written when unset, which values say nothing. */
export function or<T>(base: Codec<T>, unset: string, ...nothing: readonly T[]): Codec<T> {
  return { ...base, unset, nothing };
}

/** True for a value of that codec that says no more than "not set". */
export function saysNothing(codec: Codec<unknown>, value: unknown): boolean {
  return value === undefined || codec.nothing.includes(value);
}

export const int = codec<number>('int', 'int', { proto: 'int32', protoRead: 'int32', unset: '0', nothing: [0] });
/** The bit of an exchange letter: recorded gateways write every bit but the first. */
export const bitNumber: Codec<number> = { ...int, absent: 0 };
export const intMax = codec<number>('intMax', 'intMax', { proto: 'int32', protoRead: 'intMax' });
/** Clients write 2147483647 when it is not set. */
export const intLiteralMax = codec<number>('intLiteralMax', 'intMax', {
  proto: 'int32',
  protoRead: 'intMax',
  unset: '2147483647',
});
/** 64 bit, exact: text, never a double. */
export const long = codec<string>('long', 'long', { proto: 'int64', protoRead: 'long', unset: '0', nothing: ['0'] });
/** A permanent id in which the largest 64-bit number means unset. */
export const longMax = codec<PermId>('longMax', 'longMax', { proto: 'int64', protoRead: 'longMax' });
/** 64-bit number that is a time: seconds or milliseconds, always exact as a double. */
export const epoch = codec<number>('long', 'int', { proto: 'int64', protoRead: 'safe', unset: '0', nothing: [0] });
/** int in text, int64 in protobuf. */
export const wideIntMax = codec<number>('intMax', 'intMax', { proto: 'int64', protoRead: 'safe' });
export const double = codec<number>('double', 'double', { proto: 'double', protoRead: 'doubleMax', unset: '0', nothing: [0] });
export const doubleMax = codec<number>('doubleMax', 'double', { proto: 'double', protoRead: 'doubleMax' });
/** Clients write the largest double when it is not set. */
export const doubleLiteralMax = codec<number>('doubleLiteralMax', 'double', {
  proto: 'double',
  protoRead: 'doubleMax',
  unset: '1.7976931348623157E308',
});
/** A figure of the option model; -1 is not computed, and is what a gateway writes for it. */
export const notBelowZero = codec<number>('double', 'computed', { proto: 'double', protoRead: 'computed' });
/** A sensitivity of the option model; -2 is not computed, and is what a gateway writes for it. */
export const sensitivity = codec<number>('double', 'sensitivity', { proto: 'double', protoRead: 'sensitivity' });
/** A number of a list, where nothing is unset. */
export const number = codec<number>('double', 'double', { proto: 'double', protoRead: 'double' });
/** A number in text, a number as text in protobuf: minimum ticks. */
export const tick = codec<number>('double', 'double', { proto: 'string', protoRead: 'numberText' });
export const decimal = codec<DecimalText>('decimal', 'decimal', { proto: 'string', protoRead: 'decimal' });
/** A quantity at servers that know whole numbers only. */
export const wholeDecimal: Codec<DecimalText> = { ...decimal, name: 'int', unset: '0' };
/** A decimal read as a number: for sizes of market data, exact to 15 digits. */
export const size = codec<number>('decimal', 'size', { proto: 'string', protoRead: 'size' });
export const bool = codec<boolean>('bool', 'bool', { proto: 'bool', protoRead: 'bool', unset: '0', nothing: [false] });
/** A flag that clients write in protobuf also when it is false. */
export const boolKept: Codec<boolean> = { ...bool, kept: true };
/** 1, 0, or empty for the default. */
export const boolThreeState = codec<boolean>('boolThreeState', 'boolThreeState', { proto: 'int32', protoRead: 'boolThreeState' });
export const string = codec<string>('string', 'text', { proto: 'string', protoRead: 'string', nothing: [''] });
/** A date or a time as text; a sink gets one of at most 15 digits as a number. */
export const dateText: Codec<string, string | number> = {
  ...string,
  handing: { read: 'digits', protoRead: 'digits', of: (text) => (/^[1-9]\d{0,14}$/.test(text) ? Number(text) : text) },
};
/** Text whose letters beyond ASCII are backslash-u escapes on the text wire. */
export const escaped = codec<string>('string', 'escaped', { proto: 'string', protoRead: 'string', nothing: [''] });
/** Text here, a double there: the multiplier. */
export const numeric = codec<string>('string', 'text', { proto: 'double', protoRead: 'doubleAsText', nothing: [''] });
/** An amount as it was sent; a double in protobuf. The largest double is unset. */
export const amount = codec<string>('string', 'amount', { proto: 'double', protoRead: 'doubleAsText' });
/** An integer in text, a flag in protobuf. */
export const intFlag = codec<number>('int', 'int', { proto: 'bool', protoRead: 'boolAsInt', unset: '0', nothing: [0] });
/** The word `true` (anything else is no) in text, a flag in protobuf. */
export const textFlag = codec<string>('string', 'text', { proto: 'bool', protoRead: 'boolAsText', nothing: [''] });
/** A text in text, an int32 in protobuf. */
export const textInt = codec<string>('string', 'text', { proto: 'int32', protoRead: 'int32AsText', nothing: [''] });
/** How a condition joins the next: true is and, false is or. */
export const conjunction = codec<boolean>('string', 'conjunction', { proto: 'bool', protoRead: 'bool', unset: 'a', kept: true });

export const reqId: Codec<ReqId> = { ...int, unset: '0', nothing: [] };
export const orderId: Codec<OrderId> = { ...int, nothing: [] };
export const conId: Codec<ConId> = int;
export const permId: Codec<PermId> = long;
export const execId: Codec<ExecId> = string;
export const account: Codec<Account> = string;

/** Text to its user, whatever the wire makes of it. A client leaves the empty text out of protobuf. */
export function isText(codec: Codec<unknown>): boolean {
  return codec.protoRead === 'string' || codec.nothing.includes('');
}

/** A mask in text, a nested message of flags in protobuf: `bits('pastLimit', 'unreported')`. */
export function bits(...flags: readonly string[]): Codec<number> {
  return { ...codec<number>('int', 'int', { proto: 'flags', protoRead: 'bits', unset: '0', nothing: [0] }), flags };
}

/** The same, but the text wire has the second flag in the lowest bit: in the mask it is as in protobuf. */
export function swappedBits(...flags: readonly [first: string, second: string]): Codec<number> {
  return { ...bits(...flags), read: 'swappedBits', write: 'swappedBits' };
}

/** Wire type of a protobuf field of that codec. */
export function wireOf(codec: Codec<unknown>): 0 | 1 | 2 {
  switch (codec.proto) {
    case 'int32':
    case 'int64':
    case 'bool':
      return 0;
    case 'double':
      return 1;
    default:
      return 2;
  }
}
