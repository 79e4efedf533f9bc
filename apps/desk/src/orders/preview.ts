// What an order would do, before anybody decides: guards, account rules, what-if, the quote with its age, and the worst of it.

import Big from 'big.js';
import { type Confirmations, explain, GatewayError, type OrderGroup, type OrderPreview } from 'ibwire';
import type { Finding } from 'ibwire/rules';
import { iso, type Timer } from '../clock.js';
import type { ShownFinding } from '../problem.js';
import type { Connected } from '../session/connection.js';
import type { QuoteLines } from '../session/quote-lines.js';
import type { Settings } from '../settings.js';
import type { Draft, PreviewOut } from './record.js';
import { groupOf } from './terms.js';

export interface Previewed {
  readonly shown: PreviewOut;
  /** The broker's own answer, which the account rules count when the order leaves. */
  readonly answer: OrderPreview | undefined;
}

export type Asked = Pick<Draft, 'contract' | 'terms' | 'exits'>;

export interface Previewer {
  preview(connected: Connected, draft: Asked, signal?: AbortSignal): Promise<Previewed>;
  /** Opens the quotes that limits read: the instrument's, and the pair that turns its money into the owner's. */
  watch(connected: Connected, contract: Draft['contract']): Promise<void>;
}

export interface PreviewParts {
  readonly lines: QuoteLines;
  readonly settings: Settings;
  readonly timer: Timer;
  readonly confirm: () => Confirmations;
}

export const shownFinding = ({ code, severity, message, remedy, facts }: Finding): ShownFinding => ({
  code,
  severity,
  message,
  remedy,
  facts: { ...facts },
});

const isRejected = (findings: readonly { readonly severity: string }[]): boolean =>
  findings.some(({ severity }) => severity === 'reject');

/** How long a quote may take to come before the preview goes on without. */
const QUOTE_MS = 3_000;

const refusal = (code: string, message: string, remedy: string, facts: Record<string, string> = {}): ShownFinding => ({
  code,
  severity: 'reject',
  message,
  remedy,
  facts,
});

function whatIfRefusal(error: unknown): ShownFinding {
  if (error instanceof GatewayError) {
    const words = explain(error.errorCode, { text: error.text, isOrder: true });
    return refusal('WHATIF-REFUSED', `The broker would refuse this order: ${words.meaning}`, words.remedy, {
      code: String(error.errorCode),
      text: error.text,
    });
  }
  return refusal('WHATIF-UNTOLD', 'The broker did not say what this order would do to margin.', 'Draft it again in a moment.');
}

/** The orders that leave together; undefined for one alone. */
export const groupFor = ({ terms, exits }: Pick<Draft, 'terms' | 'exits'>): OrderGroup | undefined =>
  exits === undefined ? undefined : groupOf(terms, exits);

/** A token for exactly this draft: a bracket is confirmed as a whole. */
export function tokenFor(confirm: Confirmations, { contract, terms, exits }: Asked): string {
  const group = groupFor({ terms, exits })?.members.map(({ order }) => ({ contract, order }));
  return confirm.request({ contract, order: terms, ...(group === undefined ? {} : { group }) }).token;
}

const text = (value: Big | undefined): string | undefined => value?.toFixed();

export function createPreviewer({ lines, settings, timer, confirm }: PreviewParts): Previewer {
  const watch = async ({ ib }: Connected, contract: Draft['contract']): Promise<void> => {
    const { currency: own } = settings.limits;
    const wanted = [lines.of(ib, contract).first(QUOTE_MS)];
    if (contract.currency !== undefined && contract.currency !== own && contract.secType !== 'CASH') {
      const pairs = [
        { symbol: contract.currency, currency: own },
        { symbol: own, currency: contract.currency },
      ].map((pair) => ({ secType: 'CASH', exchange: 'IDEALPRO', ...pair }));
      const found = (await ib.contracts.qualifyMany(pairs)).find((one) => one.at === 'found');
      if (found?.at === 'found') wanted.push(lines.of(ib, found.contract).first(QUOTE_MS));
    }
    // Without a price the limits that need one refuse by themselves.
    await Promise.all(wanted.map((one) => one.catch(() => {})));
  };
  return {
    watch,
    async preview(connected, draft, signal) {
      const { ib } = connected;
      const { contract, terms } = draft;
      await watch(connected, contract);
      const group = groupFor(draft);
      const call = { token: tokenFor(confirm(), draft), signal, timeout: 10_000 };
      const judge = async (more: object): Promise<ShownFinding[]> => {
        const how = { ...call, ...more };
        const found = group === undefined ? ib.orders.judge(contract, terms, how) : ib.orders.judgeGroup(contract, group, how);
        return onceEach((await found).map(shownFinding));
      };
      let findings = await judge({});
      let answer: OrderPreview | undefined;
      if (!isRejected(findings)) {
        try {
          // A broker answers what-ifs of single orders: of a bracket it is asked about the entry, which opens.
          answer = await ib.orders.preview(contract, terms, { signal, timeout: 10_000 });
          findings = await judge({ preview: answer });
          if (answer.rejectReason !== undefined)
            findings.push(
              refusal('WHATIF-REFUSED', 'The broker would refuse this order.', 'Change the order.', {
                text: answer.rejectReason,
              }),
            );
        } catch (error) {
          if (signal?.aborted === true) throw error;
          findings.push(whatIfRefusal(error));
        }
      }
      const quote = lines.known(contract.conId)?.shown(timer.now());
      const head = { at: iso(timer), passes: !isRejected(findings), findings };
      return { shown: { ...head, ...numbersOf(answer, terms, quote, settings) } as PreviewOut, answer };
    },
  };
}

