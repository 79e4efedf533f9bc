// Sizes a contract accepts: smallest size, increment, and the customary lot, in exact decimals.
import Big from 'big.js';
import { type Finding, reject, warn } from '../orders/guards/finding.js';
import { InputError } from './input-error.js';
import type { SnapMode } from './price-grid.js';

/** As contractDetails gives them. Absent: nothing is known, nothing is checked. */
export interface SizeRules {
  readonly minSize?: string | number;
  readonly sizeIncrement?: string | number;
  readonly suggestedSizeIncrement?: string | number;
}

/** The nearest size that passes, or undefined when rounding down leaves less than the smallest. Default mode: down. */
export function snapSize(size: string | number | Big, rules: SizeRules, mode: SnapMode = 'down'): Big | undefined {
  const exact = number('size', size);
  const least = known('minSize', rules.minSize);
  const step = known('sizeIncrement', rules.sizeIncrement);
  const rounded = step === undefined ? exact : multiple(exact, step, mode);
  if (rounded.lte(0) || (least !== undefined && rounded.lt(least))) {
    if (mode !== 'up' || least === undefined) return undefined;
    return step === undefined ? least : multiple(least, step, 'up');
  }
  return rounded;
}

// Exact: a remainder is never rounded, a quotient would be.
function multiple(size: Big, step: Big, mode: SnapMode): Big {
  const over = size.mod(step);
  const below = size.minus(over);
  const up = mode === 'up' ? over.gt(0) : mode === 'nearest' && over.times(2).gte(step);
  return up ? below.plus(step) : below;
}

/** Says whether a size passes, and which would. An odd lot is a warning. */
export function checkSize(size: string | number | Big, rules: SizeRules): readonly Finding[] {
  const exact = number('size', size);
  const [least, step, lot] = [
    known('minSize', rules.minSize),
    known('sizeIncrement', rules.sizeIncrement),
    known('suggestedSizeIncrement', rules.suggestedSizeIncrement),
  ];
  const facts = {
    size: exact.toFixed(),
    ...(least !== undefined && { minSize: least.toFixed() }),
    ...(step !== undefined && { sizeIncrement: step.toFixed() }),
    ...(lot !== undefined && { suggestedSizeIncrement: lot.toFixed() }),
  };
  const passing = (mode: SnapMode): string => snapSize(exact, rules, mode)?.toFixed() ?? 'none';
  if (least !== undefined && exact.lt(least)) {
    return [
      reject(
        'LOT-SIZE',
        `size ${exact.toFixed()} is below the smallest size ${least.toFixed()}`,
        `order ${passing('up')}`,
        facts,
      ),
    ];
  }
  if (step !== undefined && !isMultiple(exact, step)) {
    const remedy = `order ${passing('down')} or ${passing('up')}`;
    return [reject('LOT-SIZE', `size ${exact.toFixed()} is not a multiple of ${step.toFixed()}`, remedy, facts)];
  }
  // Where an increment is told, sizes between customary lots trade on the same book.
  if (step === undefined && lot !== undefined && !isMultiple(exact, lot)) {
    return [
      warn(
        'ODD-LOT',
        `size ${exact.toFixed()} is not a multiple of the customary lot ${lot.toFixed()}`,
        `multiples of ${lot.toFixed()}`,
        facts,
      ),
    ];
  }
  return [];
}

function isMultiple(size: Big, step: Big): boolean {
  return size.mod(step).eq(0);
}

function known(field: string, value: string | number | undefined): Big | undefined {
  if (value === undefined || value === '') return undefined;
  const exact = number(field, value);
  return exact.gt(0) ? exact : undefined;
}

function number(field: string, value: string | number | Big): Big {
  try {
    return new Big(value);
  } catch {
    throw new InputError(field, 'must be a decimal number');
  }
}
