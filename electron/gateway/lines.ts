/** Splits a byte stream into lines without ever holding more than one bounded line. */
import type { Readable } from 'node:stream';

const LINE_CHARACTERS_MAX = 8_192;

/** `null` streams (stdio that was not piped) are fine and give nothing. */
export function onLines(stream: NodeJS.ReadableStream | Readable | null, line: (text: string) => void): void {
  if (stream === null) return;
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string | Buffer) => {
    const parts = (rest + String(chunk)).split('\n');
    rest = (parts.pop() ?? '').slice(-LINE_CHARACTERS_MAX);
    for (const part of parts) line(part);
  });
  stream.on('end', () => {
    if (rest !== '') line(rest);
    rest = '';
  });
}
