/**
 * Cuts Bedrock's binary event stream (application/vnd.amazon.eventstream) into messages, however the network split it:
 *
 *     total length (4) | headers length (4) | CRC of those 8 (4) | headers | payload | CRC of all before (4)
 *
 * The first CRC is checked before a length is believed: a flipped bit there would have us wait for gigabytes.
 */
import { crc32 } from 'node:zlib';

const PRELUDE_BYTES = 12;
const OVERHEAD_BYTES = 16;
export const MESSAGE_BYTES_MAX = 16 * 1024 * 1024;

export type SplitProblem = 'malformed_frame' | 'frame_too_large';

export class MessageSplitter {
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  /** Of the message that is begun; undefined until its prelude is here. */
  #lengthBytes: number | undefined;
  #problem: SplitProblem | undefined;

  /** Bytes held because their message is not complete. */
  get pendingBytes(): number {
    return this.#pendingBytes;
  }

  /** Nothing after this can be trusted, and nothing is kept. */
  get problem(): SplitProblem | undefined {
    return this.#problem;
  }

  /** The messages that this chunk completes, in order. */
  push(chunk: Buffer): Buffer[] {
    if (this.#problem !== undefined || chunk.length === 0) return [];
    this.#pending.push(chunk);
    this.#pendingBytes += chunk.length;
    const messages: Buffer[] = [];
    while (this.#pendingBytes >= (this.#lengthBytes ?? PRELUDE_BYTES)) {
      const bytes = this.#joined();
      if (this.#lengthBytes === undefined) {
        this.#readPrelude(bytes);
        if (this.#problem !== undefined) break;
        continue;
      }
      messages.push(bytes.subarray(0, this.#lengthBytes));
      this.#keep(bytes.subarray(this.#lengthBytes));
      this.#lengthBytes = undefined;
    }
    return messages;
  }

  #joined(): Buffer {
    const [first] = this.#pending;
    if (this.#pending.length === 1 && first !== undefined) return first;
    const bytes = Buffer.concat(this.#pending);
    this.#pending = [bytes];
    return bytes;
  }

  #keep(rest: Buffer): void {
    this.#pending = rest.length === 0 ? [] : [rest];
    this.#pendingBytes = rest.length;
  }

  #readPrelude(bytes: Buffer): void {
    const lengthBytes = bytes.readUInt32BE(0);
    const headerBytes = bytes.readUInt32BE(4);
    if (crc32(bytes.subarray(0, 8)) !== bytes.readUInt32BE(8)) this.#problem = 'malformed_frame';
    else if (lengthBytes > MESSAGE_BYTES_MAX) this.#problem = 'frame_too_large';
    else if (lengthBytes < OVERHEAD_BYTES + headerBytes) this.#problem = 'malformed_frame';
    else this.#lengthBytes = lengthBytes;
    if (this.#problem !== undefined) this.#keep(Buffer.alloc(0));
  }
}
