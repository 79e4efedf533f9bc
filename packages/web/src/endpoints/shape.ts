// What a body is made of, written short: `object('conid:int symbol price:num', { bars: list('o:num c:num') })`.

/** Reads as: text · id (text, whatever it came as) · int · num (exact decimal text) · flag · any · one of `A|B`. */
export type Leaf = string;

export interface ObjectShape<F extends string = string, N = Readonly<Record<string, Shape>>> {
  readonly is: 'object';
  readonly fields: F;
  readonly nested: N;
}
export interface ListShape<O = unknown> {
  readonly is: 'list';
  readonly of: O;
}
export interface MapShape<O = unknown> {
  readonly is: 'map';
  readonly of: O;
}
export interface EitherShape<O = readonly unknown[]> {
  readonly is: 'either';
  readonly of: O;
}
export type Shape = Leaf | ObjectShape | ListShape | MapShape | EitherShape;

type Nested = Readonly<Record<string, Shape>>;
type NoneNested = Readonly<Record<never, never>>;

/** A record: `name`, `name:codec`, and `!` behind what must be sent. Blanks and line ends part the names; `others` in `nested` is any other. */
export function object<F extends string>(fields: F): ObjectShape<F, NoneNested>;
export function object<F extends string, const N extends Nested>(fields: F, nested: N): ObjectShape<F, N>;
export function object(fields: string, nested: Nested = {}): ObjectShape {
  return { is: 'object', fields, nested };
}

/** Many of one: of records (`list('a b:int')`), of leaves (`list('text')`), or of another shape. */
export function list<F extends string, const N extends Nested>(fields: F, nested: N): ListShape<ObjectShape<F, N>>;
export function list<const O extends Shape>(of: O): ListShape<LeafOr<O>>;
export function list(of: Shape, nested?: Nested): ListShape {
  const isRecord = typeof of === 'string' && !isCodec(of) && !/^[^\s:]+\|[^\s:]+$/.test(of);
  return { is: 'list', of: isRecord ? object(of, nested ?? {}) : of };
}

/** Any names, one shape. */
export function map<const O extends Shape>(of: O): MapShape<O> {
  return { is: 'map', of };
}

/** One of several: whichever has most of the names that came. */
export function either<const O extends readonly Shape[]>(...of: O): EitherShape<O> {
  return { is: 'either', of };
}

export type Codec = 'text' | 'id' | 'int' | 'num' | 'flag' | 'any';
type LeafOr<O> = O extends Codec
  ? O
  : O extends `${string} ${string}` | `${string}:${string}`
    ? ObjectShape<O, NoneNested>
    : O extends `${string}|${string}`
      ? O
      : O extends string
        ? ObjectShape<O, NoneNested>
        : O;
const codecs: ReadonlySet<string> = new Set<Codec>(['text', 'id', 'int', 'num', 'flag', 'any']);
export const isCodec = (word: string): word is Codec => codecs.has(word);

export interface Field {
  readonly name: string;
  /** A codec, or the words that are known, with `|` between them. */
  readonly codec: string;
  readonly isRequired: boolean;
}

const known = new Map<string, readonly Field[]>();

/** The names of a record, read once. */
export function fieldsOf(fields: string): readonly Field[] {
  const seen = known.get(fields);
  if (seen !== undefined) return seen;
  const read = fields
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word): Field => {
      const isRequired = word.endsWith('!');
      const [name = '', codec = 'text'] = (isRequired ? word.slice(0, -1) : word).split(':');
      return { name, codec, isRequired };
    });
  known.set(fields, read);
  return read;
}

// --- the same as types ---

type Line<T extends string, Acc = never> = T extends `${infer A} ${infer B}` ? Line<B, Acc | A> : Acc | T;
type Words<T extends string, Acc = never> = T extends `${infer A}\n${infer B}` ? Words<B, Acc | Line<A>> : Acc | Line<T>;
type Bare<W> = W extends `${infer A}!` ? A : W;
type NameOf<W> = Bare<W> extends infer B ? (B extends '' ? never : B extends `${infer N}:${string}` ? N : B) : never;
type CodecOf<W> = Bare<W> extends `${string}:${infer C}` ? C : 'text';
type OneOf<C extends string> = C extends `${infer A}|${infer B}` ? A | OneOf<B> : C;

type Came<C> = C extends 'text' | 'id' | 'num'
  ? string
  : C extends 'int'
    ? number
    : C extends 'flag'
      ? boolean
      : C extends 'any'
        ? unknown
        : OneOf<C & string> | (string & {});
type Sent<C> = C extends 'text' | 'id'
  ? string
  : C extends 'num' | 'int'
    ? number | string
    : C extends 'flag'
      ? boolean
      : C extends 'any'
        ? unknown
        : OneOf<C & string>;

/** What comes of a shape: every name may be missing, and others may be there. */
export type AnswerOf<S> =
  S extends ObjectShape<infer F, infer N>
    ? { readonly [W in Words<F> as NameOf<W> & string]?: Came<CodecOf<W>> | undefined } & {
        readonly [K in keyof N as K extends 'others' ? never : K]?: AnswerOf<N[K]> | undefined;
      } & (N extends { readonly others: infer O } ? Readonly<Record<string, AnswerOf<O> | undefined>> : unknown)
    : S extends ListShape<infer O>
      ? readonly AnswerOf<O>[]
      : S extends MapShape<infer O>
        ? Readonly<Record<string, AnswerOf<O>>>
        : S extends EitherShape<infer O extends readonly unknown[]>
          ? AnswerOf<O[number]>
          : Came<S>;

type Required<T extends string> = {
  readonly [W in Words<T> as W extends `${string}!` ? NameOf<W> & string : never]: Sent<CodecOf<W>>;
};
type Optional<T extends string> = {
  readonly [W in Words<T> as W extends `${string}!` ? never : NameOf<W> & string]?: Sent<CodecOf<W>> | undefined;
};

/** What is sent for a shape. Decimals may be text: they are written digit by digit. */
export type RequestOf<S> =
  S extends ObjectShape<infer F, infer N>
    ? Required<F> & Optional<F> & { readonly [K in keyof N as Bare<K> & string]?: RequestOf<N[K]> | undefined }
    : S extends ListShape<infer O>
      ? readonly RequestOf<O>[]
      : S extends MapShape<infer O>
        ? Readonly<Record<string, RequestOf<O>>>
        : S extends EitherShape<infer O extends readonly unknown[]>
          ? RequestOf<O[number]>
          : Sent<S>;
