// Every rule, in two stages: what is malformed ends the check; the rest is reported in full.
import { currencyDebit } from './cash/currency-debit.js';
import { debit } from './cash/debit.js';
import { fopMargin } from './cash/fop-margin.js';
import { fopNeedsWhatIf } from './cash/fop-needs-whatif.js';
import { futuresMargin } from './cash/futures-margin.js';
import { nonStandard } from './cash/nonstandard.js';
import { putUnsecured } from './cash/put-unsecured.js';
import { shortOther } from './cash/short-other.js';
import { shortStock } from './cash/short-stock.js';
import { spreadStyle } from './cash/spread-style.js';
import { spreadUnfunded } from './cash/spread-unfunded.js';
import { uncoveredCall } from './cash/uncovered-call.js';
import { unsettled } from './cash/unsettled.js';
import type { Rule } from './context.js';
import { accountMismatch } from './guards/account-mismatch.js';
import { accountMissing } from './guards/account-missing.js';
import { accountUnknown } from './guards/account-unknown.js';
import { confirmation } from './guards/confirmation.js';
import { contractDetailsMissing } from './guards/contract-details-missing.js';
import { contractExpired } from './guards/contract-expired.js';
import { contractUnknown } from './guards/contract-unknown.js';
import { corporateAction } from './guards/corporate-action.js';
import { duplicateOrder } from './guards/duplicate-order.js';
import { contractContradicted, fieldUnjudged } from './guards/field-unjudged.js';
import { fractional } from './guards/fractional.js';
import { fxOddLot } from './guards/fx-odd-lot.js';
import { hoursClosed } from './guards/hours-closed.js';
import { lotSize } from './guards/lot-size.js';
import { maxNotional } from './guards/max-notional.js';
import { maxQuantity } from './guards/max-quantity.js';
import { orderInvalid } from './guards/order-invalid.js';
import { priceCollar } from './guards/price-collar.js';
import { priceInvalid } from './guards/price-invalid.js';
import { priceTick } from './guards/price-tick.js';
import { priceUnknown } from './guards/price-unknown.js';
import { quantityInvalid } from './guards/quantity-invalid.js';
import { readOnly } from './guards/read-only.js';
import { restricted } from './guards/restricted.js';
import { snapshotStale } from './guards/snapshot-stale.js';
import { tooComplex } from './guards/too-complex.js';
import { assignment } from './ira/assignment.js';
import { cashForeign } from './ira/cash-foreign.js';
import { crypto } from './ira/crypto.js';
import { mlp } from './ira/mlp.js';
import { product } from './ira/product.js';
import { ptp } from './ira/ptp.js';
import { washSale } from './ira/wash-sale.js';
import { crossZero } from './margin/cross-zero.js';
import { cryptoShort } from './margin/crypto-short.js';
import { marginFunds } from './margin/funds.js';
import { intradayDeficit } from './margin/intraday-deficit.js';
import { minEquity } from './margin/min-equity.js';
import { needsWhatIf } from './margin/needs-whatif.js';
import { noLocate } from './margin/no-locate.js';
import { pdtFourth } from './margin/pdt-fourth.js';
import { pdtLimit } from './margin/pdt-limit.js';
import { pmMinEquity } from './margin/pm-min-equity.js';
import { ptpWithholding } from './margin/ptp-withholding.js';

/** Rules on the shape of account and order: when one of `endingRules` speaks, nothing further can be computed. */
export const shapeRules: readonly Rule[] = [readOnly, accountMissing, accountMismatch, fieldUnjudged, contractContradicted];
export const endingRules: readonly Rule[] = [accountUnknown, orderInvalid, contractUnknown, quantityInvalid, priceInvalid];

/** All other rules. */
export const judgingRules: readonly Rule[] = [
  snapshotStale,
  contractDetailsMissing,
  contractExpired,
  priceUnknown,
  priceTick,
  lotSize,
  fractional,
  maxQuantity,
  maxNotional,
  priceCollar,
  duplicateOrder,
  restricted,
  hoursClosed,
  confirmation,
  corporateAction,
  fxOddLot,
  tooComplex,
  shortStock,
  shortOther,
  debit,
  currencyDebit,
  unsettled,
  uncoveredCall,
  putUnsecured,
  spreadUnfunded,
  spreadStyle,
  futuresMargin,
  fopNeedsWhatIf,
  fopMargin,
  nonStandard,
  mlp,
  ptp,
  cashForeign,
  product,
  crypto,
  assignment,
  washSale,
  marginFunds,
  needsWhatIf,
  noLocate,
  minEquity,
  pmMinEquity,
  crossZero,
  cryptoShort,
  ptpWithholding,
  pdtLimit,
  pdtFourth,
  intradayDeficit,
];
