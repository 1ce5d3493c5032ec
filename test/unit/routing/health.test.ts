import { describe, expect, it } from 'vitest';
import { createHealthBook, healthState } from '../../../proxy/routing/health.ts';

describe('health of a provider', () => {
  const rows: [outcomes: string, state: string][] = [
    ['', 'unknown'],
    ['+', 'ok'],
    ['++++', 'ok'],
    ['-', 'degraded'],
    ['+-', 'degraded'],
    ['--', 'degraded'],
    ['---', 'failing'],
    ['+++---', 'failing'],
    ['---+', 'degraded'],
  ];
  it.each(rows)('"%s" is %s', (outcomes, state) => {
    expect(healthState([...outcomes].map((sign) => sign === '+'))).toBe(state);
  });

  it('forgets what is long past', () => {
    const book = createHealthBook();
    book.failed('p', { code: 'x', message: 'y', atMs: 1 });
    for (let count = 0; count < 20; count += 1) book.succeeded('p', count);
    expect(book.of('p')).toMatchObject({ state: 'ok', requests: 21, failures: 1, latencyP50Ms: 9 });
  });
});
