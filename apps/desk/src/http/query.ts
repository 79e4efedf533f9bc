// A query as the input of a command: text becomes what the schema wants; everything else is left for the schema to refuse.

import * as z from 'zod';

type Reader = (value: unknown) => unknown;

interface Property {
  readonly type?: string;
  readonly items?: Property;
}

const asNumber: Reader = (value) => (typeof value === 'string' && /^-?\d{1,15}(\.\d+)?$/.test(value) ? Number(value) : value);
const asBoolean: Reader = (value) => (value === 'true' ? true : value === 'false' ? false : value);
const asIs: Reader = (value) => value;

function readerOf({ type, items }: Property): Reader {
  switch (type) {
    case 'integer':
    case 'number':
      return asNumber;
    case 'boolean':
      return asBoolean;
    case 'array': {
      const read = readerOf(items ?? {});
      return (value) => (Array.isArray(value) ? value : [value]).map(read);
    }
    default:
      return asIs;
  }
}

export function queryReader(input: z.ZodObject): (query: Readonly<Record<string, unknown>>) => unknown {
  const { properties = {} } = z.toJSONSchema(input, { io: 'input' }) as { readonly properties?: Record<string, Property> };
  const readers = new Map(Object.entries(properties).map(([name, property]) => [name, readerOf(property)]));
  return (query) => {
    const read: Record<string, unknown> = {};
    for (const name of Object.keys(query)) read[name] = (readers.get(name) ?? asIs)(query[name]);
    return read;
  };
}
