import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';

const src = fileURLToPath(new URL('src', import.meta.url));

/** Tests that hold one speed against another: each has the machine to itself, behind all the others. */
const timing = [
  'test/protocol/speed.test.ts',
  'test/client/side-by-side.test.ts',
  'test/client/side-by-side-bars.test.ts',
  'apps/desk/test/quote-speed.test.ts',
];

/**
 * A real browser, compilers and programs started one by one, processes that are killed, the package as it is installed, a gigabyte,
 * most of the 10,000 random sequences: more than half of the time of all tests together. CI runs them and the speeds with the
 * others; `npm test` leaves both out.
 */
const long = [
  'apps/desk/test/web/**/*.test.ts',
  'apps/desk/test/killed.test.ts',
  'apps/desk/test/mcp/hosts.test.ts',
  'apps/desk/test/bus/failover.test.ts',
  'apps/desk/test/web-session.test.ts',
  'test/capture/big.test.ts',
  'test/client/orders/trades/crash.test.ts',
  'test/docs/types.test.ts',
  'test/gateway/world/memory.test.ts',
  'test/house/package.test.ts',
  'test/protocol/runtimes.test.ts',
  'test/soak/soak.test.ts',
  'test/witness/sequences-[2-4].test.ts',
];

export default defineConfig({
  // packages say `ibwire`: here that is the source, so that no build is needed before a test
  resolve: {
    alias: [
      { find: /^ibwire$/, replacement: `${src}/index.ts` },
      { find: /^@ibwire\/web$/, replacement: fileURLToPath(new URL('packages/web/src/index.ts', import.meta.url)) },
      { find: /^@ibwire\/portfolio$/, replacement: fileURLToPath(new URL('packages/portfolio/src/index.ts', import.meta.url)) },
      { find: /^@ibwire\/bus$/, replacement: fileURLToPath(new URL('packages/bus/src/index.ts', import.meta.url)) },
      { find: /^ibwire\/([a-z/]+)$/, replacement: `${src}/$1/index.ts` },
    ],
  },
  test: {
    benchmark: { include: ['bench/**/*.bench.ts'] },
    // In CI: `scripts/coverage.ts` holds what comes of it against the floors.
    coverage: {
      enabled: process.env['IBWIRE_COVERAGE'] === '1',
      provider: 'v8',
      include: ['src/**'],
      reporter: ['json-summary'],
      reportsDirectory: 'coverage',
    },
    maxWorkers: 2, // both cores: the default leaves one idle
    testTimeout: 180_000,
    hookTimeout: 180_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'tests',
          include: ['test/**/*.test.ts', 'packages/*/test/**/*.test.ts', 'apps/*/test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...timing, ...long],
          sequence: { groupOrder: 0 },
          isolate: false, // no module keeps state between tests: each worker loads the sources once, not once per file
        },
      },
      { extends: true, test: { name: 'long', include: long, isolate: false, sequence: { groupOrder: 0 } } },
      { extends: true, test: { name: 'timing', include: timing, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
  },
});
