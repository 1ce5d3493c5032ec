import { Button, Collapse, TextInput } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { KeyDraft, KeyProblems } from './key-draft.ts';
import { LimitFields } from './LimitFields.tsx';

interface KeyFieldsProps {
  readonly draft: KeyDraft;
  readonly problems: KeyProblems;
  /** The limits show from the start. */
  readonly open: boolean;
  readonly onChange: (part: Partial<KeyDraft>) => void;
}

/** The project, and behind one click everything a key can be held to. */
export function KeyFields({ draft, problems, open, onChange }: KeyFieldsProps) {
  const [opened, setOpened] = useState(open);
  const limitsId = useId();
  const { project, ...limits } = problems;
  // A problem must not hide behind the button.
  const shown = opened || Object.keys(limits).length > 0;
  return (
    <>
      <TextInput
        label="Project (optional)"
        description="Its spend is kept apart under this name"
        value={draft.project}
        onChange={(event) => onChange({ project: event.currentTarget.value })}
        error={project}
        autoComplete="off"
        spellCheck={false}
      />
      <div>
        <Button
          variant="subtle"
          size="xs"
          color="gray"
          leftSection={shown ? <IconChevronDown size={16} /> : <IconChevronRight size={16} />}
          aria-expanded={shown}
          aria-controls={limitsId}
          onClick={() => setOpened(!shown)}
        >
          Limits
        </Button>
        <Collapse id={limitsId} expanded={shown} pt="xs">
          {shown && <LimitFields draft={draft} problems={problems} onChange={onChange} />}
        </Collapse>
      </div>
    </>
  );
}
