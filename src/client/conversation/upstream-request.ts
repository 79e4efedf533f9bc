// The request of one upstream as it stands on the wire: let in by admission, sent, taken back.

import type { Incoming } from '../../protocol/registry.js';
import type { Core } from '../core.js';
import type { Party } from './party.js';
import { hasReqId } from './request.js';
import type { Stream } from './shapes.js';
import type { StreamTerms } from './stream-terms.js';
import { sentMessage } from './told.js';

type Standing =
  | { readonly at: 'none' }
  /** Refused while the broker was away: to be asked again when it is back. */
  | { readonly at: 'refused' }
  /** `abort`: whoever has gone waits for no place. */
  | { readonly at: 'admitting'; readonly abort: AbortController }
  /** `isAmid`: the rest of an answer to somebody else may come before its own. */
  | {
      readonly at: 'sent';
      readonly id: number | undefined;
      readonly input: object;
      readonly isAmid: boolean;
      readonly takeBack: () => void;
    };

const NONE: Standing = { at: 'none' };

/** Whose request it is. */
export interface Asker extends Party {
  /** It is about to leave. */
  sending(): void;
  /** It could not be sent, or was not let in: it is over. */
  closed(cause: Error): void;
}

export class UpstreamRequest<T, V> {
  /** Answers name it. */
  readonly hasId: boolean;
  private readonly core: Core;
  private readonly spec: Stream;
  private readonly terms: StreamTerms<T, Incoming, V>;
  private readonly asker: Asker;
  private standing: Standing = NONE;

  constructor(core: Core, spec: Stream, terms: StreamTerms<T, Incoming, V>, asker: Asker) {
    this.core = core;
    this.spec = spec;
    this.terms = terms;
    this.asker = asker;
    this.hasId = hasReqId(spec.open);
  }

  get isSent(): boolean {
    return this.standing.at === 'sent';
  }

  get isRefused(): boolean {
    return this.standing.at === 'refused';
  }

  get id(): number | undefined {
    return this.standing.at === 'sent' ? this.standing.id : undefined;
  }

  /** `patience`: milliseconds that admission may take. */
  async ask(input: object, patience: number): Promise<void> {
    const { core, spec, terms } = this;
    const abort = new AbortController();
    let mine: Standing = { at: 'admitting', abort };
    this.standing = mine;
    const keeps = terms.keeps ?? (terms.isSnapshot === true ? 'untilAnswered' : 'untilClosed');
    try {
      const admitted = core.admit(spec.open, input, { signal: abort.signal, timeout: patience, keeps });
      const release = typeof admitted === 'function' ? admitted : await admitted;
      if (this.standing !== mine || !core.isReady) {
        release();
        return;
      }
      const id = this.hasId ? core.reqIds.next() : undefined;
      const disown = this.register(id);
      mine = {
        at: 'sent',
        id,
        input,
        isAmid: false,
        takeBack: () => {
          disown();
          release();
        },
      };
      this.standing = mine;
      if (id !== undefined) terms.onId?.(id);
      this.asker.sending();
      const sent = sentMessage(input, core.told);
      core.send(spec.open, (id === undefined ? sent : { ...sent, reqId: id }) as never, true); // checked by openStream
      if (this.noteAsked(input) && this.standing === mine) this.standing = { ...mine, isAmid: true };
    } catch (error) {
      if (this.standing === mine) this.asker.closed(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** The end that has come may be another's: asks the same once more, so that what comes from here to the next end is whole. */
  asksAnew(): boolean {
    const { core, spec, standing } = this;
    if (standing.at !== 'sent' || !standing.isAmid) return false;
    this.standing = { ...standing, isAmid: false };
    try {
      core.send(spec.open, sentMessage(standing.input, core.told) as never); // as it was asked
      this.noteAsked(standing.input);
    } catch (error) {
      this.asker.closed(error instanceof Error ? error : new Error(String(error)));
    }
    return true;
  }

  /** No end comes for the oldest that was asked. */
  ended(): void {
    const { spec, standing } = this;
    if (!this.hasId && spec.end !== undefined && standing.at === 'sent')
      this.core.owed.noteEnded(spec.end, accountOf(standing.input));
  }

  /** True when the end of an earlier answer is still to come. */
  private noteAsked(input: object): boolean {
    const { end } = this.spec;
    return !this.hasId && end !== undefined && this.core.owed.noteAsked(end, accountOf(input));
  }

  private register(id: number | undefined): () => void {
    const { router } = this.core;
    const { items, end } = this.spec;
    if (id !== undefined) return router.own(id, this.asker);
    return router.await(end === undefined ? items : [...items, end], this.asker);
  }

  /** Takes back everything that hangs on it. */
  detach(): void {
    const { standing } = this;
    this.standing = NONE;
    if (standing.at === 'sent') standing.takeBack();
    else if (standing.at === 'admitting') standing.abort.abort();
  }

  /** The broker was away: it is to be asked again. */
  refused(): void {
    this.detach();
    this.standing = { at: 'refused' };
  }

  /** Tells the gateway that nobody wants it any more. */
  cancel(): void {
    const { core, spec, standing } = this;
    if (spec.cancel === undefined || standing.at !== 'sent' || !core.isReady) return;
    const body = { ...this.terms.cancelWith, ...(standing.id === undefined ? {} : { reqId: standing.id }) };
    try {
      core.send(spec.cancel, body as never); // the tables check it
    } catch {
      // the link may be going down: then nothing is left to cancel
    }
  }
}

/** The account whose updates are asked for: their end names it. */
function accountOf(input: object): string | undefined {
  return 'acctCode' in input ? String(input.acctCode) : undefined;
}
