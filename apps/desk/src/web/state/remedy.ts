// What the remedy of a finding comes to in the ticket, where the finding tells a value that would pass.

import type { ShownFinding } from '../../problem.js';

/** The fields that a remedy can fill. */
export interface Filled {
  readonly quantity: string;
  readonly price: string;
  readonly stop: string;
  readonly trailStop: string;
  readonly take: string;
  readonly loss: string;
}

export interface Remedy {
  readonly words: string;
  readonly change: Partial<Filled>;
}

const POSITIVE = /^(?!0+(\.0+)?$)\d+(\.\d+)?$/;
const PRICES = [
  ['price', 'price'],
  ['stop', 'stop price'],
  ['trailStop', 'first stop'],
  ['take', 'take profit'],
  ['loss', 'stop loss'],
] as const;

const same = (a: string, b: string | undefined): boolean => a !== '' && b !== undefined && Number(a) === Number(b);

export function remediesOf({ code, facts, severity }: ShownFinding, fields: Filled): readonly Remedy[] {
  if (severity !== 'reject') return [];
  const most = facts['maxQuantity'] ?? (code === 'MAX-QUANTITY' ? facts['cap'] : undefined);
  const [field, name] = PRICES.find(([one]) => same(fields[one], facts['price'])) ?? [];
  const good = field === undefined ? [] : [facts['lower'] ?? facts['low'], facts['upper'] ?? facts['high']];
  return [
    ...(most !== undefined && POSITIVE.test(most) ? [{ words: `Set quantity to ${most}`, change: { quantity: most } }] : []),
    ...good.flatMap((value) =>
      field === undefined || value === undefined || !POSITIVE.test(value)
        ? []
        : [{ words: `Set ${name} to ${value}`, change: { [field]: value } }],
    ),
  ];
}
