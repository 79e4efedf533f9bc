// The newest values of all quotes of a session: an array of numbers for each field, with a place for each quote.

import type {
  DataSource,
  FieldTick,
  Greeks,
  GreeksTick,
  KeptTicks,
  NumberTick,
  QuoteMemory,
  QuoteParams,
  TextTick,
} from './quote.js';
import { quoteFields } from './tick-types.js';

/** By their number. */
export const dataSources: readonly DataSource[] = ['unknown', 'live', 'frozen', 'delayed', 'delayedFrozen'];

/** Numbers of one value: itself, when it came, its mark, `attribMask`. */
const SIZE = 4;
const TIME = 1;
const MARK = 2;
const MASK = 3;
// A mark is one more than the tick type, with the number of its source above it, and above that
// whether there is no value at present, or one that is no number. 0: nothing has come.
const SOURCE = 1 << 8;
const NONE = 1 << 12;
const THING = 1 << 13;

type Thing = string | Greeks | undefined;

// What lives on of a tick are four numbers. As an object of its own it would be copied by the collector while it is new, and its memory
// is another line of the cache for each field of each quote.
export class QuoteTable {
  private rows = 16;
  /** By field, made when its first value comes; then by place. */
  private readonly columns: (Float64Array | undefined)[] = new Array<undefined>(quoteFields.length).fill(undefined);
  /** What is no number, in the same order. */
  private readonly things: Thing[][] = quoteFields.map(() => []);
  /** By place. */
  private types = new Uint8Array(this.rows);
  private readonly params: (QuoteParams | undefined)[] = [];
  private readonly free: number[] = [];
  private taken = 0;

  join(): number {
    const place = this.free.pop() ?? this.taken++;
    if (place >= this.rows) this.grow();
    return place;
  }

  /** The place may be another quote's. */
  leave(place: number): void {
    this.clear(place);
    this.params[place] = undefined;
    this.free.push(place);
  }

  clear(place: number): void {
    this.types[place] = 0;
    for (const column of this.columns) if (column !== undefined) column[place * SIZE + MARK] = 0;
    for (const things of this.things) if (place in things) things[place] = undefined;
  }

  private grow(): void {
    this.rows *= 2;
    for (const [field, column] of this.columns.entries())
      if (column !== undefined) this.columns[field] = longer(column, new Float64Array(this.rows * SIZE));
    this.types = longer(this.types, new Uint8Array(this.rows));
  }

  private begin(field: number): Float64Array {
    const column = new Float64Array(this.rows * SIZE);
    this.columns[field] = column;
    return column;
  }

  /** Number of the kind of data that the gateway says it sends. */
  typeAt(place: number): number {
    return this.types[place] ?? 0;
  }

  setType(place: number, type: number): void {
    this.types[place] = type;
  }

  paramsAt(place: number): QuoteParams | undefined {
    return this.params[place];
  }

  setParams(place: number, params: QuoteParams): void {
    this.params[place] = params;
  }

  // The whole tick is handed on, and `source` as its number: a double that is handed from call to call may become an object each time.
  put(field: number, place: number, { value, time, tickType, attribMask }: NumberTick, source: number): void {
    const column = this.columns[field] ?? this.begin(field);
    const at = place * SIZE;
    column[at] = value === undefined ? 0 : value;
    column[at + TIME] = time;
    column[at + MARK] = tickType + 1 + source * SOURCE + (value === undefined ? NONE : 0);
    column[at + MASK] = attribMask === undefined ? Number.NaN : attribMask;
  }

  putThing(field: number, place: number, { value, time, tickType }: TextTick | GreeksTick, source: number): void {
    const column = this.columns[field] ?? this.begin(field);
    const at = place * SIZE;
    column[at + TIME] = time;
    column[at + MARK] = tickType + 1 + source * SOURCE + THING;
    column[at + MASK] = Number.NaN;
    (this.things[field] as Thing[])[place] = value;
  }

  /** True where the newest value is this number, from the same source. */
  isSame(field: number, place: number, value: number, source: number): boolean {
    const column = this.columns[field];
    if (column === undefined || column[place * SIZE] !== value) return false;
    const mark = column[place * SIZE + MARK] ?? 0;
    return mark > 0 && mark < NONE && mark >> 8 === source;
  }

  /** The newest tick of a field, made anew unless the one that was made before says the same. */
  tickAt(field: number, place: number, before: FieldTick | undefined): FieldTick | undefined {
    const column = this.columns[field];
    const at = place * SIZE;
    const mark = column?.[at + MARK] ?? 0;
    if (column === undefined || mark === 0) return undefined;
    const value = mark < NONE ? column[at] : mark < THING ? undefined : this.things[field]?.[place];
    const time = column[at + TIME] ?? 0;
    const source = dataSources[(mark >> 8) & 7] ?? 'unknown';
    const tickType = (mark & 255) - 1;
    const mask = column[at + MASK];
    const attribMask = Number.isNaN(mask) ? undefined : mask;
    const isKnown =
      before !== undefined &&
      Object.is(before.value, value) &&
      before.time === time &&
      before.source === source &&
      before.tickType === tickType &&
      before.attribMask === attribMask;
    // Which values a field has, its number says.
    return isKnown ? before : ({ field: quoteFields[field], value, time, source, tickType, attribMask } as FieldTick);
  }
}

function longer<A extends Float64Array | Uint8Array>(before: A, room: A): A {
  room.set(before);
  return room;
}

/** What one quote is read from: its place, from when it has one, and once it has left, what was there last. */
export class PlaceMemory implements QuoteMemory {
  private readonly table: QuoteTable;
  private place = -1;
  /** Ticks that were asked for, so that the same one is answered until there is a new one. */
  private readonly made: (FieldTick | undefined)[] = [];
  private kept: KeptTicks | undefined;

  constructor(table: QuoteTable) {
    this.table = table;
  }

  join(): number {
    this.place = this.table.join();
    return this.place;
  }

  at(field: number): FieldTick | undefined {
    if (this.kept !== undefined) return this.kept.at(field);
    const tick = this.table.tickAt(field, this.place, this.made[field]);
    this.made[field] = tick;
    return tick;
  }

  get dataType(): DataSource {
    return this.kept?.dataType ?? dataSources[this.table.typeAt(this.place)] ?? 'unknown';
  }

  get params(): QuoteParams | undefined {
    return this.kept === undefined ? this.table.paramsAt(this.place) : this.kept.params;
  }

  leave(): void {
    const { dataType, params } = this;
    const slots = quoteFields.map((_, field) => this.at(field));
    this.kept = { slots, dataType, params, at: (field) => slots[field] };
    this.table.leave(this.place);
  }
}
