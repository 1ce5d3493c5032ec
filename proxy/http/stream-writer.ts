/**
 * Writes the body of a stream to its socket. Node's own way holds a socket back and lets it go again for every chunk,
 * which costs more than what a relay does with it. Here what comes within one turn of the event loop goes out as one
 * chunk, and past the response.
 */
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { frameChunk, LAST_CHUNK } from './chunk-framing.ts';

export class StreamWriter {
  readonly #response: ServerResponse;
  readonly #socket: Socket;
  readonly #flush = () => this.#write(this.#take());
  #waiting: Buffer[] = [];

  /** The head is on its way, and `socket` is this response's own until it ends. `onDrain` is called as long. */
  constructor(response: ServerResponse, socket: Socket, onDrain: () => void) {
    this.#response = response;
    this.#socket = socket;
    socket.on('drain', onDrain);
    response.once('close', () => socket.off('drain', onDrain));
  }

  /** `data` is not empty. False: the socket takes no more until it has drained. */
  write(data: Buffer): boolean {
    const socket = this.#socket;
    // The head waits for what follows it at once: they travel together.
    if (socket.writableCorked > 0) this.#write(data);
    else if (this.#waiting.push(data) === 1) process.nextTick(this.#flush);
    return !socket.writableNeedDrain;
  }

  end(data: Buffer | undefined): void {
    if (data !== undefined && data.length > 0) this.#waiting.push(data);
    const rest = this.#take();
    this.#response.end(rest === undefined ? LAST_CHUNK : frameChunk(rest, true));
  }

  #take(): Buffer | undefined {
    const waiting = this.#waiting;
    this.#waiting = [];
    return waiting.length > 1 ? Buffer.concat(waiting) : waiting[0];
  }

  #write(data: Buffer | undefined): void {
    if (data !== undefined && this.#socket.writable) this.#socket.write(frameChunk(data, false));
  }
}
