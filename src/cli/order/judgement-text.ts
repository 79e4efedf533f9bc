// A judgement in words: what speaks against the order, why, what would pass, and where the rule comes from.

import type { MarginChange, OrderPreview } from '../../client/orders/send/preview.js';
import { visibleText } from '../../protocol/visible-text.js';
import type { Decision } from '../../rules/types.js';
import { bad, bold, change, dim, figure, good, heading, right, table, warn, wrapped } from '../print.js';
import { shownLength } from '../terminal-text.js';
import type { Judgement, Remark } from './judge.js';
import type { Ticket } from './ticket.js';

const MARKS: Readonly<Record<Remark['severity'], string>> = { reject: bad('✗'), warn: warn('!'), info: dim('·') };

/** The whole of it, the verdict first. */
export function judgementText(ticket: Ticket, judged: Judgement, columns: number): string {
  const width = Math.min(100, Math.max(40, columns - 14));
  return [
    heading(ticket.text),
    ...verdictLines(judged, columns),
    ...judged.remarks.flatMap((remark) => ['', ...remarkLines(remark, width)]),
    ...(judged.refusal === undefined ? [] : ['', ...refusalLines(judged.refusal, width)]),
    ...(judged.whatIf === undefined ? [] : [whatIfText(judged.whatIf, judged.baseCurrency)]),
  ].join('\n');
}

function verdictLines(
  { decision, remarks, judgedAs, accountType, kindFrom, refusal }: Judgement,
  columns: number,
): readonly string[] {
  const count = (severity: Remark['severity'], what: string): string => {
    const many = remarks.filter((remark) => remark.severity === severity).length;
    return `${many} ${what}${many === 1 ? '' : 's'}`;
  };
  const words: Readonly<Record<Decision, () => string>> = {
    accept: () => (refusal === undefined ? good('Nothing speaks against it') : bad('The rules allow it, the gateway does not')),
    warn: () => warn(`It may be sent, with ${count('warn', 'warning')}`),
    reject: () => bad(`It will not be sent: ${count('reject', 'reason')}`),
  };
  const kind = judgedAs === undefined ? 'account kind unknown' : `judged as ${judgedAs}`;
  const type = accountType === undefined ? '' : `, account type ${visibleText(accountType)}`;
  const basis = kindFrom === 'numbers' ? ', its buying power shows that it borrows' : '';
  const said = `  ${words[decision]()}`;
  const why = `${kind}${type}${basis}; --kind says how it is financed`;
  if (shownLength(said) + 2 + why.length <= columns) return [`${said}  ${dim(why)}`];
  return [said, ...wrapped(why, columns - 2).map((line) => `  ${dim(line)}`)];
}

function remarkLines(remark: Remark, width: number): readonly string[] {
  const { code, severity, message, remedy, about, source } = remark;
  return [
    `  ${MARKS[severity]} ${bold(code)}`,
    ...part('what', message, width),
    ...(about === undefined ? [] : part('why', about, width)),
    ...part('passes', remedy, width),
    ...(source === undefined ? [] : part('source', source, width)),
  ];
}

function refusalLines({ code, text }: NonNullable<Judgement['refusal']>, width: number): readonly string[] {
  return [`  ${bad('✗')} ${bold(`gateway ${code}`)}`, ...part('what', text, width)];
}

/** A labelled paragraph. */
function part(label: string, text: string, width: number): readonly string[] {
  const lines = wrapped(text, width);
  return lines.map((line, i) => `    ${dim((i === 0 ? label : '').padEnd(8))}${line}`);
}

function whatIfText(preview: OrderPreview, baseCurrency: string): string {
  const currency = preview.marginCurrency ?? baseCurrency;
  const row = (name: string, margin: MarginChange): readonly unknown[] => [
    name,
    figure(margin.before, 2),
    change(margin.change, 2),
    figure(margin.after, 2),
    currency,
  ];
  const { amount, min, max } = preview.commission;
  const of = visibleText(preview.commissionCurrency ?? currency);
  const commission =
    amount !== undefined
      ? `${figure(amount, 2)} ${of}`
      : min === undefined || max === undefined
        ? 'not told'
        : `${figure(min, 2)} to ${figure(max, 2)} ${of}`;
  return [
    heading('What the gateway says', 'what-if: nothing was sent to the market'),
    table(
      ['', right('before'), right('change'), right('after'), 'currency'],
      [
        row('initial margin', preview.initMargin),
        row('maintenance margin', preview.maintMargin),
        row('equity with loan', preview.equityWithLoan),
      ],
    ),
    `  commission  ${commission}`,
    ...(preview.suggestedSize === undefined || preview.suggestedSize.eq(0)
      ? []
      : [`  suggested size  ${figure(preview.suggestedSize)}`]),
    ...(preview.warningText === undefined ? [] : [`  ${warn(visibleText(preview.warningText))}`]),
    ...(preview.rejectReason === undefined ? [] : [`  ${bad(visibleText(preview.rejectReason))}`]),
  ].join('\n');
}
