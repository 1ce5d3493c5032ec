import type { ReactNode } from 'react';
import { Notice } from '../../components/Notice.tsx';
import type { ToolView } from '../../contract-views.ts';
import { fileNames, refusedFiles } from './tool-words.ts';

/** Which files of the tool Gatehouse leaves alone, and why. Nothing where it edits them all. */
export function RefusedNotice({ tool, action }: { readonly tool: ToolView; readonly action?: ReactNode }) {
  const refused = refusedFiles(tool);
  if (refused.length === 0) return null;
  return (
    <Notice tone="warn" title={`Gatehouse does not edit ${fileNames(refused)}`} action={action}>
      {refused.map(({ path, problem }) => (
        <p key={path}>{problem}</p>
      ))}
    </Notice>
  );
}
