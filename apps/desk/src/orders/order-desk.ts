// The one way through: draft, preview, approval, sent, followed to its end. Whoever asks, by whatever face.

import { randomBytes } from 'node:crypto';
import { IbwireError, RuleError } from 'ibwire';
import { iso, type Timer } from '../clock.js';
import type { Caller } from '../commands/command.js';
import { Problem } from '../problem.js';
import { accountFor, type Defaults } from '../session/account.js';
import type { Connected, Connection } from '../session/connection.js';
import { qualified } from '../session/contract.js';
import { type Settings, sendsAtOnce } from '../settings.js';
import { REF_PREFIX } from '../store/journal-line.js';
import type { DraftRow } from '../store/schema.js';
import type { Store } from '../store/store.js';
import { bodyHash } from './body-hash.js';
import type { Drafts } from './drafts.js';
import type { Follower } from './follow.js';
import type { OrderGate } from './limits.js';
import { groupFor, type Previewed, type Previewer, shownFinding, tokenFor, worsened } from './preview.js';
import { type Draft, type DraftOut, draftOf, shownDraft, termsText } from './record.js';
import { OPEN } from './states.js';
import { type DraftAsked, exitsOf, groupOf, termsOf } from './terms.js';

export interface OrderDeskParts {
  readonly store: Store;
  readonly drafts: Drafts;
  readonly connection: Connection;
  readonly previewer: Previewer;
  readonly follower: Follower;
  readonly settings: Settings;
  readonly defaults: Defaults;
  readonly gate: () => OrderGate;
  readonly timer: Timer;
}

export interface Answer {
  readonly draft: DraftOut;
  readonly isReplay: boolean;
}

export interface OrderDesk {
  /** @throws {Problem} 422 for a draft that is refused; the draft is kept all the same. */
  draft(
    asked: DraftAsked,
    who: Caller,
    how: {
      readonly key?: string | undefined;
      /** Beside the body: no part of what a key stands for. */
      readonly note?: string | undefined;
      readonly approve?: boolean;
      readonly signal?: AbortSignal | undefined;
    },
  ): Promise<Answer>;
  approve(id: string, who: Caller, signal?: AbortSignal): Promise<Draft>;
  decline(id: string, who: Caller, reason: string): Promise<Draft>;
  /** Ends drafts whose time has passed. */
  expire(): Promise<void>;
  /** How long to wait for the broker's word before an answer is given. */
  readonly patience: number;
}

const PATIENCE_MS = 2_000;

export function refusedProblem(draft: DraftOut): Problem {
  const findings = draft.preview?.findings.filter(({ severity }) => severity === 'reject') ?? [];
  const [first] = findings;
  return new Problem(422, 'refused', 'The order is rejected', draft.why ?? first?.message ?? 'the order is rejected', {
    remedy: first?.remedy,
    findings,
    extra: { draft },
  });
}

