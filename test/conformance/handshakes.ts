// Handshakes: the first bytes of a client are ours for the same range, and its startApi is ours for the same arguments.

import { hello, readHello } from '../../src/protocol/handshake.js';
import { bytesOf, hexOf, type Json } from './json.js';
import { type RequestVector, requestCases } from './requests.js';
import { type Case, fail, type Verdict } from './verdict.js';

export interface HandshakeVector extends RequestVector {
  readonly helloHex: string;
}

export function handshakeCases(vectors: readonly HandshakeVector[]): readonly Case[] {
  const starts = requestCases(vectors);
  return vectors.map((vector, i) => ({
    name: `hello and ${starts[i]?.name ?? ''}`,
    check: () => checkHello(vector.helloHex, vector.args['connectOptions'] ?? '') ?? starts[i]?.check(),
  }));
}

export function checkHello(hex: string, options?: Json): Verdict {
  const bytes = bytesOf(hex);
  const read = readHello(bytes);
  if (read === undefined) return fail('our gateway waits for more of the handshake');
  if (read.length !== bytes.length) return fail(`our gateway reads ${read.length} of ${bytes.length} bytes`);
  if (options !== undefined && read.options !== options)
    return fail(`our gateway reads the options '${read.options}', not '${options}'`);
  const ours = hello(read);
  if (hexOf(ours) === hex) return undefined;
  // A range of one version is written `v176` or `v176..176`; both are read the same.
  const again = readHello(ours);
  const isOne = read.min === read.max && again?.min === read.min && again.max === read.max && again.options === read.options;
  return isOne ? undefined : fail(`our handshake is ${hexOf(ours)}, not ${hex}`);
}
