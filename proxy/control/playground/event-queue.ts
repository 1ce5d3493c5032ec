/** Events pushed by callbacks, pulled by one async reader. Closing ends the reader after what is queued. */
export class EventQueue<T> {
  #items: T[] = [];
  #closed = false;
  #wake: (() => void) | undefined;
  readonly #merge: (last: T, next: T) => T | undefined;

  /** `merge` makes one item of two that wait next to each other, so that a slow reader finds few long ones. */
  constructor(merge: (last: T, next: T) => T | undefined = () => undefined) {
    this.#merge = merge;
  }

  push(item: T): void {
    if (this.#closed) return;
    const last = this.#items.at(-1);
    const merged = last === undefined ? undefined : this.#merge(last, item);
    if (merged === undefined) this.#items.push(item);
    else this.#items[this.#items.length - 1] = merged;
    this.#wake?.();
  }

  close(): void {
    this.#closed = true;
    this.#wake?.();
  }

  async *read(): AsyncGenerator<T> {
    for (;;) {
      const item = this.#items.shift();
      if (item !== undefined) yield item;
      else if (this.#closed) return;
      else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }
}
