// No budgets: everything goes out at once. For replays and tests.

import type { Admission } from './session.js';

export function noAdmission(): Admission {
  return { admit: () => () => {}, count() {}, learn() {}, reset() {}, close() {} };
}
