/** Config versions in words. Pure. */
import type { ConfigVersionView } from '../../../../../proxy/contract/views.ts';
import type { ConfigDiff } from './config-diff.ts';

const SOURCES: Record<ConfigVersionView['source'], string> = {
  default: 'First start',
  file: 'Config file',
  window: 'This window',
  cli: 'Command line',
};

/** By what it was applied. */
export function sourceWords(source: ConfigVersionView['source']): string {
  return SOURCES[source];
}

/** What stands in the place of a note where nobody wrote one. */
export function noNoteWords(source: ConfigVersionView['source']): string {
  if (source === 'default') return 'What Gatehouse begins with';
  return source === 'file' ? 'As the file says' : 'Changed without a note';
}

/** `3 lines added, 1 removed`; `Nothing differs`. */
export function diffWords({ added, removed }: ConfigDiff): string {
  if (added === 0 && removed === 0) return 'Nothing differs';
  const lines = (count: number) => (count === 1 ? '1 line' : `${count} lines`);
  if (removed === 0) return `${lines(added)} added`;
  if (added === 0) return `${lines(removed)} removed`;
  return `${lines(added)} added, ${removed} removed`;
}

export function foldWords(lines: number, within: string | undefined): string {
  return `${lines} unchanged lines${within === undefined ? '' : `, then in ${within}`}`;
}
