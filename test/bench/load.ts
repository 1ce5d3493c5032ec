/** The load generator: a fixed number of calls at a fixed concurrency, every answer checked. */
import { Pool } from 'undici';

export interface LoadOptions {
  readonly origin: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly count: number;
  readonly concurrency: number;
  /** What the answer must end with, a character a byte; a fast wrong answer is no figure. */
  readonly mustEndWith: string;
}

export interface Timings {
  /** Sorted, from sending to the last byte. */
  readonly totalMs: readonly number[];
  /** Sorted, from sending to the first byte of the body. */
  readonly firstByteMs: readonly number[];
}

export function quantile(sorted: readonly number[], share: number): number {
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  if (value === undefined) throw new Error('no timings');
  return value;
}

async function callOnce(pool: Pool, { path, headers, body, mustEndWith }: LoadOptions): Promise<[number, number]> {
  const startedAt = performance.now();
  const answer = await pool.request({ path, method: 'POST', headers, body });
  let firstByteAt: number | undefined;
  let tail = '';
  for await (const part of answer.body) {
    firstByteAt ??= performance.now();
    tail = `${tail}${(part as Buffer).toString('latin1')}`.slice(-Math.max(mustEndWith.length, 300));
  }
  const endedAt = performance.now();
  if (answer.statusCode !== 200 || firstByteAt === undefined || !tail.endsWith(mustEndWith)) {
    throw new Error(`a call went wrong: HTTP ${answer.statusCode}, ending with ${tail}`);
  }
  return [endedAt - startedAt, firstByteAt - startedAt];
}

export async function runLoad(options: LoadOptions): Promise<Timings> {
  const pool = new Pool(options.origin, { connections: options.concurrency, pipelining: 1 });
  const totalMs: number[] = [];
  const firstByteMs: number[] = [];
  let left = options.count;
  const caller = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const [total, firstByte] = await callOnce(pool, options);
      totalMs.push(total);
      firstByteMs.push(firstByte);
    }
  };
  try {
    await Promise.all(Array.from({ length: options.concurrency }, caller));
  } finally {
    await pool.close();
  }
  const ascending = (a: number, b: number): number => a - b;
  return { totalMs: totalMs.sort(ascending), firstByteMs: firstByteMs.sort(ascending) };
}
