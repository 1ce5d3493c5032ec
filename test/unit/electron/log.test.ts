import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { onLines } from '../../../electron/gateway/lines.ts';
import { createFileLog } from '../../../electron/log.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function stderr() {
  const said: string[] = [];
  return { said, write: (text: string) => said.push(text) };
}

it('writes what happened, and says aloud what went wrong', () => {
  const out = stderr();
  const log = createFileLog(join(folder, 'logs'), () => 0, out);
  log.info('quiet');
  log.warn('loud');
  log.gateway('{"level":40}');
  const file = join(folder, 'logs', 'desktop.log');
  expect(readFileSync(file, 'utf8')).toBe(
    '1970-01-01T00:00:00.000Z info quiet\n1970-01-01T00:00:00.000Z warn loud\n{"level":40}\n',
  );
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(out.said).toEqual(['gatehouse: loud\n']);
});

it('never grows past its bound and keeps the file before', () => {
  const log = createFileLog(folder, () => 0, stderr());
  const line = 'x'.repeat(10_000);
  for (let count = 0; count < 2_500; count += 1) log.gateway(line);
  const file = join(folder, 'desktop.log');
  expect(statSync(file).size).toBeLessThanOrEqual(4 * 1024 * 1024);
  expect(statSync(`${file}.1`).size).toBeLessThanOrEqual(4 * 1024 * 1024);
});

it('says once that it cannot be written, and goes on', () => {
  const out = stderr();
  writeFileSync(join(folder, 'logs'), 'a file where a folder should be');
  const log = createFileLog(join(folder, 'logs'), () => 0, out);
  log.info('one');
  log.info('two');
  expect(out.said).toHaveLength(1);
  expect(out.said[0]).toContain('cannot write');
});

it('splits lines wherever the stream was cut, at every byte', async () => {
  const text = 'first\nzwölf\n\nlast without an end';
  const bytes = Buffer.from(text);
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const stream = new PassThrough();
    const lines: string[] = [];
    onLines(stream, (line) => lines.push(line));
    stream.write(bytes.subarray(0, cut));
    stream.end(bytes.subarray(cut));
    await new Promise((resolve) => stream.once('end', resolve));
    expect(lines).toEqual(text.split('\n'));
  }
});

it('holds a line without end only up to its bound', async () => {
  const stream = new PassThrough();
  const lines: string[] = [];
  onLines(stream, (line) => lines.push(line));
  for (let count = 0; count < 100; count += 1) stream.write('y'.repeat(1_000));
  stream.end();
  await new Promise((resolve) => stream.once('end', resolve));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toHaveLength(8_192);
});
