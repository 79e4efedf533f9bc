// How one field of a row stands in a frame: what writes it and what reads it, in pairs. Fields of one width are also a piece of text,
// of which `record` makes straight code: that is most of what a tick costs.

/** Bytes that are written: they grow, and are handed on by `take`. */
export class Bytes {
  data: Buffer;
  view: DataView;
  at = 0;

  constructor(size = 4096) {
    this.data = Buffer.allocUnsafeSlow(size);
    this.view = viewOf(this.data.buffer);
  }

  /** Room for so many more. */
  need(more: number): void {
    if (this.at + more <= this.data.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(this.data.length * 2, this.at + more));
    this.data.copy(grown, 0, 0, this.at);
    this.data = grown;
    this.view = viewOf(grown.buffer);
  }

  /** What has been written, as bytes of its own; the room is free again. */
  take(): Buffer {
    const taken = Buffer.from(this.data.subarray(0, this.at));
    this.at = 0;
    return taken;
  }
}

/** Bytes that are read, from `at` to `end` of a larger room. Reading past the end throws a `RangeError`. */
export class Reading {
  readonly view: DataView;
  at: number;
  end: number;

  constructor(view: DataView, at: number, end: number) {
    this.view = view;
    this.at = at;
    this.end = end;
  }

  /** The place of the next bytes, which are there. */
  pass(bytes: number): number {
    const { at } = this;
    if (at + bytes > this.end) throw new RangeError(`a field of ${bytes} bytes is longer than its frame`);
    this.at = at + bytes;
    return at;
  }
}

const viewOf = (buffer: ArrayBufferLike): DataView => new DataView(buffer);

let seen = viewOf(new ArrayBuffer(0));

export function readingOf({ buffer, byteOffset, byteLength }: Uint8Array): Reading {
  // Messages of one chunk of the socket lie in one buffer.
  if (seen.buffer !== buffer) seen = viewOf(buffer);
  return new Reading(seen, byteOffset, byteOffset + byteLength);
}

export interface Field<T> {
  write(to: Bytes, value: T): void;
  read(from: Reading): T;
  readonly flat?: Flat;
}

/** A field of one width as text: `v` is the view, `at` the text of its place, `f` the name by which `helps` is known. */
interface Flat {
  readonly size: number;
  write(at: string, value: string, f: string): string;
  read(at: string, f: string): string;
  readonly helps?: unknown;
}

function flat<T>(how: Flat): Field<T> {
  const write =
    how.size === 0
      ? ''
      : `to.need(${how.size}); const v = to.view; const at = to.at; ${how.write('at', 'value', 'f')}; to.at = at + ${how.size};`;
  const read = how.size === 0 ? '' : `const v = from.view; const at = from.pass(${how.size});`;
  return {
    write: new Function('f', `return (to, value) => { ${write} };`)(how.helps) as Field<T>['write'],
    read: new Function('f', `return (from) => { ${read} return ${how.read('at', 'f')}; };`)(how.helps) as Field<T>['read'],
    flat: how,
  };
}

/** A number of one width, low byte first. */
function number(width: 'Float64' | 'Int16' | 'Int32' | 'Uint8', size: number): Field<number> {
  return flat({
    size,
    write: (at, value) => `v.set${width}(${at}, ${value}, true)`,
    read: (at) => `v.get${width}(${at}, true)`,
  });
}

export const f64 = number('Float64', 8);
export const i16 = number('Int16', 2);
export const i32 = number('Int32', 4);

/** NaN stands for none: no price, size or time of the gateway is one. */
export const maybe: Field<number | undefined> = flat({
  size: 8,
  write: (at, value) => `v.setFloat64(${at}, ${value} ?? NaN, true)`,
  read: (at, f) => `${f}(v.getFloat64(${at}, true))`,
  helps: (value: number) => (Number.isNaN(value) ? undefined : value),
});

/** The least number of 32 bits stands for none: no mask of the gateway is one. */
export const mask: Field<number | undefined> = flat({
  size: 4,
  write: (at, value) => `v.setInt32(${at}, ${value} ?? -2147483648, true)`,
  read: (at, f) => `${f}(v.getInt32(${at}, true))`,
  helps: (value: number) => (value === -2_147_483_648 ? undefined : value),
});

