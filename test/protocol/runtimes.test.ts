import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import { type BuildResult, build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const index = join(root, 'src/protocol/index.ts');

/** What a runtime has to be able to do: both wires, both directions, an error with its place, handshake and frames. */
const PROGRAM = `
import { FrameDecoder, greeting, incomingDecoder, incomingEncoder, outgoingDecoder, outgoingEncoder, readGreeting } from ${JSON.stringify(index)};
export function prove() {
  const seen = [];
  for (const version of [100, 176, 225]) {
    const tick = incomingEncoder(version).encode('tickPrice', { reqId: 7, tickType: 1, price: 187.5, size: 300, attribMask: 1 });
    const order = outgoingEncoder(version).encode('placeOrder', {
      orderId: 5,
      contract: { conId: 265598, symbol: 'AAPL', exchange: 'SMART' },
      order: { action: 'BUY', totalQuantity: '100', orderType: 'LMT', lmtPrice: 187.5, algoStrategy: 'Adaptive', algoParams: [{ tag: 'adaptivePriority', value: 'Normal' }] },
    });
    const frames = new FrameDecoder();
    const decoder = incomingDecoder(version);
    for (const byte of tick) frames.push(Uint8Array.of(byte), (bytes, start, end) => seen.push(decoder.decode(bytes, start, end)));
    const placed = outgoingDecoder(version).decode(order, 4, order.length);
    seen.push([order.length, placed.order.lmtPrice, placed.order.algoParams, placed.contract.symbol]);
    try {
      const bytes = version < 201 ? Uint8Array.from(['1', '6', 'x', ''].join(String.fromCharCode(0)), (letter) => letter.charCodeAt(0)) : Uint8Array.of(0, 0, 0, 201, 8, 128);
      decoder.decode(bytes, 0, bytes.length);
    } catch (error) {
      seen.push([error.name, error.kind, error.row, error.offset]);
    }
  }
  const hello = greeting(225, 'Zürich 中');
  seen.push(readGreeting(hello, 4, hello.length).connectionTime);
  return JSON.stringify(seen);
}
`;

async function bundle(last: string, format: 'esm' | 'iife'): Promise<string> {
  const result = await build({
    stdin: { contents: PROGRAM + last, resolveDir: root, loader: 'js' },
    bundle: true,
    minify: true,
    keepNames: true,
    format,
    platform: 'neutral',
    write: false,
    external: ['node:worker_threads'],
    logLevel: 'silent',
  });
  return result.outputFiles[0]!.text;
}

let expected = '';
let folder = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ibwire-runtimes-'));
  const context: { result?: string } = {};
  const code = await bundle('\nglobalThis.result = prove();', 'iife');
  // Nothing of Node is there: only what the language and every browser have.
  runInNewContext(code, Object.assign(context, { TextEncoder, TextDecoder, globalThis: context }));
  expected = context.result ?? '';
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('ibwire/protocol as one file', () => {
  let result: BuildResult<{ write: false; metafile: true }>;
  beforeAll(async () => {
    result = await build({
      entryPoints: [index],
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'neutral',
      write: false,
      metafile: true,
    });
  });

  it('imports nothing', () => {
    const outputs = Object.values(result.metafile.outputs);
    expect(outputs.flatMap((output) => output.imports)).toEqual([]);
    // The room below all others looks for the name that was meant.
    for (const path of Object.keys(result.metafile.inputs)) expect(path).toMatch(/^src\/(protocol|input)\//);
  });

  it('weighs at most 45 kB minified and gzipped', () => {
    const bytes = gzipSync(result.outputFiles[0]!.contents, { level: 9 }).length;
    expect(bytes).toBeLessThanOrEqual(45_000);
    expect(bytes).toBeGreaterThan(10_000);
  });
});

describe('the protocol runs', () => {
  it('in a bare context that has text coding and nothing else', () => {
    expect(expected).toContain('187.5');
    expect(expected).toContain('["DecodeError","tickPrice","reqId"');
    expect(expected).toContain('Zürich 中');
  });

  it('in a worker thread', async () => {
    const code = await bundle(
      "\nimport('node:worker_threads').then(({ parentPort }) => parentPort.postMessage(prove()));",
      'iife',
    );
    const worker = new Worker(code, { eval: true });
    const said = await new Promise((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    await worker.terminate();
    expect(said).toBe(expected);
  });

  it.each(['bun', 'deno'])(
    'in %s',
    async (name) => {
      const command = found(name);
      if (command === undefined) {
        console.log(`skipped: no ${name} in PATH or npm's cache; IBWIRE_NETWORK=1 fetches it`);
        return;
      }
      const file = join(folder, `${name}.mjs`);
      writeFileSync(file, await bundle('\nconsole.log(prove());', 'esm'));
      const [program, ...args] = command;
      const out = execFileSync(program!, [...args, 'run', file], { encoding: 'utf8', timeout: 60_000 });
      expect(out.trim()).toBe(expected);
    },
    120_000,
  );

  it('in a browser, in a page and in a worker', async () => {
    const browser = [
      '/usr/bin/chromium',
      '/usr/bin/chromium-browser',
      '/usr/bin/google-chrome',
      process.env['CHROMIUM'] ?? '',
    ].find(existsSync);
    if (browser === undefined) {
      console.log('skipped: there is no Chromium on this machine');
      return;
    }
    const inWorker = await bundle('\nself.postMessage(prove());', 'iife');
    const inPage = await bundle(
      `\nconst page = prove();
       const worker = new Worker(URL.createObjectURL(new Blob([${JSON.stringify(inWorker)}], { type: 'text/javascript' })));
       worker.onmessage = ({ data }) => { document.body.textContent = JSON.stringify([page, data]); };
       worker.onerror = ({ message }) => { document.body.textContent = message; };`,
      'iife',
    );
    const file = join(folder, 'page.html');
    writeFileSync(
      file,
      `<!doctype html><meta charset="utf-8"><body>waiting</body><script>${inPage.replaceAll('</script', '<\\/script')}</script>`,
    );
    const args = [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      `--user-data-dir=${join(folder, 'profile')}`,
      '--virtual-time-budget=20000',
      '--dump-dom',
      `file://${file}`,
    ];
    const dom = execFileSync(browser, args, { encoding: 'utf8', timeout: 60_000, stdio: ['ignore', 'pipe', 'ignore'] });
    const body =
      /<body>(.*?)<\/?(?:script|body)/s
        .exec(dom)?.[1]
        ?.replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&amp;', '&') ?? '';
    expect(JSON.parse(body)).toEqual([expected, expected]);
  }, 120_000);
});

/** The command that starts a runtime: from PATH, from npm's cache, or fetched where that is allowed. */
function found(name: string): readonly string[] | undefined {
  const npx = ['npx', '--yes', ...(process.env['IBWIRE_NETWORK'] === undefined ? ['--offline'] : []), name];
  for (const command of [[name], npx]) {
    try {
      const [program, ...args] = command;
      execFileSync(program!, [...args, '--version'], { stdio: 'ignore', timeout: 90_000, cwd: folder });
      return command;
    } catch {
      // not here: the next way
    }
  }
  return undefined;
}
