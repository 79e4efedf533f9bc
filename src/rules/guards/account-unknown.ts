// ACCOUNT-UNKNOWN: the kind of account decides the rules, so it is never guessed.
import type { Rule } from '../context.js';
import { finding } from '../finding.js';
import { shown } from '../naming.js';

export const accountUnknown: Rule = {
  codes: ['ACCOUNT-UNKNOWN'],
  judge: ({ snapshot }) =>
    snapshot.kind === undefined ? [finding('ACCOUNT-UNKNOWN', { accountType: shown(snapshot.account.accountType ?? '') })] : [],
};
