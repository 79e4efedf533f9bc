// Types of a client, generated from /openapi.json as any user would: `npm run -s docs:desk` writes them.

import openapiTypescript, { astToString } from 'openapi-typescript';
import { openapi } from '../src/http/openapi.js';
import { VERSION } from '../src/http/server.js';

export const CLIENT_TYPES = 'apps/desk/test/generated/openapi.ts';

export async function clientTypes(): Promise<string> {
  const document = JSON.stringify(openapi(VERSION));
  return `// Made of /openapi.json by openapi-typescript: npm run -s docs:desk\n\n${astToString(await openapiTypescript(document))}`;
}
