import { Button, Group, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { PromptVersionView } from '../../../../../proxy/contract/prompts.ts';
import { usePlayground } from '../state/playground-context.ts';
import { loadPrompt } from './prompt-draft.ts';

interface LoadPromptFormProps {
  readonly version: PromptVersionView;
  readonly onLoaded: () => void;
  /** What else can be done with it. */
  readonly children: ReactNode;
}

/** Puts a version into the playground, with its variables filled. */
export function LoadPromptForm({ version, onLoaded, children }: LoadPromptFormProps) {
  const { store } = usePlayground();
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const submit = (event: FormEvent) => {
    event.preventDefault();
    store.load(loadPrompt(version, values));
    onLoaded();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {version.variables.length > 0 && (
          <SimpleGrid cols={2} spacing="sm" verticalSpacing="xs">
            {version.variables.map((name) => (
              <TextInput
                key={name}
                label={<span className="mono">{`{{${name}}}`}</span>}
                placeholder="stays as it is"
                value={values[name] ?? ''}
                onChange={({ currentTarget: { value } }) => setValues((before) => ({ ...before, [name]: value }))}
              />
            ))}
          </SimpleGrid>
        )}
        <Group gap="xs">
          <Button type="submit">Open in the playground</Button>
          {children}
        </Group>
      </Stack>
    </form>
  );
}
