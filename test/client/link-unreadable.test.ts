// A start that breaks off because of what was sent says so, and does not guess at a login.

import { expect, it } from 'vitest';
import { connect } from '../../src/client/connect.js';
import { scriptedGateway } from '../helpers/scripted-gateway.js';

it('a frame too long during the start: the reason that was seen, and no word of a login under way', async () => {
  await using gateway = await scriptedGateway({ onStart: (peer) => peer.write(Uint8Array.of(0x7f, 0xff, 0xff, 0xff, 1, 2, 3)) });
  const failure = await connect({ port: gateway.port, stepWithin: 1000 }).catch((error: unknown) => error);
  expect(String(failure)).not.toMatch(/logging in/);
  expect(failure).toMatchObject({
    code: 'CONNECT',
    hint: expect.stringContaining('could not be read'),
    cause: { name: 'FrameError' },
  });
});
