/** A table may be shared only by connections that were there when it was read. */
import { expect, test } from 'vitest';
import { createSharedTables } from '../../../../proxy/usage/process-owner/shared-tables.ts';

test('whoever asked before a read began shares it; whoever asked later has one of his own', async () => {
  let nowMs = 0;
  let reads = 0;
  const tables = createSharedTables(
    async () => [`read ${++reads}`],
    () => nowMs,
  );
  nowMs = 10;
  expect(await tables.since(5)).toEqual(['read 1']);
  expect(await tables.since(9)).toEqual(['read 1']);
  nowMs = 20;
  expect(await tables.since(10)).toEqual(['read 2']);
  expect(await tables.since(19)).toEqual(['read 2']);
  expect(await tables.since(9)).toEqual(['read 2']);
  nowMs = 30;
  expect(await tables.since(25)).toEqual(['read 3']);
});
