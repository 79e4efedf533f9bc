import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameError } from '../../src/protocol/errors.js';
import { greeting, hello, looksLikeGreeting, readGreeting, readHello } from '../../src/protocol/handshake.js';
import { rawBytes, reinterpret } from '../../src/protocol/text/bytes.js';

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const payload = (...parts: readonly (string | Uint8Array)[]): Uint8Array =>
  new Uint8Array(Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part))));

describe('hello', () => {
  it('is API, NUL, and the length-prefixed range', () => {
    expect(latin1(hello({ min: 100, max: 176 }))).toBe('API\0\0\0\0\x09v100..176');
    expect(latin1(hello({ min: 176, max: 176 }))).toBe('API\0\0\0\0\x04v176');
  });

  it('has connect options behind a blank', () => {
    expect(latin1(hello({ min: 100, max: 225, options: '+PACEAPI' }))).toBe('API\0\0\0\0\x12v100..225 +PACEAPI');
  });

  it.each([
    [{ min: 225, max: 100 }, 'none'],
    [{ min: 1.5, max: 100 }, 'none'],
    [{ min: 100, max: 225, options: 'ü' }, 'ASCII'],
    [{ min: 100, max: 225, options: 'a\0b' }, 'ASCII'],
  ])('refuses %j', (offer, why) => {
    expect(() => hello(offer)).toThrow(FrameError);
    expect(() => hello(offer)).toThrow(why);
  });
});

describe('readHello', () => {
  it('reads what hello writes, and waits while bytes are missing', () => {
    const bytes = hello({ min: 100, max: 225, options: '+PACEAPI x' });
    for (let length = 0; length < bytes.length; length++) expect(readHello(bytes.subarray(0, length))).toBeUndefined();
    const more = payload(bytes, 'next');
    expect(readHello(more)).toEqual({ min: 100, max: 225, options: '+PACEAPI x', length: bytes.length });
  });

  it.each([
    ['GET / HTTP/1.1\r\n', 'begins with API'],
    ['APX', 'byte 2 is 88'],
    ['API\0\xff\xff\xff\xff', 'range of 4294967295 bytes'],
    ['API\0\0\0\0\0', 'range of 0 bytes'],
    ['API\0\0\0\0\x05hello', 'no version range'],
    ['API\0\0\0\0\x05v1..x', 'no version range'],
  ])('refuses %j', (text, why) => {
    expect(() => readHello(payload(text))).toThrow(FrameError);
    expect(() => readHello(payload(text))).toThrow(why);
  });

  it('never reads on beyond what it was given, whatever that is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.boolean(), (tail, isApi) => {
        const bytes = isApi ? payload('API\0', tail) : tail;
        try {
          const read = readHello(bytes);
          if (read !== undefined) expect(read.length).toBeLessThanOrEqual(bytes.length);
        } catch (error) {
          expect(error).toBeInstanceOf(FrameError);
        }
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});

describe('greeting', () => {
  it('is version and time in one frame without an id', () => {
    expect(latin1(greeting(176, '20260821 15:16:23 CET'))).toBe('\0\0\0\x1a176\x0020260821 15:16:23 CET\0');
  });

  it('comes back', () => {
    const bytes = greeting(225, '20260821 15:16:23 Central European Standard Time');
    expect(readGreeting(bytes, 4, bytes.length)).toEqual({
      serverVersion: 225,
      connectionTime: '20260821 15:16:23 Central European Standard Time',
      redirect: undefined,
    });
  });

  it('keeps a zone name in GBK, readable once the code page is known', () => {
    const zone = Uint8Array.of(0xd6, 0xd0, 0xb9, 0xfa, 0xb1, 0xea, 0xd7, 0xbc, 0xca, 0xb1, 0xbc, 0xe4); // China Standard Time
    const bytes = payload('176\x0020260821 15:16:23 ', zone, '\0');
    const { connectionTime } = readGreeting(bytes, 0, bytes.length);
    expect(reinterpret(connectionTime, 'gbk')).toBe('20260821 15:16:23 中国标准时间');
    expect(rawBytes(connectionTime)).toEqual(payload('20260821 15:16:23 ', zone));
  });

  it('says where to go instead when the version is negative', () => {
    const bytes = payload('-1\x00gw2.example:4001\0');
    expect(readGreeting(bytes, 0, bytes.length)).toEqual({ serverVersion: -1, connectionTime: '', redirect: 'gw2.example:4001' });
  });

  it('may lack the time and its NUL', () => {
    const short = payload('176\0');
    expect(readGreeting(short, 0, short.length)).toMatchObject({ serverVersion: 176, connectionTime: '' });
    const open = payload('176\x002026');
    expect(readGreeting(open, 0, open.length)).toMatchObject({ connectionTime: '2026' });
  });

  it.each([
    ['', "''"],
    ['176', "'176'"],
    ['HTTP/1.1 400 Bad Request\r\n\0', 'HTTP/1.1 400'],
    ['\0\0\0', '...'],
    ['1e3\0x\0', '1e3'],
    ['\xff\xfe\0', '...'],
  ])('refuses %j and shows what came', (text, shown) => {
    const bytes = payload(text);
    const read = (): unknown => readGreeting(bytes, 0, bytes.length);
    expect(read).toThrow(FrameError);
    expect(read).toThrow(shown);
  });

  it('is not read beyond its end', () => {
    const bytes = payload('17', '6\0time\0');
    expect(() => readGreeting(bytes, 0, 2)).toThrow(FrameError);
    expect(readGreeting(payload('176\0ti', 'me\0'), 0, 6)).toMatchObject({ connectionTime: 'ti' });
  });

  it('is told by its length from the answer of another service', () => {
    expect(looksLikeGreeting(26)).toBe(true);
    expect(looksLikeGreeting(0)).toBe(false);
    expect(looksLikeGreeting(new DataView(payload('HTTP').buffer).getUint32(0))).toBe(false);
    expect(looksLikeGreeting(new DataView(payload('SSH-').buffer).getUint32(0))).toBe(false);
    expect(looksLikeGreeting(0x16030100)).toBe(false); // TLS
  });
});
