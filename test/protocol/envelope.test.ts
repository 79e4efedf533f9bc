import { describe, expect, it } from 'vitest';
import { bodyStart, open, wireId } from '../../src/protocol/envelope.js';
import { CursorError } from '../../src/protocol/errors.js';

const text = (value: string): Uint8Array => Uint8Array.from(value, (letter) => letter.charCodeAt(0));

describe('the message id', () => {
  it('is text below 201', () => {
    const bytes = text('102\0body');
    expect(open(bytes, 0, bytes.length, 200)).toEqual({ id: 102, isProtobuf: false, at: 4 });
  });

  it('is four bytes from 201 on, and 200 more for a protobuf body', () => {
    expect(open(Uint8Array.of(0, 0, 0, 9, 49, 0), 0, 6, 201)).toEqual({ id: 9, isProtobuf: false, at: 4 });
    expect(open(Uint8Array.of(0, 0, 0, 209, 8), 0, 5, 201)).toEqual({ id: 9, isProtobuf: true, at: 4 });
    expect(open(Uint8Array.of(0, 0, 0, 200), 0, 4, 201)).toEqual({ id: 200, isProtobuf: false, at: 4 });
    expect(open(Uint8Array.of(0, 0, 0, 201), 0, 4, 201)).toEqual({ id: 1, isProtobuf: true, at: 4 });
  });

  it('above 200 is no protobuf on the old wire', () => {
    const bytes = text('209\0');
    expect(open(bytes, 0, bytes.length, 200)).toMatchObject({ id: 209, isProtobuf: false });
  });

  it.each([
    ['', 176],
    ['\0', 176],
    ['9', 176],
    ['x\0', 176],
    ['-1\0', 176],
    ['1.5\0', 176],
    ['12345678901\0', 176],
    ['\0\0\0', 225],
    ['\xff\xff\xff\xff', 225],
  ])('is missing in %j at %i', (value, version) => {
    const bytes = text(value);
    expect(() => open(bytes, 0, bytes.length, version)).toThrow(CursorError);
  });

  it('is looked for inside the payload only', () => {
    const bytes = text('9\0');
    expect(wireId(bytes, 0, 1, false)).toBe(-1);
    expect(wireId(Uint8Array.of(0, 0, 0, 9), 0, 3, true)).toBe(-1);
    expect(wireId(text('xx9\0'), 2, 4, false)).toBe(9);
    expect(bodyStart(text('xx9\0'), 2, false)).toBe(4);
  });
});
