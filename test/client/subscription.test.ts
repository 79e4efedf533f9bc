import { describe, expect, it } from 'vitest';
import { channel } from '../../src/client/conversation/subscription.js';
import { publicMembers } from '../helpers/public-members.js';

const made = (thrown: unknown[] = []) => channel<number>({ close() {} }, (error) => thrown.push(error));

describe('a subscription only reads', () => {
  it('has nothing that feeds, breaks or ends it for others', () => {
    const [subscription] = made();
    expect(publicMembers(subscription)).toStrictEqual([
      'batches',
      'close',
      'complete',
      'ended',
      'latest',
      'on',
      'onGap',
      'state',
      'toJSON',
      'view',
    ]);
  });

  it('has batches that can be read and left, not filled', () => {
    const [subscription] = made();
    expect(publicMembers(subscription.batches())).toStrictEqual(['next', 'return']);
  });

  it('shows what its source pushes, and ends when the source does', async () => {
    const [subscription, source] = made();
    const heard: number[] = [];
    subscription.on((item) => heard.push(item));
    source.push(1);
    source.push(2);
    source.finish(new Error('over'));
    source.push(3);
    expect([heard, subscription.latest, subscription.state.at]).toStrictEqual([[1, 2], 2, 'closed']);
    await expect(subscription.ended).resolves.toStrictEqual(new Error('over'));
  });

  it('reports a listener that throws and calls the others', () => {
    const thrown: unknown[] = [];
    const [subscription, source] = made(thrown);
    const heard: number[] = [];
    subscription.on(() => {
      throw new Error('mine');
    });
    subscription.on((item) => heard.push(item));
    source.push(1);
    expect([heard, thrown.length]).toStrictEqual([[1], 1]);
  });
});
