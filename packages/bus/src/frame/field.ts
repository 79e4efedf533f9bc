// How one field of a row stands in a frame: what writes it and what reads it, in pairs.

/** Bytes that are written: they grow, and are handed on by `take`. */
export class Bytes {
  data: Buffer;
  view: DataView;
  at = 0;

  constructor(size = 4096) {
    this.data = Buffer.allocUnsafeSlow(size);
    this.view = viewOf(this.data);
  }

  /** Room for so many more. */
  need(more: number): void {
    if (this.at + more <= this.data.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(this.data.length * 2, this.at + more));
    this.data.copy(grown, 0, 0, this.at);
    this.data = grown;
    this.view = viewOf(grown);
  }

  /** What has been written, as bytes of its own; the room is free again. */
  take(): Buffer {
    const taken = Buffer.from(this.data.subarray(0, this.at));
    this.at = 0;
    return taken;
  }
}

/** Bytes that are read. Reading past the end throws a `RangeError`. */
export interface Reading {
  readonly data: Buffer;
  readonly view: DataView;
  at: number;
}

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView => new DataView(buffer, byteOffset, byteLength);

export function readingOf(payload: Uint8Array, at: number): Reading {
  return { data: Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength), view: viewOf(payload), at };
}

export interface Field<T> {
  write(to: Bytes, value: T): void;
  read(from: Reading): T;
}

type Width = 'Float64' | 'Int16' | 'Int32' | 'Uint8';

/** A number of one width, low byte first. */
function number(width: Width, size: number): Field<number> {
  const [set, get] = [`set${width}`, `get${width}`] as const;
  return {
    write(to, value) {
      to.need(size);
      to.view[set as `set${Width}`](to.at, value, true);
      to.at += size;
    },
    read(from) {
      const value = from.view[get as `get${Width}`](from.at, true);
      from.at += size;
      return value;
    },
  };
}

export const f64 = number('Float64', 8);
export const i16 = number('Int16', 2);
export const i32 = number('Int32', 4);
const u8 = number('Uint8', 1);

/** NaN stands for none: no price, size or time of the gateway is one. */
export const maybe: Field<number | undefined> = {
  write: (to, value) => f64.write(to, value ?? Number.NaN),
  read(from) {
    const value = f64.read(from);
    return Number.isNaN(value) ? undefined : value;
  },
};

export const bool: Field<boolean> = {
  write: (to, value) => u8.write(to, value ? 1 : 0),
  read: (from) => u8.read(from) !== 0,
};

export const text: Field<string> = {
  write(to, value) {
    const bytes = Buffer.byteLength(value);
    to.need(4 + bytes);
    to.at = to.data.writeUInt32LE(bytes, to.at);
    to.at += to.data.write(value, to.at);
  },
  read(from) {
    const bytes = from.data.readUInt32LE(from.at);
    const start = from.at + 4;
    if (start + bytes > from.data.length) throw new RangeError(`a text of ${bytes} bytes is longer than its frame`);
    from.at = start + bytes;
    return from.data.toString('utf8', start, from.at);
  },
};

/** One of the words of a list; the list may only grow at its end. */
export function oneOf<T extends string>(words: readonly T[]): Field<T> {
  const places = new Map<T, number>(words.map((word, at) => [word, at]));
  return {
    write(to, value) {
      const at = places.get(value);
      if (at === undefined) throw new RangeError(`${JSON.stringify(value)} is none of ${words.length} known words`);
      u8.write(to, at);
    },
    read(from) {
      const at = u8.read(from);
      const word = words[at];
      if (word === undefined) throw new RangeError(`word ${at} of ${words.length} known ones`);
      return word;
    },
  };
}

/** A byte in front says whether it is there. */
export function optional<T>(field: Field<T>): Field<T | undefined> {
  return {
    write(to, value) {
      bool.write(to, value !== undefined);
      if (value !== undefined) field.write(to, value);
    },
    read: (from) => (bool.read(from) ? field.read(from) : undefined),
  };
}

export function list<T>(field: Field<T>): Field<readonly T[]> {
  return {
    write(to, values) {
      i32.write(to, values.length);
      for (const value of values) field.write(to, value);
    },
    read(from) {
      const count = i32.read(from);
      if (count < 0 || count > from.data.length - from.at) throw new RangeError(`a list of ${count} is longer than its frame`);
      return Array.from({ length: count }, () => field.read(from));
    },
  };
}

export type Fields<T> = { readonly [K in keyof T]-?: Field<T[K]> };

/**
 * The members of an object, in the order in which they are told. Reader and writer are made of that list: objects of one row then
 * have one shape, which is most of what a tick costs.
 */
export function record<T extends object>(fields: Fields<T>): Field<T> {
  const names = Object.keys(fields);
  const coders = Object.values(fields) as Field<unknown>[];
  const places = names.map((_, at) => `c${at}`);
  const members = names.map((name, at) => `${JSON.stringify(name)}: c${at}.read(from)`).join(', ');
  const steps = names.map((name, at) => `c${at}.write(to, value[${JSON.stringify(name)}]);`).join(' ');
  return {
    write: new Function(...places, `return (to, value) => { ${steps} };`)(...coders) as Field<T>['write'],
    read: new Function(...places, `return (from) => ({ ${members} });`)(...coders) as Field<T>['read'],
  };
}

export const date: Field<Date> = {
  write: (to, value) => f64.write(to, value.getTime()),
  read: (from) => new Date(f64.read(from)),
};

/** A member that is the same in every row: it takes no bytes. */
export function always<T>(value: T): Field<T> {
  return { write: () => {}, read: () => value };
}
