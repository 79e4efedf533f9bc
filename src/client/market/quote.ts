// A quote as its ticks come to: the newest value of each field, with its time and where it is from.

import { SHOWN } from '../input/legible.js';
import { type GreeksField, type NumberField, type QuoteField, quoteFields, type TextField } from './tick-types.js';

/** `unknown`: the gateway has not said yet what kind of data it sends. */
export type DataSource = 'live' | 'frozen' | 'delayed' | 'delayedFrozen' | 'unknown';

/** What an option model says. Absent: not computed. */
export interface Greeks {
  readonly impliedVol: number | undefined;
  readonly delta: number | undefined;
  readonly gamma: number | undefined;
  readonly vega: number | undefined;
  readonly theta: number | undefined;
  readonly optPrice: number | undefined;
  readonly pvDividend: number | undefined;
  readonly undPrice: number | undefined;
  /** 0 return based, 1 price based; from server 156 on. */
  readonly tickAttrib: number | undefined;
}

/** The parts of `Greeks`. */
export const greeksParts = [
  'impliedVol',
  'delta',
  'gamma',
  'vega',
  'theta',
  'optPrice',
  'pvDividend',
  'undPrice',
  'tickAttrib',
] as const satisfies readonly (keyof Greeks)[];

interface TickOf<F extends string, V> {
  readonly field: F;
  readonly value: V;
  /** When it came, epoch milliseconds of this machine. */
  readonly time: number;
  readonly source: DataSource;
  /** The number on the wire. */
  readonly tickType: number;
  /** Bit 0 can be executed at once, 1 past the limit, 2 before the opening; for prices only. */
  readonly attribMask: number | undefined;
}

/** Undefined: at present there is no such price. */
export type NumberTick = TickOf<NumberField, number | undefined>;
/** A change of a field of text. */
export type TextTick = TickOf<TextField, string>;
/** New Greeks of an option. */
export type GreeksTick = TickOf<GreeksField, Greeks>;
/** A number that no table knows: passed on. */
export type OtherTick = TickOf<'other', number | string | undefined>;
/** The gateway says what kind of data follows. */
export type DataTypeTick = TickOf<'dataType', DataSource>;
/** All fields are void: the stream begins anew. */
export type ResetTick = TickOf<'reset', undefined>;
/** What the gateway says of the instrument when its stream begins. */
export type ParamsTick = TickOf<'params', QuoteParams>;

/** A change of a quote. A union: switch over `field`. */
export type QuoteTick = NumberTick | TextTick | GreeksTick | OtherTick | DataTypeTick | ResetTick | ParamsTick;

/** Price step, the letter codes' table and the rights of the login, as the stream's beginning tells them; undefined: not told. */
export interface QuoteParams {
  /** Least price step; of the instrument, not of its price. */
  readonly minTick: number | undefined;
  /** Key for `smartComponents`. */
  readonly bboExchange: string | undefined;
  /** 2, 3, 4: what a regulatory snapshot would give. */
  readonly snapshotPermissions: number | undefined;
}

/** Newest tick of each field: `quote.bid?.value`. It changes as ticks come. */
export type Quote = {
  readonly [F in QuoteField]: (F extends NumberField ? NumberTick : F extends TextField ? TextTick : GreeksTick) | undefined;
} & {
  readonly dataType: DataSource;
  readonly params: QuoteParams | undefined;
  /**
   * The bid stands above the ask: one of them is old, or two markets disagree for a moment. Nothing should be priced by such a quote.
   * False where one of them is missing, or where one is live and the other is not.
   */
  readonly isCrossed: boolean;
};

/** A change of a field of a quote. */
export type FieldTick = NumberTick | TextTick | GreeksTick;

/** What a quote is read from; fields are numbered in the order of `quoteFields`. */
export interface QuoteMemory {
  at(field: number): FieldTick | undefined;
  readonly dataType: DataSource;
  readonly params: QuoteParams | undefined;
}

const MEMORY = Symbol('memory');
interface InMemory {
  readonly [MEMORY]: QuoteMemory;
}

// One getter for each field, on one prototype.
const fieldsPrototype = Object.defineProperties(
  {},
  Object.fromEntries(
    quoteFields.map((field, at) => [
      field,
      {
        enumerable: true,
        get(this: InMemory) {
          return this[MEMORY].at(at);
        },
      },
    ]),
  ),
);
// Of no field of their own: they are not among the values.
Object.defineProperty(fieldsPrototype, 'dataType', {
  enumerable: true,
  get(this: InMemory) {
    return this[MEMORY].dataType;
  },
});
Object.defineProperty(fieldsPrototype, 'params', {
  enumerable: true,
  get(this: InMemory) {
    return this[MEMORY].params;
  },
});
Object.defineProperty(fieldsPrototype, 'isCrossed', {
  get(this: Quote) {
    const { bid, ask } = this;
    if (bid?.value === undefined || ask?.value === undefined) return false;
    return bid.source === ask.source && bid.value > ask.value;
  },
});

/** What JSON and `console.log` have of a quote: what is known, by field. */
function known(this: Quote): object {
  const told = quoteFields.flatMap((field) => (this[field] === undefined ? [] : [[field, this[field]] as const]));
  const { dataType, params, isCrossed } = this;
  return { dataType, params, isCrossed, ...Object.fromEntries(told) };
}
Object.defineProperty(fieldsPrototype, 'toJSON', { value: known });
Object.defineProperty(fieldsPrototype, SHOWN, { value: known });

/** The quote that shows what a memory holds. */
export function quoteOf(memory: QuoteMemory): Quote {
  return Object.create(fieldsPrototype, { [MEMORY]: { value: memory } }) as Quote;
}

/** A memory of ticks as they came. */
export interface KeptTicks extends QuoteMemory {
  readonly slots: (FieldTick | undefined)[];
  dataType: DataSource;
  params: QuoteParams | undefined;
}

/** An empty quote: written through the one face, read through the other. */
export function newQuote(): { readonly memory: KeptTicks; readonly quote: Quote } {
  const slots = new Array<FieldTick | undefined>(quoteFields.length).fill(undefined);
  const memory: KeptTicks = { slots, dataType: 'unknown', params: undefined, at: (field) => slots[field] };
  return { memory, quote: quoteOf(memory) };
}

/** The values of a quote alone, as plain data: what is known, by field. */
export function valuesOf(quote: Quote): Readonly<Partial<Record<QuoteField, number | string | Greeks>>> {
  const values: Partial<Record<QuoteField, number | string | Greeks>> = {};
  for (const field of quoteFields) {
    const value = quote[field]?.value;
    if (value !== undefined) values[field] = value;
  }
  return values;
}
