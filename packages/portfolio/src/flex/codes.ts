// Error codes of the Flex Web Service: what to do about each.

export type FlexAction = { readonly at: 'wait'; readonly seconds: number } | { readonly at: 'give-up'; readonly why: string };

const wait = (seconds: number): FlexAction => ({ at: 'wait', seconds });
const giveUp = (why: string): FlexAction => ({ at: 'give-up', why });

export const FLEX_CODES: Readonly<Record<string, FlexAction>> = {
  1001: wait(10),
  1003: giveUp('the statement is not available: the data does not exist yet'),
  1004: wait(10),
  1005: wait(60),
  1006: wait(60),
  1007: wait(60),
  1008: wait(60),
  1009: wait(60),
  1010: giveUp('a legacy query: make it anew as an activity query'),
  1011: giveUp('the service account is inactive'),
  1012: giveUp('the token has expired: make a new one in the portal'),
  1013: giveUp('the token is bound to another address'),
  1014: giveUp('the query is invalid'),
  1015: giveUp('the token is invalid'),
  1016: giveUp('the account is invalid'),
  1017: giveUp('the reference code is invalid: start again'),
  1018: wait(10),
  1019: wait(5),
  1020: giveUp('the request is invalid'),
  1021: wait(10),
};

export function flexAction(code: string): FlexAction {
  return FLEX_CODES[code] ?? giveUp('a code nobody here knows');
}
