// The Flex Web Service: ask for a statement, then fetch it when it is made. The token never leaves the address line.

import { get, type HttpTools, pause } from '../http.js';
import { PortfolioError, redact } from '../problem.js';
import { flexAction } from './codes.js';
import { type Element, parseXml } from './xml.js';

export interface FlexRequest {
  readonly token: string;
  readonly queryId: string;
  /** yyyyMMdd; at most 365 days. With activity queries over several days these can hang. */
  readonly from?: string;
  readonly to?: string;
  readonly base?: string;
  /** How long to wait for the statement in all, milliseconds; default five minutes. */
  readonly within?: number;
  readonly now?: () => number;
}

const BASE = 'https://ndcdyn.interactivebrokers.com/AccountManagement/FlexWebService';
/** One request a second for each token. */
const SPACING = 1000;

const field = (root: Element, name: string): string => root.children.find((child) => child.name === name)?.text.trim() ?? '';

/** The statement's XML. @throws {PortfolioError} `flex` with the code, `timeout` when it is not made in time. */
export async function fetchFlex(request: FlexRequest, tools: HttpTools = {}): Promise<string> {
  const { token, base = BASE, within = 300_000, now = Date.now } = request;
  const sleep = tools.sleep ?? pause;
  const until = now() + within;
  const ask = (call: string, parameters: Record<string, string>): Promise<string> =>
    get(
      {
        url: `${base}/${call}?${new URLSearchParams({ t: token, ...parameters, v: '3' })}`,
        headers: {},
        secrets: [token],
        what: `Flex ${call}`,
      },
      tools,
    );
  let reference: string | undefined;
  for (;;) {
    const range = { ...(request.from && { fd: request.from }), ...(request.to && { td: request.to }) };
    const body =
      reference === undefined
        ? await ask('SendRequest', { q: request.queryId, ...range })
        : await ask('GetStatement', { q: reference });
    const root = parseXml(body);
    if (root.name === 'FlexQueryResponse') return body;
    if (root.name !== 'FlexStatementResponse') throw new PortfolioError('answer-unreadable', `Flex answered <${root.name}>`);
    const code = field(root, 'ErrorCode');
    let wait = SPACING;
    if (code === '' && field(root, 'ReferenceCode') !== '') reference = field(root, 'ReferenceCode');
    else {
      const action = flexAction(code);
      if (action.at === 'give-up')
        throw new PortfolioError(
          'flex',
          redact(`${code || 'no code'}: ${action.why} (${field(root, 'ErrorMessage')})`, [token]),
          { detail: code },
        );
      wait = action.seconds * 1000;
    }
    if (now() + wait > until)
      throw new PortfolioError('timeout', `the Flex statement was not made within ${within / 1000} s`, { detail: code });
    await sleep(wait, tools.signal);
  }
}
