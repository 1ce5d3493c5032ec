import { Code } from '@mantine/core';
import { Notice } from '../../components/Notice.tsx';
import type { ToolView } from '../../contract-views.ts';
import { formatInstant } from '../../format/time.ts';
import { fileNames } from './tool-words.ts';
import type { Applied } from './use-tool.ts';

/** Everything is in the file: since when, and where the earlier one is kept. */
export function AppliedNotice({ tool, applied }: { readonly tool: ToolView; readonly applied: Applied | undefined }) {
  return (
    <div role="status">
      <Notice tone="ok" title={`${tool.name} is connected`}>
        <p>
          {fileNames(tool.files)} leads here{tool.applied && `, since ${formatInstant(tool.applied.atMs)}`}.
        </p>
        {applied?.backups.map(({ path, backup }) =>
          backup === undefined ? (
            <p key={path}>It is a new file, so there is nothing to back up: Undo removes it.</p>
          ) : (
            <p key={path}>
              As it was before: <Code>{backup}</Code>
            </p>
          ),
        )}
      </Notice>
    </div>
  );
}
