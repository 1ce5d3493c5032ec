import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import type { ToolView } from '../../contract-views.ts';
import { fileNames } from './tool-words.ts';
import { undoneWords } from './undone-words.ts';
import { useUndo } from './use-tool.ts';

/** The way back: the file as it was, and the key made for it gone. */
export function UndoPart({ tool, onUndone }: { readonly tool: ToolView; readonly onUndone: () => void }) {
  const [asking, setAsking] = useState(false);
  const undo = useUndo((undone) => {
    setAsking(false);
    onUndone();
    notifications.show({ color: 'green', title: `${tool.name} is as it was`, message: undoneWords(undone) });
  });
  return (
    <Group gap="xs">
      <Button variant="default" onClick={() => setAsking(true)}>
        Undo
      </Button>
      <ConfirmDialog
        opened={asking}
        title={`Disconnect ${tool.name}?`}
        verb="Undo"
        busy={undo.isPending}
        error={undo.error}
        onConfirm={() => undo.mutate(tool.id)}
        onClose={() => setAsking(false)}
      >
        <p>
          {fileNames(tool.files)} becomes what it was before.
          {tool.key !== undefined && ` The key ${tool.key.id} stops working.`}
        </p>
      </ConfirmDialog>
    </Group>
  );
}
