/** A tool as the list shows it: where it belongs, and how it stands. Pure. */
import type { Tone } from '../../components/Status.tsx';
import type { ToolView } from '../../contract-views.ts';

export interface ToolGroups {
  /** Found on this machine, or connected from here before. */
  readonly here: readonly ToolView[];
  readonly others: readonly ToolView[];
}

export function groupTools(tools: readonly ToolView[]): ToolGroups {
  const here = tools.filter((tool) => tool.installed === 'yes' || isKnown(tool));
  // Sorting keeps the order of the list within each rank.
  return {
    here: here.toSorted((a, b) => Number(isKnown(b)) - Number(isKnown(a))),
    others: tools.filter((tool) => !here.includes(tool)),
  };
}

function isKnown({ applied, key }: ToolView): boolean {
  return applied !== undefined || key !== undefined;
}

export interface Standing {
  readonly tone: Tone;
  readonly words: string;
}

/** Undefined: nothing was done with it yet. */
export function standing({ files, applied, key }: ToolView): Standing | undefined {
  if (files.some(({ state }) => state === 'changed')) return { tone: 'warn', words: 'Changed since' };
  if (files.some(({ state }) => state === 'connected')) return { tone: 'ok', words: 'Connected' };
  if (applied !== undefined) return { tone: 'warn', words: 'Changed since' };
  if (key !== undefined) return { tone: 'idle', words: 'Has a key' };
  return undefined;
}

/** Whether Gatehouse can write the tool's config for the person. */
export function canApply(tool: ToolView): boolean {
  return tool.files.length > 0 && refusedFiles(tool).length === 0;
}

/** Files that cannot be edited; each says why. */
export function refusedFiles({ files }: ToolView): ToolView['files'] {
  return files.filter(({ state }) => state === 'refused');
}

/** What applying does, before it is done. */
export function changeWords(files: readonly { readonly shownPath: string; readonly exists: boolean }[]): string {
  const names = fileNames(files);
  if (files.every(({ exists }) => !exists)) return `Gatehouse makes ${names} with these lines. Undo removes it again.`;
  return `Only the marked lines of ${names} change. Everything else stays as it is, a backup is kept, and Undo puts it back.`;
}

/** The config as this machine has it: by the name people say. */
export function fileNames(files: readonly { readonly shownPath: string }[]): string {
  return files.map(({ shownPath }) => shownPath).join(' and ');
}
