/**
 * The desktop log: what the main process notices and what the gateway writes to stderr, in one file that never grows
 * past its bound (the file before it is kept once). Metadata only, like every log of this house.
 */
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface Log {
  info(what: string): void;
  warn(what: string): void;
  error(what: string): void;
  /** Raw lines of the gateway, as it formatted them. */
  gateway(line: string): void;
}

const FILE_BYTES_MAX = 4 * 1024 * 1024;
const LINE_CHARACTERS_MAX = 4_096;

/** A log that cannot be written (full disk, read-only home) says so once on stderr and never stops the app. */
export function createFileLog(logDir: string, nowMs: () => number, stderr: { write(text: string): unknown }): Log {
  const file = join(logDir, 'desktop.log');
  let bytes: number | undefined;
  let broken = false;

  function append(line: string): void {
    if (broken) return;
    const text = `${line.slice(0, LINE_CHARACTERS_MAX)}\n`;
    try {
      if (bytes === undefined) bytes = open();
      if (bytes + text.length > FILE_BYTES_MAX) {
        renameSync(file, `${file}.1`);
        bytes = 0;
      }
      appendFileSync(file, text, { mode: 0o600 });
      bytes += Buffer.byteLength(text);
    } catch (error) {
      broken = true;
      stderr.write(`gatehouse: cannot write ${file}: ${messageOf(error)}\n`);
    }
  }

  function open(): number {
    mkdirSync(logDir, { recursive: true, mode: 0o700 });
    return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  }

  const say = (level: string) => (what: string) => {
    append(`${new Date(nowMs()).toISOString()} ${level} ${what}`);
    if (level !== 'info') stderr.write(`gatehouse: ${what}\n`);
  };
  return { info: say('info'), warn: say('warn'), error: say('error'), gateway: append };
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
