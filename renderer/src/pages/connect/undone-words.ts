/** What undoing did, in one or two sentences. Pure. */
import type { Undone } from './use-tool.ts';

const RESTORED: Record<Undone['files'][number]['restored'], (name: string) => string> = {
  exact: (name) => `${name} has its earlier content again.`,
  entries: (name) => `${name} was edited since: only the entries of Gatehouse were taken out.`,
  removed: (name) => `${name} is gone, as it was before.`,
  gone: (name) => `${name} was not there any more.`,
};

export function undoneWords({ files, revokedKey }: Pick<Undone, 'files' | 'revokedKey'>): string {
  const words = files.map(({ path, restored, kept }) => {
    const name = path.split(/[\\/]/).at(-1) ?? path;
    const left = kept.length === 0 ? '' : ` Left as you changed them: ${kept.join(', ')}.`;
    return RESTORED[restored](name) + left;
  });
  if (revokedKey !== undefined) words.push(`The key ${revokedKey} is revoked.`);
  return words.join(' ');
}
