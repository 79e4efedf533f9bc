// The captures of fixtures/captures as frames.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CaptureHeader, CaptureRecord } from '../../src/capture/format.js';
import { type CapturedFrame, type CapturedItem, framesOf } from '../../src/capture/frames.js';
import { CaptureParser } from '../../src/capture/parser.js';

const folder = 'fixtures/captures';

export const captureNames: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith('.ibcap'))
  .map((name) => name.replace(/\.ibcap$/, ''));

export function capture(name: string): { header: CaptureHeader; records: CaptureRecord[] } {
  const parser = new CaptureParser();
  const records = [...parser.push(readFileSync(join(folder, `${name}.ibcap`)))];
  if (parser.header === undefined) throw new Error(`${name} has no header`);
  return { header: parser.header, records };
}

export function items(name: string): CapturedItem[] {
  const { header, records } = capture(name);
  return [...framesOf(header, records)];
}

/** Whole messages of certain layout, of every capture that says its server version. */
export function certainMessages(): (CapturedFrame & { readonly serverVersion: number; readonly name: string })[] {
  return captureNames.flatMap((name) => {
    const bounds = capture(name).header.serverVersionBounds;
    return items(name).flatMap((item) => {
      if (item.what !== 'frame' || item.part !== 'message') return [];
      const serverVersion = item.serverVersion ?? bounds?.[0];
      if (serverVersion === undefined || item.doubts.includes('partial') || item.doubts.includes('ambiguous')) return [];
      return [{ ...item, serverVersion, name }];
    });
  });
}
