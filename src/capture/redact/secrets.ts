// Which fields of the tables hold what a capture must not give away.
import type { Codec } from '../../protocol/schema/codecs.js';
import type { MessageTable } from '../../protocol/schema/message.js';
import type { Rows } from '../../protocol/schema/rows.js';
import type { Redaction } from '../format.js';

/** By the last name of a field's path. */
const SECRET: Readonly<Record<string, Redaction>> = {
  account: 'account',
  accountID: 'account',
  accountName: 'account',
  accountsList: 'account',
  acctCode: 'account',
  acctNumber: 'account',
  clearingAccount: 'account',
  customerAccount: 'account',
  deltaNeutralClearingAccount: 'account',
  familyCodeStr: 'account',
  apiData: 'name',
  extOperator: 'name',
  faGroup: 'name',
  faProfile: 'name',
  group: 'name',
  mifid2DecisionMaker: 'name',
  mifid2ExecutionTrader: 'name',
  modelCode: 'name',
  opaqueIsvKey: 'name',
  shareholder: 'name',
  submitter: 'name',
  trustedIPs: 'name',
  whiteBrandingId: 'name',
  xyzChallenge: 'name',
  xyzResponse: 'name',
  orderRef: 'orderRef',
};

/** Advisor data: groups, aliases and accounts stand inside as elements and attributes. */
const MARKUP: ReadonlySet<string> = new Set(['receiveFA.xml', 'replaceFA.cxml']);

/** What a `value` is beside these words in `tag` or `key`. */
const BESIDE: Readonly<Record<string, Redaction>> = {
  AccountAlias: 'name',
  AccountCode: 'account',
  AccountOrGroup: 'name', // or an account, which is told by its looks
};

/**
 * Words and instants of the market and the gateway, by the last name of the path: nothing of the user stands in them, and a
 * group that is called USD must not make the currency of every price unreadable.
 */
const VOCABULARY: ReadonlySet<string> = new Set([
  'action',
  'adjustedOrderType',
  'articleId',
  'barSizeSetting',
  'bboExchange',
  'currency',
  'cusip',
  'date',
  'derivativeSecTypes',
  'durationStr',
  'endDateStr',
  'endDateTime',
  'exchange',
  'exchangeLetter',
  'execId',
  'expirations',
  'formattedBasisPoints',
  'futureLastTradeDate',
  'hasGaps',
  'headTimestamp',
  'key',
  'lastPricePrecision',
  'lastSizePrecision',
  'lastTradeDate',
  'lastTradeDateOrContractMonth',
  'liquidHours',
  'listingExch',
  'localSymbol',
  'marketMaker',
  'marketRuleIds',
  'multiplier',
  'orderType',
  'orderTypes',
  'primaryExchange',
  'providerCode',
  'refDate',
  'right',
  'secId',
  'secIdType',
  'secType',
  'serviceDataType',
  'side',
  'specialConditions',
  'startDateStr',
  'startDateTime',
  'status',
  'symbol',
  'tag',
  'tags',
  'tickType',
  'tif',
  'time',
  'timeStamp',
  'timeZone',
  'timeZoneId',
  'tradingClass',
  'tradingHours',
  'underSecType',
  'underSymbol',
  'underlyingSymbol',
  'validExchanges',
  'whatToShow',
]);

/** What is done with a field: it is a secret, it holds some, it holds none, or it is free text that may hold some. */
export type Role = Redaction | 'markup' | 'vocabulary' | 'text';

/** Values that mean something to the server and nobody in particular. */
const PUBLIC: ReadonlySet<string> = new Set(['', 'All', 'ALL', '*']);

/** What a field is by its name alone. */
export function secretOf(leaf: string): Redaction | undefined {
  return SECRET[leaf];
}

/** `beside`: the `tag` or `key` of the same record, where there is one. */
export function roleOf(kind: string, leaf: string, beside: string | undefined): Role {
  const secret = secretOf(leaf) ?? (leaf === 'value' && beside !== undefined ? BESIDE[beside] : undefined);
  if (secret !== undefined) return secret;
  if (MARKUP.has(`${kind}.${leaf}`)) return 'markup';
  return VOCABULARY.has(leaf) ? 'vocabulary' : 'text';
}

export function isPublic(value: string): boolean {
  return PUBLIC.has(value);
}

const withText = new Map<MessageTable, boolean>();

/** False for kinds that hold numbers and vocabulary alone: most traffic is of these. */
export function holdsText(table: MessageTable): boolean {
  const known = withText.get(table);
  if (known !== undefined) return known;
  const holds = hasText(table.kind, table.rows);
  withText.set(table, holds);
  return holds;
}

function hasText(kind: string, rows: Rows): boolean {
  return Object.entries(rows).some(([name, row]) => {
    switch (row.row) {
      case 'field':
      case 'scalars':
        return isTextual(row.codec) && roleOf(kind, name, undefined) !== 'vocabulary';
      case 'tags':
        return true;
      default:
        return hasText(kind, row.record.rows);
    }
  });
}

function isTextual(codec: Codec<unknown>): boolean {
  return codec.read === 'text' || codec.read === 'escaped';
}
