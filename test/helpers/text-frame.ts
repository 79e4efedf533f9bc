// A frame of the text wire as its fields stand in reports: the length in front, a NUL behind each.

/** `R` stands for the request id. Bytes go as they are. */
export function textFrame(fields: readonly (string | Uint8Array)[], requestId = 0): Uint8Array {
  const parts = fields.flatMap((field) => [Buffer.from(field === 'R' ? String(requestId) : field), Buffer.of(0)]);
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(body.length);
  return Buffer.concat([head, body]);
}
