/** Pieces that the tools' texts are made of. */
import { type CodeBlock, type FileFormat, KEY_PLACEHOLDER, type ToolStep } from '../../contract/connect.ts';
import { shellLines } from '../../contract/run-environment.ts';
import { putEntries } from '../edit/edit-entries.ts';
import type { Machine, ToolContext, ToolFile } from '../types.ts';
import { shownPath } from './places.ts';

type Variables = readonly { readonly name: string; readonly value: string }[];

const LANGUAGES: Readonly<Record<FileFormat, CodeBlock['language']>> = {
  jsonc: 'jsonc',
  toml: 'toml',
  yaml: 'yaml',
  dotenv: 'dotenv',
};

export function lines(...parts: readonly string[]): string {
  return parts.join('\n');
}

export function byHand(text: string, code?: CodeBlock): ToolStep {
  return { text, byApply: false, ...(code === undefined ? {} : { code }) };
}

/** The step that `apply` does: the same entries, as they look in an empty file. */
export function fileStep(tool: string, file: ToolFile, machine: Machine): ToolStep {
  const place = shownPath(machine, file.path);
  return {
    text: `Put this into ${place}. What else is in the file stays as it is.`,
    byApply: true,
    code: {
      language: LANGUAGES[file.format],
      text: putEntries('', file.format, file.entries).trimEnd(),
      copyName: `entries for ${tool}`,
      place,
    },
  };
}

/** `export ...` or `$env:...`, for the shell that starts the tool. */
export function shellBlock(machine: Machine, variables: Variables, copyName: string, ...more: string[]): CodeBlock {
  const windows = machine.platform === 'win32';
  const env = Object.fromEntries(variables.map(({ name, value }) => [name, value]));
  return {
    language: windows ? 'powershell' : 'bash',
    text: lines(...shellLines(windows ? 'powershell' : 'bash', env, []), ...more),
    copyName,
    place: windows ? 'PowerShell' : 'a terminal',
  };
}

/** One command, as every shell takes it. */
export function command(text: string, copyName: string): CodeBlock {
  return { language: 'bash', text, copyName, place: 'a terminal' };
}

/** A value to paste into a field. */
export function field(name: string, value: string): ToolStep {
  return byHand(`${name}:`, { language: 'text', text: value, copyName: name });
}

export function keyField(name: string): ToolStep {
  return field(name, KEY_PLACEHOLDER);
}

export function versioned({ rootUrl }: Pick<ToolContext, 'rootUrl'>): string {
  return `${rootUrl}/v1`;
}
