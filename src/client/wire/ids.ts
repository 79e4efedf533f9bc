// Request ids and order ids: two ranges that never meet, so that an error's one id tells whose it is.

import { IdRangeError } from './errors.js';

/** The ranges, both ends included. The ids of the two kinds share one field on error messages. */
export interface IdRanges {
  readonly firstReqId: number;
  readonly lastReqId: number;
  readonly lastOrderId: number;
}

/** Requests from 1,500,000,000 up to the last id below the "unset" integer 2147483647; orders from 1 up to where requests begin. */
export const defaultIdRanges: IdRanges = { firstReqId: 1_500_000_000, lastReqId: 2_147_483_646, lastOrderId: 1_499_999_999 };

/** Whose an id on the wire is. `manual`: orders typed into TWS have id 0 or a negative one. */
export type IdOwner = 'session' | 'request' | 'order' | 'manual';

/** Tells from the number alone whose an id is; -1 and undefined are nobody's. */
export function ownerOf(id: number | undefined, ranges: IdRanges = defaultIdRanges): IdOwner {
  if (id === undefined || id === -1) return 'session';
  if (id <= 0) return 'manual';
  return id >= ranges.firstReqId && id <= ranges.lastReqId ? 'request' : 'order';
}

export interface ReqIds {
  /** The next id. After the last it starts over, passing by ids that are still in use. Throws `IdRangeError` when all are. */
  next(): number;
}

/** Hands out request ids. `isBusy` says whether an id still belongs to an open request; it matters only after a wrap. */
export function createReqIds(isBusy: (id: number) => boolean, ranges: IdRanges = defaultIdRanges): ReqIds {
  const { firstReqId, lastReqId } = ranges;
  if (!(firstReqId > ranges.lastOrderId && lastReqId >= firstReqId && lastReqId < 2_147_483_647)) {
    throw new IdRangeError(
      firstReqId,
      `Request ids ${firstReqId} to ${lastReqId} must lie above the order ids and within 31 bits.`,
    );
  }
  const size = lastReqId - firstReqId + 1;
  let next = firstReqId;
  return {
    next() {
      for (let tried = 0; tried < size; tried++) {
        const id = next;
        next = id === lastReqId ? firstReqId : id + 1;
        if (!isBusy(id)) return id;
      }
      throw new IdRangeError(firstReqId, `All ${size} request ids are in use.`);
    },
  };
}

/** When a `nextValidId` came: at the start of a connection, or as the answer to `reqIds` within it. */
export type NextValidIdCame = 'atStart' | 'asAnswer';

export interface OrderIds {
  /** The id that will be handed out next. */
  readonly mark: number;
  /** The highest id there can be. */
  readonly last: number;
  /** Takes one id. Throws `IdRangeError` when none is left, or before the first `raise`. */
  next(): number;
  /** Takes `count` ids that follow each other, for a bracket; answers them in rising order. */
  block(count: number): readonly number[];
  /** The gateway has shown that it knows this order: it can no more be among the ones that never arrived. */
  confirm(orderId: number): void;
  /**
   * Takes in the gateway's `nextValidId`. The mark rises to it and is never lowered. At the start of a connection a number
   * below our mark means that the orders from it on never reached the gateway: those we handed out and never saw confirmed
   * are answered, in rising order, and their ids are not used again. As an answer within a connection it proves nothing,
   * because the gateway repeats the number until an order has reached the server.
   */
  raise(nextValidId: number, came: NextValidIdCame): readonly number[];
}

/** Hands out order ids for one client id; keep it over reconnects. Ids are known only after the first `raise`. */
export function createOrderIds(ranges: IdRanges = defaultIdRanges): OrderIds {
  const unconfirmed = new Set<number>();
  let mark = 0;
  const take = (count: number): number => {
    if (mark === 0) throw new IdRangeError(0, 'No order id yet: the gateway has not sent nextValidId.');
    if (mark + count - 1 > ranges.lastOrderId) {
      throw new IdRangeError(
        mark,
        `No order id is left below ${ranges.lastOrderId + 1}: reset the API order id sequence in TWS.`,
      );
    }
    const first = mark;
    mark += count;
    for (let id = first; id < mark; id++) unconfirmed.add(id);
    return first;
  };
  return {
    last: ranges.lastOrderId,
    get mark() {
      return mark;
    },
    next: () => take(1),
    block(count) {
      if (!Number.isInteger(count) || count < 1) throw new IdRangeError(count, `A block of ${count} order ids makes no sense.`);
      const ids = [take(count)];
      for (let id = ids[0] as number; ids.length < count; ) ids.push(++id);
      return ids;
    },
    confirm(orderId) {
      unconfirmed.delete(orderId);
    },
    raise(nextValidId, came) {
      if (!Number.isInteger(nextValidId) || nextValidId < 0) {
        throw new IdRangeError(nextValidId, `nextValidId ${nextValidId} is not an order id.`);
      }
      if (nextValidId > ranges.lastOrderId) {
        throw new IdRangeError(
          nextValidId,
          `nextValidId ${nextValidId} lies above ${ranges.lastOrderId}, where request ids begin: reset the API order id sequence in TWS.`,
        );
      }
      const lost: number[] = [];
      if (came === 'atStart') {
        for (const id of unconfirmed) if (id >= nextValidId) lost.push(id);
        unconfirmed.clear();
      }
      mark = Math.max(mark, nextValidId, 1);
      return lost.sort((a, b) => a - b);
    },
  };
}
