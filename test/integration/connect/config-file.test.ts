/** The file on disk between reading and writing. */
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfigFile, writeConfigFile } from '../../../proxy/connect/files/config-file.ts';

const fresh = () => mkdtempSync(join(tmpdir(), 'gatehouse-file-'));

test('what another program wrote in between is not overwritten, and nothing is left lying about', () => {
  const folder = fresh();
  const path = join(folder, 'a.json');
  writeFileSync(path, 'first');
  const file = readConfigFile(path);
  writeFileSync(path, 'second');
  expect(() => writeConfigFile(file, 'ours')).toThrow('changed just now by another program');
  expect(readFileSync(path, 'utf8')).toBe('second');
  expect(readdirSync(folder)).toEqual(['a.json']);
});

test('a file that appeared in between is not overwritten either', () => {
  const path = join(fresh(), 'deep', 'a.json');
  const file = readConfigFile(path);
  expect(writeConfigFile(file, 'ours')).toHaveLength(1);
  expect(() => writeConfigFile(file, 'ours again')).toThrow('changed just now');
});
