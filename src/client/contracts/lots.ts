// Sizes a contract accepts: smallest size, increment, and the customary lot, in exact decimals.
import Big from 'big.js';
import type { Finding } from '../../rules/finding.js';
import { say } from '../../rules/guards/guard.js';
import { InputError } from '../input/input-error.js';
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
  const quantity = exact.toFixed();
  const [down, up] = [snapSize(exact, rules, 'down')?.toFixed(), snapSize(exact, rules, 'up')?.toFixed()];
  if (least !== undefined && exact.lt(least)) return [say('LOT-SIZE', { quantity, minSize: least.toFixed(), ceilOnly: up })];
  if (step !== undefined && !isMultiple(exact, step)) {
    const between = down === undefined ? { ceilOnly: up } : { floor: down, ceil: up };
    return [say('LOT-SIZE', { quantity, lot: step.toFixed(), ...between })];
  }
  // Where an increment is told, sizes between customary lots trade on the same book.
  if (step === undefined && lot !== undefined && !isMultiple(exact, lot))
    return [say('ODD-LOT', { size: quantity, lot: lot.toFixed() })];
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