export const bool: Field<boolean> = flat({
  size: 1,
  write: (at, value) => `v.setUint8(${at}, ${value} ? 1 : 0)`,
  read: (at) => `(v.getUint8(${at}) !== 0)`,
});

export const date: Field<Date> = flat({
  size: 8,
  write: (at, value) => `v.setFloat64(${at}, ${value}.getTime(), true)`,
  read: (at) => `new Date(v.getFloat64(${at}, true))`,
});

/** A member that is the same in every row: it takes no bytes. */
export function always<T>(value: T): Field<T> {
  return flat({ size: 0, write: () => '', read: (_, f) => f, helps: value });
}

/** One of the words of a list; the list may only grow at its end. */
export function oneOf<T extends string>(words: readonly T[]): Field<T> {
  const places = new Map<T, number>(words.map((word, at) => [word, at]));
  return flat({
    size: 1,
    write: (at, value, f) => `v.setUint8(${at}, ${f}.place(${value}))`,
    read: (at, f) => `${f}.word(v.getUint8(${at}))`,
    helps: {
      place(word: T): number {
        const at = places.get(word);
        if (at === undefined) throw new RangeError(`${JSON.stringify(word)} is none of ${words.length} known words`);
        return at;
      },
      word(at: number): T {
        const word = words[at];
        if (word === undefined) throw new RangeError(`word ${at} of ${words.length} known ones`);
        return word;
      },
    },
  });
}

export const text: Field<string> = {
  write(to, value) {
    const bytes = Buffer.byteLength(value);
    to.need(4 + bytes);
    to.at = to.data.writeUInt32LE(bytes, to.at);
    to.at += to.data.write(value, to.at);
  },
  read(from) {
    const bytes = from.view.getUint32(from.pass(4), true);
    return Buffer.from(from.view.buffer, from.pass(bytes), bytes).toString('utf8');
  },
};

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
      if (count < 0 || count > from.end - from.at) throw new RangeError(`a list of ${count} is longer than its frame`);
      return Array.from({ length: count }, () => field.read(from));
    },
  };
}

export type Fields<T> = { readonly [K in keyof T]-?: Field<T[K]> };

/**
 * The members of an object, in the order in which they are told. Reader and writer are made of that list as straight code: objects of
 * one row then have one shape, and members of one width are looked for room and end once for all that stand side by side.
 */
export function record<T extends object>(fields: Fields<T>): Field<T> {
  const members = Object.entries(fields) as [name: string, field: Field<unknown>][];
  const [writes, reads]: [string[], string[]] = [[], []];
  for (let at = 0; at < members.length; ) {
    let width = 0;
    const [steps, told]: [string[], string[]] = [[], []];
    for (; at < members.length; at++) {
      const [name, { flat }] = members[at] as (typeof members)[number];
      if (flat === undefined) break;
      steps.push(flat.write(`at + ${width}`, `value[${JSON.stringify(name)}]`, `f${at}`));
      told.push(`const m${at} = ${flat.read(`at${reads.length} + ${width}`, `f${at}`)};`);
      width += flat.size;
    }
    if (told.length > 0) {
      const place = `at${reads.length}`;
      writes.push(`{ to.need(${width}); const v = to.view; const at = to.at; ${steps.join('; ')}; to.at = at + ${width}; }`);
      reads.push(`const ${place} = from.pass(${width}); ${told.join(' ')}`);
    } else {
      const [name] = members[at] as (typeof members)[number];
      writes.push(`f${at}.write(to, value[${JSON.stringify(name)}]);`);
      reads.push(`const m${at} = f${at}.read(from);`);
      at++;
    }
  }
  const names = members.map((_, at) => `f${at}`);
  const helps = members.map(([, field]) => (field.flat === undefined ? field : field.flat.helps));
  const made = members.map(([name], at) => `${JSON.stringify(name)}: m${at}`).join(', ');
  return {
    write: new Function(...names, `return (to, value) => { ${writes.join(' ')} };`)(...helps) as Field<T>['write'],
    read: new Function(...names, `return (from) => { const v = from.view; ${reads.join(' ')} return { ${made} }; };`)(
      ...helps,
    ) as Field<T>['read'],
  };
}
