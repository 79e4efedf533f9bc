/** What a trade costs: the broker's fixed plan in round figures, with the regulatory fees of US stock sales. */
import type { Instrument, SecType } from '../world/instrument.js';
import { type Cash, cashNumber, cashOf, greater, type Quantity, quantityNumber } from './amount.js';

interface Plan {
  readonly perUnit?: number;
  /** Share of the traded value. */
  readonly rate?: number;
  readonly minimum: number;
  /** Never more than this share of the value. */
  readonly cap?: number;
}

const FREE: Plan = { minimum: 0 };
const STOCK: Readonly<Record<string, Plan>> = {
  USD: { perUnit: 0.005, minimum: 1, cap: 0.01 },
  CAD: { perUnit: 0.01, minimum: 1, cap: 0.005 },
  EUR: { rate: 0.0005, minimum: 3 },
  GBP: { rate: 0.0005, minimum: 3 },
  CHF: { rate: 0.0005, minimum: 5 },
  HKD: { rate: 0.0008, minimum: 18 },
  JPY: { rate: 0.0008, minimum: 80 },
  KRW: { rate: 0.0008, minimum: 2000 },
};
const OTHER_STOCK: Plan = { rate: 0.0008, minimum: 2 };
const PLANS: Partial<Readonly<Record<SecType, Plan>>> = {
  OPT: { perUnit: 0.65, minimum: 1 },
  FOP: { perUnit: 1.5, minimum: 0 },
  FUT: { perUnit: 2.25, minimum: 0 },
  CASH: { rate: 0.00002, minimum: 2 },
  CRYPTO: { rate: 0.0018, minimum: 1.75, cap: 0.01 },
  BOND: { rate: 0.001, minimum: 1 },
  FUND: FREE,
  IND: FREE,
  CMDTY: { rate: 0.00015, minimum: 2 },
  CFD: { perUnit: 0.005, minimum: 1 },
};

/** A micro future is a tenth of its parent. */
const MICRO: Plan = { perUnit: 0.62, minimum: 0 };

function planOf(instrument: Instrument): Plan {
  if (instrument.secType === 'STK' || instrument.secType === 'WAR') return STOCK[instrument.currency] ?? OTHER_STOCK;
  if (instrument.secType === 'FUT' && instrument.multiplier <= 10) return MICRO;
  return PLANS[instrument.secType] ?? OTHER_STOCK;
}

/** Currency the commission is charged in. */
export function commissionCurrency(instrument: Instrument): string {
  return instrument.secType === 'CASH' ? 'USD' : instrument.currency;
}

// Read back from recorded reports: 1 share bought 1.000003; 1 sold at 309.15 1.006566.
const AUDIT_TRAIL_PER_SHARE = 0.000003;
const SEC_RATE = 0.0000206;
const TAF_PER_SHARE = 0.000195;

/** What an order has been charged so far; the minimum falls on its first execution. */
export interface Charged {
  readonly quantity: Quantity;
  readonly value: Cash;
  readonly broker: Cash;
}

export const nothingCharged: Charged = { quantity: 0n, value: 0n, broker: 0n };

/** Commission of one execution, given what the order was charged before, and the sum after it. `value` is unsigned. */
export function commissionOf(
  instrument: Instrument,
  isSell: boolean,
  quantity: Quantity,
  value: Cash,
  before: Charged,
): { readonly commission: Cash; readonly after: Charged } {
  const plan = planOf(instrument);
  const allQuantity = before.quantity + quantity;
  const allValue = before.value + value;
  const worth = Math.abs(cashNumber(allValue));
  const plain = Math.max(plan.minimum, quantityNumber(allQuantity) * (plan.perUnit ?? 0) + worth * (plan.rate ?? 0));
  const broker = cashOf(plan.cap === undefined ? plain : Math.min(plain, worth * plan.cap));
  const total = greater(broker, before.broker);
  const fees = regulatoryFees(instrument, isSell, quantity, value);
  return { commission: total - before.broker + fees, after: { quantity: allQuantity, value: allValue, broker: total } };
}

function regulatoryFees(instrument: Instrument, isSell: boolean, quantity: Quantity, value: Cash): Cash {
  if (instrument.secType !== 'STK' || instrument.currency !== 'USD') return 0n;
  const shares = quantityNumber(quantity);
  const sale = isSell ? Math.abs(cashNumber(value)) * SEC_RATE + shares * TAF_PER_SHARE : 0;
  return cashOf(Math.round((shares * AUDIT_TRAIL_PER_SHARE + sale) * 1e6) / 1e6);
}
