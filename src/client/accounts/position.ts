// The position record in which accounts and brokers are brought together, and its JSON.
import Big from 'big.js';
import { shown } from '../../input/shown.js';
import { SEC_ID_TYPES, SEC_TYPES, type SecIdType, type SecType } from '../contracts/draft.js';
import { InputError } from '../input/input-error.js';

/** One holding of one account. Field names are the gateway's; absent means not known. */
export interface Position {
  /** Where the account is: `ibkr`, or any name for another broker. */
  readonly broker: string;
  readonly account: string;
  readonly secType: SecType;
  readonly symbol: string;
  /** Currency of every amount in this record. */
  readonly currency: string;
  readonly conId?: number;
  readonly exchange?: string;
  /** `yyyyMMdd`, or `yyyyMM` for a future. */
  readonly lastTradeDateOrContractMonth?: string;
  readonly strike?: Big;
  readonly right?: 'C' | 'P';
  readonly multiplier?: Big;
  readonly localSymbol?: string;
  readonly secIdType?: SecIdType;
  readonly secId?: string;
  /** Signed; 0 for a position that was closed today. */
  readonly position: Big;
  /** Cost of one unit as the gateway states it: with the multiplier in it for derivatives. */
  readonly avgCost?: Big;
  readonly marketPrice?: Big;
  readonly marketValue?: Big;
  readonly unrealizedPNL?: Big;
  readonly realizedPNL?: Big;
  /** ISO 8601 instant from which the figures are. */
  readonly asOf?: string;
}

/** A field of a position's record, which is also the name of its CSV column. */
export type PositionField = keyof Position;

const LONGEST = 200;

const text = (field: string, value: string): string => {
  if (value.length > LONGEST) throw new InputError(field, `is longer than ${LONGEST} characters`);
  if (/[\u0000-\u001f\u007f]/.test(value)) throw new InputError(field, 'must not hold control characters');
  return value;
};
const decimal = (field: string, value: string): Big => {
  if (value.length > 60 || !/^-?\d+(?:\.\d+)?$/.test(value))
    throw new InputError(field, `must be a plain decimal number, got ${shown(value)}`);
  return new Big(value);
};
const above = (field: string, value: string): Big => {
  const exact = decimal(field, value);
  if (exact.lte(0)) throw new InputError(field, `must be above 0, got ${shown(value)}`);
  return exact;
};
const form =
  (pattern: RegExp, wanted: string) =>
  (field: string, value: string): string => {
    if (!pattern.test(value)) throw new InputError(field, `must be ${wanted}, got ${shown(value)}`);
    return value;
  };
const among =
  <const T extends string>(choices: readonly T[]) =>
  (field: string, value: string): T => {
    const found = choices.find((choice) => choice === value);
    if (found === undefined) throw new InputError(field, `must be one of ${choices.join(', ')}, got ${shown(value)}`);
    return found;
  };
const conId = (field: string, value: string): number => {
  const id = Number(form(/^[1-9]\d{0,14}$/, 'a contract id')(field, value));
  return id;
};
const instant = (field: string, value: string): string => {
  form(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?Z$/, 'an ISO 8601 instant in UTC')(field, value);
  if (Number.isNaN(Date.parse(value))) throw new InputError(field, `${shown(value)} is no instant`);
  return value;
};
const date = (field: string, value: string): string => {
  form(/^\d{6}(?:\d{2})?$/, 'yyyyMMdd or yyyyMM')(field, value);
  const [y, m, d] = [Number(value.slice(0, 4)), Number(value.slice(4, 6)), Number(value.slice(6, 8) || '1')];
  const made = new Date(Date.UTC(y, m - 1, d));
  if (made.getUTCMonth() !== m - 1 || made.getUTCDate() !== d) throw new InputError(field, `${shown(value)} is no date`);
  return value;
};

/** Every field in the order of the columns, with the parser of its text. */
export const POSITION_FIELDS = {
  broker: text,
  account: text,
  secType: among(SEC_TYPES),
  symbol: text,
  currency: form(/^[A-Z]{3}$/, 'three capital letters'),
  conId,
  exchange: text,
  lastTradeDateOrContractMonth: date,
  strike: above,
  right: among(['C', 'P']),
  multiplier: above,
  localSymbol: text,
  secIdType: among(SEC_ID_TYPES),
  secId: text,
  position: decimal,
  avgCost: decimal,
  marketPrice: decimal,
  marketValue: decimal,
  unrealizedPNL: decimal,
  realizedPNL: decimal,
  asOf: instant,
} satisfies { readonly [K in PositionField]-?: (field: string, value: string) => Position[K] };

