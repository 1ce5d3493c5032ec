/** Gathers the frames that are passed on from one step, copying only where something was left out or pieced together. */
import type { Frame } from './frame-splitter.ts';

export class Forwarder {
  readonly #done: Buffer[] = [];
  #bytes: Buffer | undefined;
  #start = 0;
  #end = 0;

  add({ bytes, start, end }: Frame): void {
    if (bytes === this.#bytes && start === this.#end) {
      this.#end = end;
      return;
    }
    this.#close();
    this.#bytes = bytes;
    this.#start = start;
    this.#end = end;
  }

  addText(text: string): void {
    this.#close();
    this.#done.push(Buffer.from(text));
  }

  /** The very chunk when all of it passes; undefined when nothing does. */
  take(): Buffer | undefined {
    this.#close();
    return this.#done.length > 1 ? Buffer.concat(this.#done) : this.#done[0];
  }

  #close(): void {
    const bytes = this.#bytes;
    if (bytes === undefined) return;
    this.#done.push(this.#start === 0 && this.#end === bytes.length ? bytes : bytes.subarray(this.#start, this.#end));
    this.#bytes = undefined;
  }
}
