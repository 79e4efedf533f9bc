// Farm notices in every form that was recorded, and the health of the farms put together.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FarmsHealth, farmNotice, farmsDown, withFarmNotice } from '../../../src/client/notices/farms.js';
import { KeyedMap } from '../../../src/input/keyed.js';

describe('farm notices', () => {
  it.each([
    [2104, 'Market data farm connection is OK:usfarm.nj', 'market', 'up', 'usfarm.nj'],
    [2103, 'Market data farm connection is broken:cashfarm', 'market', 'down', 'cashfarm'],
    [2105, 'HMDS data farm connection is broken:fundfarm', 'history', 'down', 'fundfarm'],
    [2106, 'HMDS data farm connection is OK:ushmds', 'history', 'up', 'ushmds'],
    [2107, 'HMDS data farm connection is inactive but should be available upon demand.ushmds.nj', 'history', 'idle', 'ushmds.nj'],
    [2108, 'Market data farm connection is inactive but should be available upon demand.eufarm', 'market', 'idle', 'eufarm'],
    [2119, 'Market data farm is connecting:usopt', 'market', 'connecting', 'usopt'],
    [2157, 'Sec-def data farm connection is broken:secdefil', 'definitions', 'down', 'secdefil'],
    [2158, 'Sec-def data farm connection is OK:secdefnj', 'definitions', 'up', 'secdefnj'],
    [2104, '市场数据连接正常：hfarm', 'market', 'up', 'hfarm'],
    [2104, 'Market data farm connection is OK', 'market', 'up', undefined],
    [2104, 'Market data farm connection is OK: ', 'market', 'up', undefined],
  ])('%i %s', (code, text, serves, state, farm) => {
    expect(farmNotice(code, text)).toEqual({ serves, state, farm });
  });

  it('another code is no farm notice, whatever it says', () => {
    expect(farmNotice(2110, 'Market data farm connection is OK:usfarm')).toBeUndefined();
  });

  it('keeps each farm apart and since when it is as it is', () => {
    const news: [number, string, number][] = [
      [2104, 'OK:usfarm', 1000],
      [2106, 'OK:ushmds', 1001],
      [2103, 'broken:usfarm', 2000],
      [2103, 'broken:usfarm', 3000],
      [2105, 'broken:ushmds', 4000],
      [2103, 'broken', 5000],
    ];
    let farms: FarmsHealth = new KeyedMap();
    for (const [code, text, at] of news) {
      const notice = farmNotice(code, text);
      if (notice !== undefined) farms = withFarmNotice(farms, notice, at);
    }
    expect(farmsDown(farms)).toEqual([
      { farm: 'usfarm', since: 2000 },
      { farm: 'ushmds', since: 4000 },
      { farm: 'market', since: 5000 },
    ]);
    expect(farmsDown(farms, 'history')).toEqual([{ farm: 'ushmds', since: 4000 }]);
  });

  it('the same news twice changes nothing', () => {
    const notice = { serves: 'market', state: 'up', farm: 'usfarm' } as const;
    const farms = withFarmNotice(new KeyedMap(), notice, 1);
    expect(withFarmNotice(farms, notice, 2)).toBe(farms);
  });

  it('any sequence of news ends in the last state of each farm', () => {
    const one = fc.tuple(fc.constantFrom(2103, 2104, 2108, 2119), fc.constantFrom('usfarm', 'usfarm.nj', 'eufarm'));
    fc.assert(
      fc.property(fc.array(one, { maxLength: 30 }), (news) => {
        let farms: FarmsHealth = new KeyedMap();
        const last = new Map<string, string>();
        news.forEach(([code, farm], at) => {
          const notice = farmNotice(code, `x:${farm}`);
          if (notice === undefined) return;
          farms = withFarmNotice(farms, notice, at);
          last.set(farm, notice.state);
        });
        expect([...farms].map(([farm, { state }]) => [farm, state])).toEqual([...last]);
      }),
      { seed: 7, numRuns: 100 },
    );
  });
});
