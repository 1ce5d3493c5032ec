/** What routing remembers, put together: breakers (kept over a restart), latencies, refused credentials, conversations. */
import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import { type BreakerBook, createBreakerBook } from '../routing/breaker-book.ts';
import { type CredentialBook, createCredentialBook } from '../routing/credential-book.ts';
import { createHealthBook, type HealthBook } from '../routing/health.ts';
import { createLatencyBook, type LatencyBook } from '../routing/latency.ts';
import { createStickyBook, type StickyBook } from '../routing/sticky-book.ts';
import type { StateStore } from '../storage/state-store.ts';

export interface RoutingBooks {
  readonly breakers: BreakerBook;
  readonly latency: LatencyBook;
  readonly credentialBook: CredentialBook;
  readonly health: HealthBook;
  readonly stickyBook: StickyBook;
}

const BREAKERS_KEY = 'breakers';

export function createRoutingBooks({
  clock,
  log,
  state,
}: {
  clock: Clock;
  log: Logger;
  state: StateStore;
}): RoutingBooks {
  const breakers = createBreakerBook({
    store: { load: () => state.get(BREAKERS_KEY), save: (value) => state.set(BREAKERS_KEY, value) },
    report: (problem, error) => log.warn({ err: error }, problem),
  });
  const latency = createLatencyBook();
  const credentialBook = createCredentialBook();
  return {
    breakers,
    latency,
    credentialBook,
    health: createHealthBook({ clock, breakers, latency, credentials: credentialBook }),
    stickyBook: createStickyBook(),
  };
}
