// What a retirement account may not hold, or is warned of.
import { exposure } from '../facts/assignment.js';
import { isTaxedAsPartnership, partnershipReason } from '../facts/partnership.js';
import { each, row } from './row.js';

const IRA = 'ira-cash, ira-margin';
/** Days after a loss sale in which a purchase makes the loss void. */
const WASH_DAYS = 30;

export const iraRows = {
  'IRA-MLP': row({
    kinds: IRA,
    about: 'partnership units in a retirement account',
    message: '{symbol} is a partnership unit ({reason}); these are not held in retirement accounts here.',
    remedy: 'Choose a fund taxed as a corporation; a holding may be sold.',
    grade: 'A',
    source: 'broker knowledge base 188',
    judge: each((ask, { snapshot }) => {
      if (!ask.opens) return undefined;
      for (const contract of ask.contracts) {
        const reason = partnershipReason(contract, snapshot.policy.partnershipUnits);
        if (reason !== undefined) return { symbol: contract.symbol, reason };
      }
      return undefined;
    }),
  }),
  'IRA-PTP': row({
    severity: 'warn',
    kinds: IRA,
    about: 'a fund taxed as a partnership',
    message: '{symbol} is taxed as a partnership and may pass UBTI through; above 1000 USD a year the IRA files and pays.',
    remedy: 'Check with the fund before buying.',
    grade: 'C',
    source: 'IRC 511-514',
    judge: each((ask, { snapshot: { policy } }) => {
      if (!ask.opens) return undefined;
      const fund = ask.contracts.find(
        (one) => isTaxedAsPartnership(one, policy) && partnershipReason(one, policy.partnershipUnits) === undefined,
      );
      return fund && { symbol: fund.symbol };
    }),
  }),
  // Bringing another currency home is fine.
  'IRA-CASH-FOREIGN': row({
    kinds: 'ira-cash',
    about: 'another currency in a cash-type IRA',
    message: 'A cash-type IRA holds {base} only; this order needs or acquires {currency}.',
    remedy: 'Use a margin-type IRA, or enable other currencies by policy after checking.',
    grade: 'A',
    source: 'broker knowledge base 188, older text',
    judge: each(({ opens, contract, contracts, order }, { snapshot: { base, policy } }) => {
      if (policy.multiCurrency || !opens) return undefined;
      const wanted =
        contract.secType === 'CASH'
          ? [order.action === 'SELL' ? contract.currency : contract.symbol]
          : contracts.map((one) => one.currency);
      const currency = wanted.find((one) => one !== base);
      return currency === undefined ? undefined : { base, currency };
    }),
  }),
  'IRA-PRODUCT': row({
    kinds: IRA,
    about: 'contracts for difference and spot metal',
    message: '{secType} is not available in an IRA.',
    remedy: 'Choose the security itself or a fund.',
    grade: 'C',
    source: 'working knowledge',
    when: ['contractForDifference'],
    judge: each(({ opens, contracts }) => {
      const bad = opens ? contracts.find(({ secType }) => secType === 'CFD' || secType === 'CMDTY') : undefined;
      return bad && { secType: bad.secType };
    }),
  }),
  'IRA-CRYPTO': row({
    kinds: IRA,
    about: 'spot crypto',
    message: 'Spot crypto is not confirmed for this account.',
    remedy: 'Enable it by policy after checking.',
    when: ['coin'],
    judge: each(({ opens, contracts }, { snapshot }) =>
      !snapshot.policy.iraCrypto && opens && contracts.some(({ secType }) => secType === 'CRYPTO') ? {} : undefined,
    ),
  }),
  'IRA-ASSIGNMENT': row({
    severity: 'warn',
    kinds: IRA,
    about: 'early assignment of an American-style short option',
    message: [
      'Early assignment of {calls} calls on {underlying} would leave {shortShares} shares short; the broker would liquidate.',
      'Early assignment of the puts on {underlying} would cost {strikes} {currency} against {cash} {currency} of cash; the broker would liquidate.',
    ],
    remedy: 'Close before expiry or before the dividend date.',
    grade: 'A',
    source: 'broker knowledge base 1767 and 222',
    when: ['option', 'besideOptions'],
    judge: each((ask, { snapshot }) => {
      if (!ask.opens) return undefined;
      for (const underlying of new Set(ask.contracts.map((contract) => contract.underlying))) {
        const facts = exposure(underlying, ask, snapshot);
        if (facts !== undefined) return facts;
      }
      return undefined;
    }),
  }),
  'IRA-WASH-SALE': row({
    severity: 'warn',
    kinds: IRA,
    about: 'a purchase soon after a loss sale in a linked taxable account',
    message:
      '{symbol} was sold at a loss {daysAgo} days ago in a linked account: the loss is disallowed and the IRA basis does not rise.',
    remedy: 'Wait {wait} days.',
    grade: 'A',
    source: 'IRS Revenue Ruling 2008-5',
    when: ['lossSales'],
    judge: each(({ effects }, { snapshot }) => {
      const sales = snapshot.situation.linkedLossSales;
      if (!Array.isArray(sales)) return undefined;
      const bought = effects
        .flatMap((effect) => effect.changes)
        .filter(({ contract, quantity }) => contract.secType === 'STK' && quantity > 0n)
        .map(({ contract }) => contract.symbol);
      const recent = sales.filter((sale) => bought.includes(sale?.symbol) && sale.daysAgo >= 0 && sale.daysAgo <= WASH_DAYS);
      if (recent.length === 0) return undefined;
      const last = recent.reduce((a, b) => (b.daysAgo < a.daysAgo ? b : a));
      return { symbol: last.symbol, daysAgo: String(last.daysAgo), wait: String(WASH_DAYS + 1 - last.daysAgo) };
    }),
  }),
} as const;
