/** The command line in this process, with what it wrote. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { CliIo, ServeOptions } from '../../../proxy/cli/cli-io.ts';
import { runCli } from '../../../proxy/cli/run-cli.ts';

export interface CliRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly served: readonly ServeOptions[];
}

export async function run(argv: readonly string[], more: Partial<CliIo> = {}): Promise<CliRun> {
  const out = collector();
  const err = collector();
  const served: ServeOptions[] = [];
  const serve = async (options: ServeOptions): Promise<number> => {
    served.push(options);
    return 0;
  };
  const code = await runCli(argv, { stdout: out.stream, stderr: err.stream, env: {}, serve, ...more });
  return { code, out: out.text(), err: err.text(), served };
}

export function freshDir(): string {
  return mkdtempSync(join(tmpdir(), 'gatehouse-cli-'));
}

function collector(): { stream: Writable; text: () => string } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString('utf8') };
}
