/** Options that several commands share, and the checks of what was typed. */
import { InvalidArgumentError, Option } from 'commander';
import type { z } from 'zod';

export function dataDirOption(): Option {
  return new Option('--data-dir <dir>', 'data directory (default: GATEHOUSE_DATA_DIR, else the place of this system)');
}

export function jsonOption(): Option {
  return new Option('--json', 'print JSON for programs');
}

/** A port; 0 picks a free one. */
export function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new InvalidArgumentError('A port is a whole number from 0 to 65535.');
  return port;
}

/** The contract's own rule for a name, with its own words. */
export function parsedBy(schema: z.ZodType<string>): (text: string) => string {
  return (text) => {
    const parsed = schema.safeParse(text);
    if (!parsed.success)
      throw new InvalidArgumentError(`${parsed.error.issues.map((issue) => issue.message).join('; ')}.`);
    return parsed.data;
  };
}
