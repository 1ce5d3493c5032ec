/** A table may be shared only by connections that were there when it was read. */
import { expect, test } from 'vitest';
import { createSharedTable } from '../../../../proxy/usage/process-owner/shared-table.ts';

test('whoever asked before a read began shares it; whoever asked later has one of his own', async () => {
  let nowMs = 10;
  let reads = 0;
  const waiting: (() => void)[] = [];
  const table = createSharedTable(
    async () => `read ${++reads}`,
    () => nowMs,
    () => new Promise<void>((go) => waiting.push(go)),
  );
  const first = table.since(5);
  // Comes while the first waits for its group.
  nowMs = 12;
  const second = table.since(11);
  waiting.shift()?.();
  expect(await Promise.all([first, second])).toEqual(['read 1', 'read 1']);
  expect(await table.since(11)).toBe('read 1');

  nowMs = 20;
  const third = table.since(12);
  waiting.shift()?.();
  expect(await third).toBe('read 2');
  expect(await table.since(19)).toBe('read 2');
  expect(waiting).toEqual([]);
});
