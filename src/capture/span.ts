// How many bytes a MessagePack value takes, found without decoding it.

/** More values inside one than any header or record has: keeps a hostile file from costing more than it is long. */
const MAX_PARTS = 10_000;

/**
 * Bytes that the MessagePack value at `at` takes, as far as `bytes` (valid up to `end`) tells: exact when the value ends by
 * `end`, otherwise the least that it will take, always more than there is. `'bad'` when no value of a capture begins like that.
 * Byte layout: the MessagePack specification, "Formats".
 */
export function valueSpan(bytes: Uint8Array, at: number, end: number): number | 'bad' {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = at;
  let open = 1;
  for (let seen = 0; open > 0; seen++) {
    if (seen + open > MAX_PARTS) return 'bad';
    if (offset >= end) return offset + 1 - at;
    const head = bytes[offset]!;
    const width = sizeWidth(head);
    if (width === undefined) return 'bad';
    if (offset + 1 + width > end) return offset + 1 + width - at;
    const size = width === 0 ? embeddedSize(head) : readSize(view, offset + 1, width);
    offset += 1 + width;
    open -= 1;
    if (isMap(head)) open += 2 * size;
    else if (isArray(head)) open += size;
    else offset += size;
  }
  return offset - at;
}

const isMap = (head: number): boolean => (head & 0xf0) === 0x80 || head === 0xde || head === 0xdf;
const isArray = (head: number): boolean => (head & 0xf0) === 0x90 || head === 0xdc || head === 0xdd;

/** Bytes of the length that follows the head byte: 0 when the head says it all, `undefined` for the head that has no meaning. */
function sizeWidth(head: number): number | undefined {
  switch (head) {
    case 0xc1:
      return undefined;
    case 0xc4: // bin 8
    case 0xc7: // ext 8
    case 0xd9: // str 8
      return 1;
    case 0xc5: // bin 16
    case 0xc8: // ext 16
    case 0xda: // str 16
    case 0xdc: // array 16
    case 0xde: // map 16
      return 2;
    case 0xc6: // bin 32
    case 0xc9: // ext 32
    case 0xdb: // str 32
    case 0xdd: // array 32
    case 0xdf: // map 32
      return 4;
    default:
      return 0;
  }
}

function readSize(view: DataView, at: number, width: number): number {
  const size = width === 1 ? view.getUint8(at) : width === 2 ? view.getUint16(at) : view.getUint32(at);
  const head = view.getUint8(at - 1);
  return head >= 0xc7 && head <= 0xc9 ? size + 1 : size; // ext: a type byte stands before the data
}

/** Bytes after the head, or parts of a small map or array, for heads that carry no separate length. */
function embeddedSize(head: number): number {
  if (head < 0x80 || head >= 0xe0) return 0; // small integers
  if (head < 0xa0) return head & 0x0f; // small map, small array
  if (head < 0xc0) return head & 0x1f; // small text
  if (head <= 0xc3) return 0; // nil, false, true
  if (head === 0xca) return 4; // float 32
  if (head === 0xcb) return 8; // float 64
  if (head <= 0xd3) return 1 << (head & 0x03); // unsigned 0xcc-0xcf, signed 0xd0-0xd3
  return 1 + (1 << (head - 0xd4)); // fixed ext: a type byte, then 1 to 16 bytes
}
