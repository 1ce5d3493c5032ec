/** Looks for model servers on this machine, when asked to, and remembers what it found. */
import { identify } from './identify.ts';
import type { LocalServer, Look } from './types.ts';

export interface DiscoveryParts {
  readonly look: Look;
  readonly servers: readonly LocalServer[];
  /** Our own port, once listening: we answer like Ollama, and are not to find ourselves. */
  readonly ownPort: () => number | undefined;
}

export interface Discovery {
  /** As of the last probe; empty before the first. */
  found(): readonly LocalServer[];
  /** One probe at a time: whoever asks while one runs shares it. Never rejects. Returns whether something changed. */
  probe(): Promise<boolean>;
  close(): void;
}

export function createDiscovery({ look, servers, ownPort }: DiscoveryParts): Discovery {
  const closing = new AbortController();
  let found: readonly LocalServer[] = [];
  let running: Promise<boolean> | undefined;

  async function probe(): Promise<boolean> {
    const places = servers.filter(({ origin }) => Number(new URL(origin).port) !== ownPort());
    const answers = await Promise.all(places.map((place) => identify(place, look, closing.signal)));
    const there = places.filter((_, index) => answers[index] === true);
    const next = there.filter(({ kind }, index) => there.findIndex((other) => other.kind === kind) === index);
    const changed = next.map(nameOf).join() !== found.map(nameOf).join();
    found = next;
    return changed;
  }

  return {
    found: () => found,
    probe() {
      running ??= probe().finally(() => {
        running = undefined;
      });
      return running;
    },
    close: () => closing.abort(),
  };
}

function nameOf({ kind, origin }: LocalServer): string {
  return `${kind} ${origin}`;
}
