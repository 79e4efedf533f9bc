// Which recorded ids stand for which ids of the client, and frames with the client's own ids in them.
import { leafOf } from '../../capture/fields.js';
import { idsOf } from '../../capture/ids.js';
import { withNumbers } from '../../capture/patch.js';
import type { Seen } from '../../protocol/schema/interpret-text.js';
import type { ScriptFrame, ScriptRequest } from './script.js';

interface Bound {
  readonly space: number;
  readonly recorded: number;
}

type Ids = 'reqId' | 'orderId';

export class Bindings {
  /** By recorded connection and recorded id: the client's. */
  private readonly toClient = { reqId: new Map<string, number>(), orderId: new Map<string, number>() };
  /** By the client's id: what it stands for. */
  private readonly toRecorded = { reqId: new Map<number, Bound>(), orderId: new Map<number, Bound>() };

  /** The client's request stands for the recorded one from now on. */
  bind(request: ScriptRequest, asked: object): void {
    const [was, is] = [idsOf(request.message), idsOf(asked)];
    for (const ids of ['reqId', 'orderId'] as const) {
      const [recorded, chosen] = [was[ids], is[ids]];
      if (recorded === undefined || chosen === undefined) continue;
      this.toClient[ids].set(`${request.space} ${recorded}`, chosen);
      this.toRecorded[ids].set(chosen, { space: request.space, recorded });
    }
  }

  /** True when the client's id already stands for the id of this recorded request. */
  isBound(ids: Ids, request: ScriptRequest, asked: object): boolean {
    const bound = this.boundTo(ids, asked);
    return bound !== undefined && bound.space === request.space && bound.recorded === idsOf(request.message)[ids];
  }

  /** What the client's id stands for, if anything. */
  boundTo(ids: Ids, asked: object): Bound | undefined {
    const chosen = idsOf(asked)[ids];
    return chosen === undefined ? undefined : this.toRecorded[ids].get(chosen);
  }

  /** The recorded payload with the client's ids; ids that stand for nothing stay as they were recorded. */
  rewritten(frame: ScriptFrame, request: ScriptRequest | undefined): Uint8Array {
    if (request === undefined || frame.kind === 'nextValidId') return frame.payload;
    const isOrder = idsOf(request.message).orderId !== undefined;
    const changes = new Map<Seen, number>();
    for (const field of frame.fields.fields) {
      const leaf = leafOf(field.path);
      if (typeof field.value !== 'number') continue;
      const client =
        leaf === 'orderId' || leaf === 'parentId' || (leaf === 'reqId' && isOrder)
          ? this.toClient.orderId.get(`${request.space} ${field.value}`)
          : leaf === 'reqId'
            ? this.toClient.reqId.get(`${request.space} ${field.value}`)
            : undefined;
      if (client !== undefined && client !== field.value) changes.set(field, client);
    }
    return withNumbers(frame.payload, frame.fields, changes);
  }
}
