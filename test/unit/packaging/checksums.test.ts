import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import writeChecksums from '../../../scripts/package/checksums.ts';

let outDir: string;
beforeEach(() => {
  outDir = mkdtempSync(join(tmpdir(), 'gatehouse-sums-'));
});
afterEach(() => rmSync(outDir, { recursive: true }));

function make(name: string, text: string): string {
  const path = join(outDir, name);
  writeFileSync(path, text);
  return path;
}

test('writes a line for each package, in the order of their names', async () => {
  const artifactPaths = [make('b.deb', 'abc'), make('a.AppImage', '')];
  const file = join(outDir, 'SHA256SUMS');
  expect(await writeChecksums({ outDir, artifactPaths })).toEqual([file]);
  // The digests that FIPS 180 gives for these two.
  expect(readFileSync(file, 'utf8')).toBe(
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a.AppImage\n' +
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  b.deb\n',
  );
});

test.skipIf(process.platform !== 'linux')('sha256sum agrees (needs: Linux)', async () => {
  const artifactPaths = [make('Gatehouse-1.0.0-linux-amd64.deb', 'x'.repeat(200_000))];
  await writeChecksums({ outDir, artifactPaths });
  const said = execFileSync('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: outDir, encoding: 'utf8' });
  expect(said).toBe('Gatehouse-1.0.0-linux-amd64.deb: OK\n');
});

test('writes nothing where nothing was made', async () => {
  expect(await writeChecksums({ outDir, artifactPaths: [] })).toEqual([]);
});
