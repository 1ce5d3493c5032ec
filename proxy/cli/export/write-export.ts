/** Writes lines to stdout or to a file, no faster than they are taken. */
import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CliError } from '../cli-io.ts';

export interface ExportTarget {
  readonly stdout: Writable;
  readonly path: string | undefined;
  /** Whether an existing file may be replaced. */
  readonly replace: boolean;
}

const PRIVATE_MODE = 0o600;
const LINES_PER_WRITE = 256;

/** Gives the number of lines. A file appears whole or not at all. Throws CliError when it is there already. */
export async function writeExport(lines: Iterable<string>, { stdout, path, replace }: ExportTarget): Promise<number> {
  const counted = { lines: 0 };
  const source = Readable.from(blocks(lines, counted));
  if (path === undefined) {
    await pipeline(source, stdout, { end: false });
    return counted.lines;
  }
  if (!replace && (await exists(path))) throw new CliError(`${path} is there already; give another name or --force.`);
  const unfinished = `${path}.${process.pid}.unfinished`;
  try {
    await pipeline(source, createWriteStream(unfinished, { flags: 'wx', mode: PRIVATE_MODE, flush: true }));
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  return counted.lines;
}

function* blocks(lines: Iterable<string>, counted: { lines: number }): Generator<string> {
  let block: string[] = [];
  for (const line of lines) {
    counted.lines += 1;
    block.push(line);
    if (block.length < LINES_PER_WRITE) continue;
    yield `${block.join('\n')}\n`;
    block = [];
  }
  if (block.length > 0) yield `${block.join('\n')}\n`;
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}
