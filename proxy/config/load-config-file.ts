/** A config file from disk. */
import { readFile, stat } from 'node:fs/promises';
import type { CheckMore } from './check-config.ts';
import { type ParsedConfig, parseConfigYaml } from './parse-config.ts';
import { CONFIG_BYTES_MAX } from './yaml-source.ts';

/** `prepare`: what `more` needs before it can look. Never throws: a file that cannot be read is a problem like any other. */
export async function loadConfigFile(
  path: string,
  more?: CheckMore,
  prepare: (text: string) => Promise<void> = async () => undefined,
): Promise<ParsedConfig> {
  try {
    const facts = await stat(path);
    if (facts.isDirectory()) return failed(`${path} is a directory; expected a YAML file`);
    // Looked at before reading, so that the wrong file (a log, a disk image) is not loaded into memory first.
    if (facts.size > CONFIG_BYTES_MAX) {
      return failed(
        `the file has ${facts.size} bytes; a config has ${CONFIG_BYTES_MAX} at most. Is it the right file?`,
      );
    }
    const bytes = await readFile(path);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    await prepare(text);
    return parseConfigYaml(text, more);
  } catch (error) {
    return failed(fileMessage(path, error));
  }
}

function failed(message: string): ParsedConfig {
  return { ok: false, problems: [{ path: '', message }] };
}

function fileMessage(path: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return `${path} is not UTF-8 text; save it as UTF-8`;
  if (code === 'ENOENT') return `there is no file ${path}`;
  if (code === 'EACCES' || code === 'EPERM') return `${path} cannot be read: this user has no permission`;
  return `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
}
