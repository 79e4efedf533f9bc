// Room for frames that both writers share; the frame's length and id are set when the message is complete.

const encoder = new TextEncoder();

/** Frames stand one behind the other: an array for each would cost more than what is written into it. */
const ROOM = 16_384;
/** What most frames need, at the least. */
const ENOUGH = 1024;

export class BytesWriter {
  bytes: Uint8Array = new Uint8Array(ENOUGH);
  at = 0;
  /** Where the frame begins. */
  private first = 0;

  /** Begins a frame: room for the length, then the id in binary or as text. */
  begin(id: number, binaryId: boolean): void {
    if (this.bytes.length - this.first < ENOUGH || this.bytes.length > ROOM) {
      this.bytes = new Uint8Array(ROOM);
      this.first = 0;
    }
    this.at = this.first + 4;
    if (binaryId) {
      this.uint32(id);
    } else {
      this.ascii(String(id));
      this.bytes[this.at++] = 0;
    }
  }

  /** Bytes of the frame so far, without its length. */
  get length(): number {
    return this.at - this.first - 4;
  }

  /** The finished frame, its length filled in; nothing is written there again. */
  finish(): Uint8Array {
    const { first, at: end, length } = this;
    this.at = first;
    this.uint32(length);
    this.at = end;
    this.first = end;
    return this.bytes.subarray(first, end);
  }

  reserve(room: number): void {
    if (this.at + room <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.at + room));
    larger.set(this.bytes.subarray(this.first, this.at), this.first);
    this.bytes = larger;
  }

  uint32(value: number): void {
    const { bytes, at } = this;
    bytes[at] = value >>> 24;
    bytes[at + 1] = value >>> 16;
    bytes[at + 2] = value >>> 8;
    bytes[at + 3] = value;
    this.at = at + 4;
  }

  /** Text known to be ASCII. */
  ascii(text: string): void {
    this.reserve(text.length);
    for (let i = 0; i < text.length; i++) this.bytes[this.at + i] = text.charCodeAt(i);
    this.at += text.length;
  }

  /** Text as UTF-8; bytes that were not UTF-8 when read go out as they came. Returns false when it is not plain ASCII. */
  utf8(text: string, raw: (text: string) => Uint8Array): void {
    const length = text.length;
    this.reserve(length * 3);
    const { bytes } = this;
    let at = this.at;
    for (let i = 0; i < length; i++) {
      const unit = text.charCodeAt(i);
      if (unit > 127) {
        this.notAscii(text, raw);
        return;
      }
      bytes[at++] = unit;
    }
    this.at = at;
  }

  private notAscii(text: string, raw: (text: string) => Uint8Array): void {
    if (/[\ud800-\udfff]/.test(text)) {
      const whole = raw(text);
      this.reserve(whole.length);
      this.bytes.set(whole, this.at);
      this.at += whole.length;
      return;
    }
    this.at += encoder.encodeInto(text, this.bytes.subarray(this.at)).written;
  }
}