/** What is found of each member of a bracket alike is said once. */
function onceEach(findings: readonly ShownFinding[]): ShownFinding[] {
  const seen = new Set<string>();
  return findings.filter((one) => {
    const key = JSON.stringify(one);
    return !seen.has(key) && seen.add(key);
  });
}

function numbersOf(
  answer: OrderPreview | undefined,
  terms: Draft['terms'],
  quote: PreviewOut['quote'],
  settings: Settings,
): Omit<PreviewOut, 'at' | 'passes' | 'findings'> {
  const room = new Big(1).plus(new Big(settings.limits.worseByPercent).div(100));
  const margin = {
    initial: text(answer?.initMargin.change),
    maintenance: text(answer?.maintMargin.change),
    currency: answer?.marginCurrency,
  };
  const amount = answer?.commission.amount;
  const most = answer?.commission.max ?? amount;
  const side = terms.action === 'BUY' ? (quote?.ask ?? quote?.last) : (quote?.bid ?? quote?.last);
  const isBounded = terms.lmtPrice !== undefined && terms.orderType !== 'MKT' && terms.orderType !== 'STP';
  const quoted = side === undefined ? undefined : terms.action === 'BUY' ? new Big(side).times(room) : new Big(side).div(room);
  const worst = isBounded ? new Big(terms.lmtPrice ?? 0) : quoted;
  const change = answer?.initMargin.change;
  const given = <T extends Record<string, string | undefined>>(of: T): { [K in keyof T]?: string } =>
    Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: string };
  return {
    ...(quote === undefined ? {} : { quote }),
    margin: given(margin),
    commission: given({ amount: text(amount), most: text(most), currency: answer?.commissionCurrency }),
    worst: given({
      price: text(worst?.round(6)),
      initialMargin:
        change === undefined
          ? undefined
          : text((change.gt(0) ? change.times(room) : change.plus(change.abs().times(room.minus(1)))).round(6)),
      commission: most === undefined ? undefined : text(most.times(room).round(6)),
    }),
    ...(answer?.warningText === undefined ? {} : { warning: { untrusted: answer.warningText } }),
  };
}

/** In which points a fresh preview is worse than what was shown; empty: the approval still covers it. */
export function worsened(shown: PreviewOut, fresh: PreviewOut, action: string): readonly string[] {
  const known = new Set(shown.findings.map(({ code, severity }) => `${code} ${severity}`));
  const news = fresh.findings
    .filter(({ code, severity }) => !known.has(`${code} ${severity}`))
    .map(({ code }) => `finding ${code}`);
  const beyond = (name: string, limit: string | undefined, value: string | undefined, isWorse: (a: Big, b: Big) => boolean) => {
    if (value === undefined) return limit === undefined ? [] : [`${name} is no longer told`];
    return limit !== undefined && isWorse(new Big(value), new Big(limit)) ? [`${name} ${value} is beyond ${limit}`] : [];
  };
  const price =
    fresh.quote === undefined
      ? undefined
      : action === 'BUY'
        ? (fresh.quote.ask ?? fresh.quote.last)
        : (fresh.quote.bid ?? fresh.quote.last);
  const isMarket = shown.worst.price !== undefined && fresh.worst.price !== shown.worst.price;
  return [
    ...news,
    ...(isMarket ? beyond('price', shown.worst.price, price, (a, b) => (action === 'BUY' ? a.gt(b) : a.lt(b))) : []),
    ...beyond('initial margin', shown.worst.initialMargin, fresh.margin.initial, (a, b) => a.gt(b)),
    ...beyond('commission', shown.worst.commission, fresh.commission.most, (a, b) => a.gt(b)),
  ];
}
