import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const MB = 1024 * 1024;

test('the space for young objects stays small until there is work, then grows, and not to its largest', async () => {
  const program = join(import.meta.dirname, 'make-garbage.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [program], { timeout: 20_000 });
  const { light, busy } = JSON.parse(stdout);
  expect(light).toBeLessThan(3 * MB);
  expect(busy).toBeGreaterThan(6 * MB);
  expect(busy).toBeLessThan(20 * MB);
});
