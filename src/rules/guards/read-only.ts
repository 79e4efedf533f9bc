// READ-ONLY: nothing leaves, exits and what-if included.
import type { Rule } from '../context.js';
import { finding } from '../finding.js';

export const readOnly: Rule = {
  codes: ['READ-ONLY'],
  judge: ({ snapshot }) => (snapshot.policy.readOnly ? [finding('READ-ONLY', {})] : []),
};
