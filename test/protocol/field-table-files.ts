// The JSON field tables as kept in fixtures/protocol.

import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

export function fieldTable(name: string): unknown {
  return JSON.parse(gunzipSync(readFileSync(new URL(`../../fixtures/protocol/${name}.json.gz`, import.meta.url))).toString());
}