const REQUIRED: readonly PositionField[] = ['broker', 'account', 'secType', 'symbol', 'currency', 'position'];
const OPTIONLIKE: ReadonlySet<SecType> = new Set(['OPT', 'FOP', 'WAR', 'IOPT', 'EC']);

/**
 * A position from the text of its fields. Empty text is absent. Throws InputError for a field that is missing or malformed;
 * an option must have its expiry, strike and right, or its contract id.
 */
export function positionFrom(fields: Readonly<Record<string, string | undefined>>): Position {
  const out: Partial<Record<PositionField, unknown>> = {};
  for (const [field, parse] of Object.entries(POSITION_FIELDS)) {
    const given = Object.hasOwn(fields, field) ? fields[field] : undefined;
    if (given === undefined || given === '') {
      if (REQUIRED.some((required) => required === field)) throw new InputError(field, 'is needed');
    } else out[field as PositionField] = parse(field, given);
  }
  const position = out as unknown as Position; // every required field was just proven to be there, each by its own parser
  if (OPTIONLIKE.has(position.secType) && position.conId === undefined) {
    for (const field of ['lastTradeDateOrContractMonth', 'strike', 'right'] as const) {
      if (position[field] === undefined) throw new InputError(field, `is needed for ${position.secType} without a conId`);
    }
  }
  if ((position.secId === undefined) !== (position.secIdType === undefined))
    throw new InputError('secId', 'and secIdType go together');
  return position;
}

/** The text of each field that is there. Decimals keep every digit and have no exponent. */
export function fieldsOf(position: Position): Readonly<Partial<Record<PositionField, string>>> {
  const out: Partial<Record<PositionField, string>> = {};
  for (const field of Object.keys(POSITION_FIELDS) as PositionField[]) {
    const value = position[field];
    if (value !== undefined) out[field] = typeof value === 'object' ? value.toFixed() : String(value);
  }
  return out;
}

const FORMAT = 'ibwire-positions';

/** JSON: `{"format":"ibwire-positions","version":1,"positions":[…]}`, numbers as text. */
export function positionsToJson(positions: readonly Position[]): string {
  return JSON.stringify({ format: FORMAT, version: 1, positions: positions.map(fieldsOf) });
}

/** Reads that JSON; numbers may be JSON numbers too. Throws InputError that names the position and the field. */
export function positionsFromJson(json: string): readonly Position[] {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new InputError('json', 'is not JSON');
  }
  if (!isDocument(value)) throw new InputError('json', `must be { format: '${FORMAT}', version: 1, positions: […] }`);
  return value.positions.map((one, i) => {
    if (typeof one !== 'object' || one === null || Array.isArray(one))
      throw new InputError(`positions[${i}]`, 'must be an object');
    try {
      return positionFrom(texts(one));
    } catch (error) {
      throw error instanceof InputError
        ? new InputError(`positions[${i}].${error.field}`, error.message.slice(error.field.length + 2))
        : error;
    }
  });
}

function isDocument(value: unknown): value is { readonly positions: readonly unknown[] } {
  if (typeof value !== 'object' || value === null) return false;
  const { format, version, positions }: { format?: unknown; version?: unknown; positions?: unknown } = value;
  return format === FORMAT && version === 1 && Array.isArray(positions);
}

function texts(record: object): Record<string, string | undefined> {
  const out: Record<string, string | undefined> = {};
  for (const [field, value] of Object.entries(record)) {
    if (!Object.hasOwn(POSITION_FIELDS, field)) throw new InputError(field, 'is not a field of a position');
    if (value === null || value === undefined) continue;
    if (typeof value === 'number' && Number.isFinite(value)) out[field] = new Big(value).toFixed();
    else if (typeof value === 'string') out[field] = value;
    else throw new InputError(field, `must be text or a number, got ${shown(value)}`);
  }
  return out;
}
