/** What was applied, per tool: hashes, paths and key ids, in a file of the data directory. No secret is in it. */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fileFormat, type ToolId, toolId } from '../../contract/connect.ts';
import { parseJson } from '../../core/json-value.ts';
import { ensurePrivateDirectory, syncDirectory } from '../../storage/private-files.ts';
import { ConnectError } from '../errors.ts';

const step = z.union([z.string(), z.object({ where: z.string(), is: z.string() })]);

const appliedFile = z.object({
  path: z.string(),
  format: fileFormat,
  /** Of the file as it was; left out: there was none. */
  beforeSha256: z.string().optional(),
  backup: z.string().optional(),
  /** Of the file as Gatehouse wrote it. */
  afterSha256: z.string(),
  /** False: the person edited it between two times that Gatehouse did, so the backup as a whole is no way back. */
  exact: z.boolean(),
  foldersMade: z.array(z.string()),
  /** In order of writing. `sha256` is of the value as JSON; left out: the entry was taken out. */
  entries: z.array(z.object({ path: z.array(step), sha256: z.string().optional() })),
});
export type AppliedFile = z.infer<typeof appliedFile>;

const appliedRecord = z.object({
  atMs: z.int(),
  model: z.string(),
  /** Of the key that was made for the tool; left out: it is one of the person's own. */
  keyId: z.string().optional(),
  secretSha256: z.string(),
  files: z.array(appliedFile),
});
export type AppliedRecord = z.infer<typeof appliedRecord>;

const document = z.object({ version: z.literal(1), tools: z.partialRecord(toolId, appliedRecord) });
type Tools = z.infer<typeof document>['tools'];

export interface Records {
  get(tool: ToolId): AppliedRecord | undefined;
  /** Undefined: forget it. On disk when this returns. */
  put(tool: ToolId, record: AppliedRecord | undefined): void;
}

const NAME = 'connect.json';

/** Read anew each time: it is small, and what is on disk is what counts. */
export function createRecords(dataDir: string): Records {
  const path = join(dataDir, NAME);
  return {
    get: (tool) => read(path)[tool],
    put(tool, record) {
      const { [tool]: _before, ...others } = read(path);
      const tools = record === undefined ? others : { ...others, [tool]: record };
      ensurePrivateDirectory(dataDir);
      write(path, `${JSON.stringify({ version: 1, tools } satisfies z.input<typeof document>, undefined, 2)}\n`);
      syncDirectory(dataDir);
    },
  };
}

function read(path: string): Tools {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw new ConnectError('file_failed', `${path} could not be read.`, { cause: error });
  }
  const parsed = document.safeParse(parseJson(text));
  if (parsed.success) return parsed.data.tools;
  throw new ConnectError(
    'file_failed',
    `${path} is damaged, so Gatehouse does not know what it changed in tools’ files. Move it away to start anew; the backups beside it stay.`,
  );
}

function write(path: string, text: string): void {
  const temporary = `${path}.tmp`;
  try {
    const descriptor = openSync(temporary, 'w', 0o600);
    try {
      writeFileSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, path);
  } catch (error) {
    throw new ConnectError('file_failed', `${path} could not be written. Nothing was changed.`, { cause: error });
  }
}
