// Who leads: one entry in JetStream's key-value store, that is changed only by who knows its number. The number grows with each
// change, so that who holds an old one can be told from who leads.

import { StorageType } from '@nats-io/jetstream';
import { type KV, Kvm } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import { fromText, toText } from '../values.js';

/** For so long a lease holds after it was renewed. */
export const LEASE_MS = 2_500;
/** A follower waits so much longer: its clock may run faster. */
const MARGIN_MS = 400;
const RENEW_MS = 600;
const LOOK_MS = 200;
const KEY = 'leader';

export interface Holder {
  readonly desk: string;
  /** False: it left by itself. */
  readonly leads: boolean;
}

export interface Lease {
  /** Whether this desk leads at this very moment: asked in the turn in which something leaves. */
  readonly isHeld: boolean;
  /** Number under which it leads: higher than that of every leader before. */
  readonly fence: number;
  /** Who leads, as it was last seen. */
  readonly seen: Holder | undefined;
  /** Gives it back: another may take it at once. */
  release(): Promise<void>;
}

export interface LeaseParts {
  readonly connection: NatsConnection;
  readonly bucket: string;
  readonly desk: string;
  after(ms: number, work: () => void): () => void;
  /** Milliseconds of a clock that goes on while the process is stopped, and is never set. */
  steady(): number;
  /** It leads from now on. What it throws gives the lease back. */
  taken(fence: number): Promise<void>;
  /** It leads no more. */
  lost(): Promise<void>;
  trouble(error: unknown): void;
}

/** Watches the lease, takes it when nobody holds it, and renews it. */
export async function watchLease(parts: LeaseParts): Promise<Lease> {
  const { connection, bucket, desk, after, steady } = parts;
  const kv: KV = await new Kvm(connection).create(bucket, { history: 5, storage: StorageType.File, timeout: 2_000 });
  let revision = 0;
  let changedAt = steady();
  let seen: Holder | undefined;
  let heldUntil = Number.NEGATIVE_INFINITY;
  let fence = 0;
  let leads = false;
  let isOver = false;
  let stop = (): void => {};
  let isUnfit = false;
  let running: Promise<void> = Promise.resolve();
  let taking: Promise<void> = Promise.resolve();
  const isHeld = (): boolean => leads && steady() < heldUntil;

  const write = async (holder: Holder): Promise<boolean> => {
    const began = steady();
    try {
      revision = revision === 0 ? await kv.create(KEY, toText(holder)) : await kv.update(KEY, toText(holder), revision);
    } catch (error) {
      if (connection.isClosed()) throw error;
      return false;
    }
    seen = holder;
    changedAt = steady();
    heldUntil = began + LEASE_MS;
    return true;
  };
  const look = async (): Promise<void> => {
    const entry = await kv.get(KEY);
    if (entry === null || entry.revision === revision) return;
    revision = entry.revision;
    changedAt = steady();
    seen = fromText(entry.string()) as Holder;
  };
  const lose = async (): Promise<void> => {
    leads = false;
    heldUntil = Number.NEGATIVE_INFINITY;
    await parts.lost();
  };
  const giveBack = async (): Promise<void> => {
    leads = false;
    heldUntil = Number.NEGATIVE_INFINITY;
    await write({ desk, leads: false });
    heldUntil = Number.NEGATIVE_INFINITY;
  };

  const renew = async (): Promise<void> => {
    const [mine, began] = [revision, steady()];
    if (await write({ desk, leads: true })) return;
    await look();
    if (revision === mine) return; // the server did not take it: tried again until it holds no more, and after
    // An answer that was lost: only this desk writes its own name.
    if (seen?.desk === desk && seen.leads) heldUntil = began + LEASE_MS;
    else await lose();
  };
  const seek = async (): Promise<void> => {
    await look();
    const isFree = seen === undefined || !seen.leads || steady() - changedAt > LEASE_MS + MARGIN_MS;
    if (!isFree || !(await write({ desk, leads: true }))) return;
    leads = true;
    fence = revision;
    // Renewed while it is taken up: reconciling may last longer than a lease.
    taking = parts.taken(fence).catch((error: unknown) => {
      parts.trouble(error);
      isUnfit = true;
    });
  };
  const step = async (): Promise<void> => {
    if (!leads) return seek();
    if (!isUnfit) return renew();
    isUnfit = false;
    await giveBack();
  };
  const go = (): void => {
    running = step()
      .catch(parts.trouble)
      .then(() => {
        if (!isOver) stop = after(leads ? RENEW_MS : LOOK_MS, go);
      });
  };
  go();

  return {
    get isHeld() {
      return isHeld();
    },
    get fence() {
      return fence;
    },
    get seen() {
      return seen;
    },
    async release() {
      isOver = true;
      stop();
      await running;
      await taking;
      if (leads) await giveBack().catch(parts.trouble);
    },
  };
}
