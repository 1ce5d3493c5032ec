import { Button, Menu } from '@mantine/core';
import { IconBookmark, IconDeviceFloppy, IconFolderOpen } from '@tabler/icons-react';
import { useState } from 'react';
import { PromptsDialog } from './PromptsDialog.tsx';
import { SavePromptDialog } from './SavePromptDialog.tsx';

/** Prompts are kept only when the person says so: this is where. */
export function PromptsMenu() {
  const [open, setOpen] = useState<'save' | 'prompts'>();
  const close = () => setOpen(undefined);
  return (
    <>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <Button variant="default" leftSection={<IconBookmark size={16} />}>
            Prompts
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconFolderOpen size={16} />} onClick={() => setOpen('prompts')}>
            Saved prompts…
          </Menu.Item>
          <Menu.Item leftSection={<IconDeviceFloppy size={16} />} onClick={() => setOpen('save')}>
            Save as…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {open === 'save' && <SavePromptDialog onClose={close} />}
      {open === 'prompts' && <PromptsDialog onClose={close} />}
    </>
  );
}
