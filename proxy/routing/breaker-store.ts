/** Breakers on disk: what is open stays open over a restart. Only metadata, validated when it is read. */
import { z } from 'zod';
import type { Breaker } from './breaker.ts';
import { EMPTY_WINDOW } from './breaker-window.ts';
import { FAILURE_KINDS } from './failure.ts';

/** A place for one JSON value. `save` may throw; the book reports it and goes on. */
export interface BreakerStore {
  load(): unknown;
  save(state: unknown): void;
}

const storedBreaker = z.object({
  id: z.string().min(1).max(300),
  sinceMs: z.number(),
  untilMs: z.number(),
  openings: z.int().min(0).max(20),
  cause: z.object({
    kind: z.enum([...FAILURE_KINDS, 'slow']),
    status: z.int().optional(),
    code: z.string().max(48).optional(),
  }),
  leadsTo: z.enum(['half-open', 'closed']),
});
const stored = z.object({ version: z.literal(1), breakers: z.array(z.unknown()) });

/** Closed breakers are not kept: closed is how a breaker begins. */
export function toStored(breakers: ReadonlyMap<string, Breaker>): unknown {
  return {
    version: 1,
    breakers: [...breakers].flatMap(([id, breaker]) => {
      if (breaker.state === 'closed') return [];
      const { sinceMs, openings, cause } = breaker;
      // Its probe dies with this process: the next call after the restart is the new one.
      const rest =
        breaker.state === 'open'
          ? { untilMs: breaker.untilMs, leadsTo: breaker.leadsTo }
          : { untilMs: sinceMs, leadsTo: 'half-open' };
      return [{ id, sinceMs, openings, cause, ...rest }];
    }),
  };
}

/** `problems`: what was dropped, for the log. A row that cannot be read costs only itself. */
export function fromStored(value: unknown): {
  readonly breakers: Map<string, Breaker>;
  readonly problems: readonly string[];
} {
  const breakers = new Map<string, Breaker>();
  if (value === undefined || value === null) return { breakers, problems: [] };
  const read = stored.safeParse(value);
  if (!read.success) return { breakers, problems: ['the saved breakers cannot be read, so all begin closed'] };
  const problems: string[] = [];
  for (const [index, row] of read.data.breakers.entries()) {
    const one = storedBreaker.safeParse(row);
    if (!one.success) {
      problems.push(
        `saved breaker ${index} cannot be read (${one.error.issues[0]?.path.join('.') ?? ''}) and begins closed`,
      );
      continue;
    }
    const { id, cause, ...rest } = one.data;
    const { kind, status, code } = cause;
    breakers.set(id, {
      state: 'open',
      window: EMPTY_WINDOW,
      failuresInARow: 0,
      ...rest,
      cause: { kind, ...(status === undefined ? {} : { status }), ...(code === undefined ? {} : { code }) },
    });
  }
  return { breakers, problems };
}
