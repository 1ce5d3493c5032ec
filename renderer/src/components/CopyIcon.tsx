import { ActionIcon, CopyButton, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';

/** Copies `value`. `name` completes the sentence "Copy ...". */
export function CopyIcon({ value, name }: { readonly value: string; readonly name: string }) {
  return (
    <CopyButton value={value} timeout={1600}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? 'Copied' : `Copy ${name}`}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="md"
            onClick={copy}
            aria-label={copied ? `Copied ${name}` : `Copy ${name}`}
          >
            {copied ? <IconCheck size={16} color="var(--gh-ok)" /> : <IconCopy size={16} color="var(--gh-muted)" />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}
