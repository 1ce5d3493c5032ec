/** `gatehouse run` as a process of its own, with a child that tests know. */
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type RunReceipt, runReceipt } from '../../../proxy/contract/runs.ts';
import { ended, type Run, start } from './gatehouse.ts';

const CHILD = fileURLToPath(new URL('./run-child.ts', import.meta.url));

export interface FinishedRun extends Run {
  /** What the child said, a line each. */
  readonly said: readonly Record<string, unknown>[];
  /** Where --json was given and the run came to its end. */
  readonly receipt: RunReceipt | undefined;
}

export function childCommand(...args: readonly string[]): string[] {
  return [process.execPath, CHILD, ...args];
}

/** `options` before `--`. */
export function startRun(
  options: readonly string[],
  command: readonly string[],
  env: NodeJS.ProcessEnv = {},
): ChildProcess {
  return start(['run', ...options, '--', ...command], env);
}

export async function finished(run: ChildProcess): Promise<FinishedRun> {
  const result = await ended(run);
  return { ...result, said: linesOf(result.out), receipt: receiptIn(result.err) };
}

/** The first line of the child, without taking it from `finished`. */
export async function firstWords(run: ChildProcess): Promise<Record<string, unknown>> {
  const { stdout } = run;
  if (stdout === null) throw new Error('no stdout');
  const lines = createInterface({ input: stdout });
  return new Promise((resolve, reject) => {
    lines.once('line', (line) => resolve(said.parse(JSON.parse(line))));
    lines.once('close', () => reject(new Error('the run ended before its child said anything')));
  });
}

const said = z.record(z.string(), z.unknown());

function linesOf(out: string): Record<string, unknown>[] {
  return out
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => said.parse(JSON.parse(line)));
}

function receiptIn(err: string): RunReceipt | undefined {
  const last = err.trimEnd().split('\n').at(-1) ?? '';
  if (!last.startsWith('{')) return undefined;
  return z.object({ exitCode: z.int(), receipt: runReceipt }).parse(JSON.parse(last)).receipt;
}
