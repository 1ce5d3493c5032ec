import { ActionIcon, Button, SegmentedControl } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { toolChoice } from '../../../../../proxy/contract/playground.ts';
import { usePlayground, usePlaygroundState } from '../state/playground-context.ts';
import { OptionSection } from './OptionSection.tsx';
import { ToolDialog } from './ToolDialog.tsx';
import classes from './ToolsSection.module.css';

type Edited = { readonly name: string | undefined };

export function ToolsSection() {
  const { store } = usePlayground();
  const tools = usePlaygroundState(({ settings }) => settings.tools);
  const choice = usePlaygroundState(({ settings }) => settings.toolChoice);
  const [edited, setEdited] = useState<Edited>();
  const others = tools.filter(({ name }) => name !== edited?.name);
  return (
    <OptionSection
      title="Tools"
      aside={
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconPlus size={14} />}
          onClick={() => setEdited({ name: undefined })}
        >
          Add tool
        </Button>
      }
    >
      {tools.length === 0 ? (
        <p className={classes.none}>None. With a tool you see what a model calls it with, and answer for it.</p>
      ) : (
        <>
          <ul className={classes.tools}>
            {tools.map(({ name, description }) => (
              <li key={name} className={classes.tool}>
                <button type="button" className={classes.open} onClick={() => setEdited({ name })}>
                  <span className="mono">{name}</span>
                  {description !== undefined && <span className={`${classes.detail} truncate`}>{description}</span>}
                </button>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={`Remove tool ${name}`}
                  onClick={() => store.settings({ tools: tools.filter((tool) => tool.name !== name) })}
                >
                  <IconTrash size={16} color="var(--gh-muted)" />
                </ActionIcon>
              </li>
            ))}
          </ul>
          <SegmentedControl
            size="xs"
            fullWidth
            aria-label="Use of tools"
            value={choice ?? 'auto'}
            onChange={(value) => {
              const chosen = toolChoice.parse(value);
              store.settings({ toolChoice: chosen === 'auto' ? undefined : chosen });
            }}
            data={[
              { value: 'auto', label: 'If it likes' },
              { value: 'required', label: 'Must call' },
              { value: 'none', label: 'Must not' },
            ]}
          />
        </>
      )}
      {edited !== undefined && (
        <ToolDialog
          tool={tools.find(({ name }) => name === edited.name)}
          taken={others.map(({ name }) => name)}
          onClose={() => setEdited(undefined)}
          onSave={(saved) => {
            const at = tools.findIndex(({ name }) => name === edited.name);
            store.settings({ tools: at < 0 ? [...tools, saved] : tools.with(at, saved) });
            setEdited(undefined);
          }}
        />
      )}
    </OptionSection>
  );
}