export function createOrderDesk(parts: OrderDeskParts): OrderDesk {
  const { store, drafts, connection, previewer, follower, settings, timer } = parts;
  const running = new Set<string>();
  const once = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    if (running.has(name))
      throw new Problem(409, 'running', 'Still running', 'the same request is being worked on', {
        remedy: 'Wait a moment and ask again with the same key.',
        retryAfter: 1,
      });
    running.add(name);
    try {
      return await work();
    } finally {
      running.delete(name);
    }
  };

  const refuse = async (draft: Draft, who: string, why: string, preview?: Previewed['shown']): Promise<Draft> => {
    const findings = preview?.findings ?? [];
    const changes = { why, ...(preview === undefined ? {} : { preview: JSON.stringify(preview) }) };
    await drafts.log(draft, 'refused', { who, findings, outcome: 'refused', detail: { why } });
    return drafts.move(draft, 'refused', changes);
  };

  const notStopped = (): void => {
    const { stop } = settings;
    if (stop !== undefined)
      throw new Problem(409, 'stopped', 'Trading is stopped', `${stop.by} stopped all trading: ${stop.reason}`, {
        remedy: 'The owner releases it with control.release.',
      });
  };

  const firstReject = ({ shown }: Previewed): string =>
    shown.findings.find(({ severity }) => severity === 'reject')?.message ?? 'refused';

  /** Sends an approved draft. Its line stands in the log before its bytes leave. */
  const send = async (connected: Connected, draft: Draft, { shown, answer }: Previewed, who: string): Promise<Draft> => {
    const { ib } = connected;
    const { contract, terms } = draft;
    try {
      await drafts.log(draft, 'send', { who, findings: shown.findings, outcome: 'leaving' });
      await store.flush();
    } catch (cause) {
      await refuse(draft, who, 'the order could not be logged: nothing was sent').catch(() => {});
      throw new Problem(503, 'log', 'The order log fails', 'the order could not be logged: nothing was sent', {}, { cause });
    }
    try {
      const how = { token: tokenFor(parts.gate().confirm, draft), ...(answer !== undefined && { preview: answer }) };
      const group = groupFor(draft);
      const trades = group === undefined ? [ib.orders.place(contract, terms, how)] : ib.orders.placeGroup(contract, group, how);
      const [trade] = trades;
      follower.follow(draft.id, trades);
      await Promise.race([
        trade?.accepted.then(
          () => {},
          () => {},
        ),
        new Promise<void>((resolve) => void timer.after(PATIENCE_MS, resolve)),
      ]);
    } catch (error) {
      if (!(error instanceof IbwireError)) throw error;
      const preview =
        error instanceof RuleError ? { ...shown, passes: false, findings: error.findings.map(shownFinding) } : shown;
      return refuse(draft, who, error.message, preview);
    }
    await follower.settled(draft.id);
    return drafts.get(draft.id);
  };

  const approved = async (connected: Connected, draft: Draft, previewed: Previewed, who: string): Promise<Draft> => {
    const preview = JSON.stringify(previewed.shown);
    const time = iso(timer);
    await store.db.insertInto('approvals').values({ draft_id: draft.id, time, who, decision: 'approved', preview }).execute();
    const moved = await drafts.move(draft, 'approved', { approved_by: who, approved_at: time, preview, why: null });
    return send(connected, moved, previewed, who);
  };

  const isDrafts = (connected: Connected, { mode, account }: Draft): boolean =>
    connected.mode === mode && connected.accounts.includes(account);

  const approve = async (id: string, who: Caller, signal?: AbortSignal): Promise<Draft> =>
    once(`draft ${id}`, async () => {
      notStopped();
      const connected = connection.need();
      const draft = await drafts.get(id, who);
      if (draft.state !== 'waiting')
        throw new Problem(409, 'state', 'Nothing to approve', `the draft is ${draft.state}`, {
          extra: { draft: shownDraft(draft) },
        });
      if (!isDrafts(connected, draft))
        throw new Problem(
          409,
          'connection',
          'Another connection',
          `the draft was made for a ${draft.mode} account of another session`,
        );
      if (draft.row.expires <= iso(timer)) {
        const late = await refuse(draft, who.name, 'it was not approved in time');
        throw refusedProblem(shownDraft(late));
      }
      const fresh = await previewer.preview(connected, draft, signal);
      if (!fresh.shown.passes) return refuse(draft, who.name, firstReject(fresh), fresh.shown);
      const worse = draft.preview === undefined ? [] : worsened(draft.preview, fresh.shown, draft.terms.action);
      if (worse.length > 0) {
        const preview = JSON.stringify(fresh.shown);
        const time = iso(timer);
        await store.db
          .insertInto('approvals')
          .values({ draft_id: id, time, who: who.name, decision: 'worse', preview })
          .execute();
        await drafts.log(draft, 'worse', {
          who: who.name,
          findings: fresh.shown.findings,
          outcome: 'waiting',
          detail: { worse },
        });
        const again = await drafts.move(draft, 'waiting', { preview, why: `worse than shown: ${worse.join('; ')}` });
        throw new Problem(409, 'worse', 'It has become worse', worse.join('; '), {
          remedy: 'Look at the new preview and approve it again.',
          extra: { draft: shownDraft(again) },
        });
      }
      return approved(connected, draft, fresh, who.name);
    });

  /** From a draft that is kept to a decision. */
  const decide = async (
    connected: Connected,
    draft: Draft,
    who: Caller,
    how: { readonly approve?: boolean; readonly signal?: AbortSignal | undefined },
  ): Promise<Draft> => {
    const previewed = await previewer.preview(connected, draft, how.signal);
    const { shown } = previewed;
    const kept = await drafts.move(draft, 'previewed', { preview: JSON.stringify(shown) });
    if (!shown.passes) return refuse(kept, who.name, firstReject(previewed), shown);
    await drafts.log(kept, 'previewed', { who: who.name, findings: shown.findings, outcome: 'passes' });
    const mayPass = how.approve === true && who.scopes.has('approve');
    if (settings.stop === undefined && (mayPass || sendsAtOnce(settings, connected.mode)))
      return approved(connected, kept, previewed, mayPass ? who.name : `policy ${connected.mode}`);
    return drafts.move(kept, 'waiting', {});
  };

  const answered = async (draft: Draft, isReplay: boolean): Promise<Answer> => {
    const shown = shownDraft(draft);
    const isCertain = draft.state !== 'approved' && draft.state !== 'unknown';
    if (isCertain && draft.row.idempotency_key !== null && draft.row.answer === null)
      await drafts.set(draft.id, { answer: JSON.stringify(shown), answer_status: draft.state === 'refused' ? 422 : 200 });
    if (draft.state === 'refused') throw refusedProblem(shown);
    return { draft: shown, isReplay };
  };

  const fresh = async (
    asked: DraftAsked,
    who: Caller,
    { key, hash, note }: { readonly key: string | undefined; readonly hash: string; readonly note: string | undefined },
  ): Promise<Draft | undefined> => {
    const connected = connection.need();
    const account = accountFor(connected, { asked: asked.account, who, defaults: parts.defaults });
    const contract = await qualified(connected.ib, asked.contract);
    const id = randomBytes(9).toString('base64url').replaceAll('_', 'x').replaceAll('-', 'y');
    const [created, expires] = [iso(timer), new Date(timer.now() + settings.limits.draftMinutes * 60_000).toISOString()];
    const [terms, exits] = [termsOf(asked.order, account, `${REF_PREFIX}${id}`), exitsOf(asked.order)];
    // Prices that cross are a mistake of the request, and no draft.
    if (exits !== undefined) groupOf(terms, exits);
    const row: DraftRow = {
      ...{ id, created, updated: created, expires, state: 'drafted', why: null, who: who.id, who_name: who.name },
      ...{ idempotency_key: key ?? null, body_hash: hash, mode: connected.mode, account, contract: JSON.stringify(contract) },
      terms: termsText(terms, exits),
      ...{ preview: null, note: note ?? null, approved_by: null, approved_at: null, client_id: null, order_id: null },
      ...{ perm_id: null, outcome: null, answer_status: null, answer: null },
    };
    // Logged before it is kept: nothing is there that the log does not tell of.
    await drafts.log(draftOf(row), 'draft', { who: who.name, detail: { order: JSON.parse(row.terms), note } });
    return drafts.insert(row);
  };

  return {
    patience: PATIENCE_MS,
    async draft(asked, who, { key, note = asked.note, ...how }) {
      const hash = bodyHash(asked);
      const work = async (): Promise<Answer> => {
        const known = key === undefined ? undefined : await drafts.byKey(who.id, key);
        if (known !== undefined && known.row.body_hash !== hash)
          throw new Problem(422, 'key-reused', 'The key is used', 'the same key came with another body before', {
            remedy: 'A new order needs a new key.',
          });
        if (known?.row.answer != null) {
          const draft = JSON.parse(known.row.answer) as DraftOut;
          if (draft.state === 'refused') throw refusedProblem(draft);
          return { draft, isReplay: true };
        }
        // The process ended in the middle: what has not been decided goes on, what may have left is told as it is.
        if (known !== undefined && !OPEN.includes(known.state)) return answered(known, true);
        if (known?.state === 'waiting') return answered(known, true);
        const draft = known ?? (await fresh(asked, who, { key, hash, note }));
        if (draft === undefined) throw new Problem(409, 'running', 'Still running', 'the same key is being worked on');
        const connected = connection.need();
        if (!isDrafts(connected, draft))
          throw new Problem(409, 'connection', 'Another connection', 'the draft was made for another session');
        return answered(await decide(connected, draft, who, how), false);
      };
      return key === undefined ? work() : once(`key ${who.id} ${key}`, work);
    },
    approve,
    decline: (id, who, reason) =>
      once(`draft ${id}`, async () => {
        const draft = await drafts.get(id, who);
        if (!OPEN.includes(draft.state)) throw new Problem(409, 'state', 'Nothing to decline', `the draft is ${draft.state}`);
        const time = iso(timer);
        await store.db
          .insertInto('approvals')
          .values({ draft_id: id, time, who: who.name, decision: 'declined', preview: null })
          .execute();
        return refuse(draft, who.name, reason === '' ? `declined by ${who.name}` : `declined by ${who.name}: ${reason}`);
      }),
    async expire() {
      const now = iso(timer);
      for (const draft of await drafts.list({ states: OPEN, limit: 1_000 })) {
        if (draft.row.expires > now || running.has(`draft ${draft.id}`)) continue;
        if (draft.row.idempotency_key !== null && running.has(`key ${draft.row.who} ${draft.row.idempotency_key}`)) continue;
        await refuse(draft, 'desk', 'it was not approved in time').catch(() => {});
      }
    },
  };
}
