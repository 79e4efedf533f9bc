// What a chain is: a title, the kinds of account it is lawful in, how the account begins, and steps in lines.

import type { Kind, Start } from './play.js';
import type { Step } from './steps.js';

export type Chain = readonly [title: string, kinds: readonly Kind[], start: Start, ...lines: (readonly Step[])[]];

export const MARGIN: readonly Kind[] = ['reg-t'];
/** Where American options may cover each other. */
export const SPREADS: readonly Kind[] = [...MARGIN, 'ira-margin'];
export const NOT_IRA_CASH: readonly Kind[] = [...SPREADS, 'cash'];
/** Of combinations with shares no margin is told by a what-if. */
export const WITHOUT_LOAN: readonly Kind[] = ['ira-margin', 'cash', 'ira-cash'];
export const EVERY: readonly Kind[] = [...NOT_IRA_CASH, 'ira-cash'];
/** In portfolio margin nothing is estimated: each order is asked for, and none while another opens. */
export const ALSO_PORTFOLIO: readonly Kind[] = [...EVERY, 'portfolio-margin'];
