import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GatehouseError } from '../../../proxy/core/errors.ts';
import { createLateBooks, mayPass } from '../../../proxy/pipeline/late-books.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('entries that could not be written in time', () => {
  it('are written in order as soon as they can be', async () => {
    let works = false;
    const errors: number[] = [];
    const written: string[] = [];
    const books = createLateBooks((_error, waiting) => errors.push(waiting));
    const write = (name: string) => async () => {
      if (!works) throw new Error('disk full');
      written.push(name);
    };
    books.add(write('a'));
    books.add(write('b'));
    await vi.advanceTimersByTimeAsync(3000);
    expect([written, errors, books.waiting()]).toEqual([[], [2, 2, 2], 2]);
    works = true;
    await vi.advanceTimersByTimeAsync(1000);
    expect([written, books.waiting()]).toEqual([['a', 'b'], 0]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('get one last try at the end', async () => {
    const written: string[] = [];
    const books = createLateBooks(() => undefined);
    books.add(async () => void written.push('last'));
    await books.close();
    expect([written, vi.getTimerCount()]).toEqual([['last'], 0]);
  });
});

describe('what may pass by itself', () => {
  it.each([
    [new GatehouseError('ledger_unavailable', 'the disk is full'), true],
    [new GatehouseError('invalid_request', 'no'), false],
    [Object.assign(new Error('x'), { code: 'SQLITE_FULL' }), true],
    [Object.assign(new Error('x'), { code: 'SQLITE_IOERR_WRITE' }), true],
    [Object.assign(new Error('x'), { code: 'SQLITE_CONSTRAINT_UNIQUE' }), false],
    [new Error('x'), false],
  ])('%s: %s', (error, passes) => expect(mayPass(error)).toBe(passes));
});
