// One question to the broker: admitted, signed, sent, judged. Reads may be asked again; what trades is sent once, whatever comes.

import type { Timer } from 'ibwire';
import type { Admission, Lane } from '../admission/admission.js';
import { readBody } from '../body.js';
import { type EndpointName, type endpoints, rowOf } from '../endpoints/list.js';
import type { AnswerOf, RequestOf } from '../endpoints/shape.js';
import { judge, type Verdict } from '../endpoints/verdict.js';
import { WebError, WebRefusal } from '../problem.js';
import type { Send, Signer } from '../sign/signer.js';

/** What a call takes besides its question. `timeout`: milliseconds for the answer, default 15,000. */
export interface WebCall {
  readonly signal?: AbortSignal | undefined;
  readonly timeout?: number | undefined;
}

export type BodyOf<N extends EndpointName> = (typeof endpoints)[N] extends { readonly body: infer B } ? RequestOf<B> : undefined;
export type ValueOf<N extends EndpointName> = AnswerOf<(typeof endpoints)[N]['answer']>;

export interface Question<N extends EndpointName = EndpointName> {
  /** Values of the path, in their order. */
  readonly values?: readonly (string | number)[];
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: BodyOf<N>;
}

/** What came of one sending. `silence`: nobody knows what became of it. */
export type Outcome = Verdict | { readonly at: 'silence'; readonly why: string };

const pathOf = (name: EndpointName, values: readonly (string | number)[]): string => {
  let at = 0;
  return name.slice(name.indexOf(' ') + 1).replace(/\{\w+\}/g, (part) => {
    const value = values[at];
    at += 1;
    if (value === undefined || value === '') throw new WebError('WEB_OPTION', `${name}: ${part} is not given`);
    return encodeURIComponent(value);
  });
};

export interface AskParts {
  readonly base: string;
  readonly signer: Signer;
  readonly send: Send;
  readonly admission: Admission;
  readonly timer: Timer;
  /** Told what an answer says of the session. */
  heard(verdict: Verdict): void;
  /** Resolves when the session is ready again. @throws when it is not in time */
  ready(call: WebCall): Promise<void>;
}

export interface Ask {
  /** Sends once, and says what came of it. Rejects only before anything has left. */
  once<N extends EndpointName>(name: N, question: Question<N>, lane: Lane, call?: WebCall): Promise<Outcome>;
  /** Reads: what may pass is asked once more. @throws {WebRefusal} {WebError} {AdmissionError} */
  read<N extends EndpointName>(name: N, question?: Question<N>, call?: WebCall): Promise<ValueOf<N>>;
}

export function createAsk(parts: AskParts): Ask {
  const { base, signer, send, admission, timer } = parts;
  const once: Ask['once'] = async (name, { values = [], query = {}, body }, lane, call = {}) => {
    const method = name.slice(0, name.indexOf(' '));
    const url = new URL(`${base}${pathOf(name, values)}`);
    for (const [key, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(key, String(value));
    const text = body === undefined ? undefined : JSON.stringify(body);
    const release = await admission.admit(name, lane, { signal: call.signal, patience: call.timeout ?? 60_000 });
    try {
      const headers = { ...signer.sign(method, url), ...(text !== undefined && { 'Content-Type': 'application/json' }) };
      const answer = await send(
        { method, url, headers, ...(text !== undefined && { body: text }) },
        // What trades is not given up on its way: nobody would be left to answer its questions.
        { signal: lane === 'read' || lane === 'session' ? call.signal : undefined, timeout: call.timeout },
      );
      const verdict = judge(rowOf(name), answer.status, readBody(answer.body));
      if (verdict.at === 'refused' && verdict.why === 'tooFast') admission.punish(name);
      parts.heard(verdict);
      return verdict;
    } catch (error) {
      if (error instanceof WebError && (error.code === 'WEB_SIGN' || error.code === 'WEB_PIN')) throw error; // nothing has left
      return { at: 'silence', why: error instanceof Error ? error.message : String(error) };
    } finally {
      release();
    }
  };
  const pause = (ms: number): Promise<void> => new Promise((resolve) => timer.after(ms, resolve));
  return {
    once,
    async read(name, question = {}, call = {}) {
      for (let turn = 0; ; turn += 1) {
        call.signal?.throwIfAborted();
        const outcome = await once(name, question, 'read', call);
        if (outcome.at === 'answer') return outcome.value as ValueOf<typeof name>;
        if (turn > 0)
          throw outcome.at === 'silence'
            ? new WebError('WEB_TRANSPORT', `${name}: ${outcome.why}`)
            : new WebRefusal(name, outcome);
        if (outcome.at === 'silence') continue;
        switch (outcome.why) {
          case 'signedOut':
          case 'noSession':
            await parts.ready(call);
            break;
          case 'accountsFirst':
            await once(name.includes(' /portfolio') ? 'GET /portfolio/accounts' : 'GET /iserver/accounts', {}, 'session', call);
            break;
          case 'busy':
            await pause(1_000);
            break;
          default:
            throw new WebRefusal(name, outcome);
        }
      }
    },
  };
}
