import { Button, Stack, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Place, ToolResult } from '../state/conversation.ts';
import { usePlayground, usePlaygroundState } from '../state/playground-context.ts';
import type { ToolCallText } from '../state/run-state.ts';

interface ToolResultsFormProps {
  readonly place: Place;
  readonly calls: readonly ToolCallText[];
}

/** Nothing is run here: the person says what the tools gave back, and the model goes on with it. */
export function ToolResultsForm({ place, calls }: ToolResultsFormProps) {
  const { store } = usePlayground();
  const tools = usePlaygroundState(({ settings }) => settings.tools);
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const results = calls.map(({ id, name }): ToolResult => {
    const canned = tools.find((tool) => tool.name === name)?.cannedResult;
    return { callId: id, content: typed[id] ?? canned ?? '' };
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    store.answerTools(place, results);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        {calls.map(({ id, name }, index) => (
          <Textarea
            key={id}
            label={
              <>
                Result of <span className="mono">{name === '' ? 'the tool' : name}</span>
              </>
            }
            placeholder="What the tool gives back"
            autosize
            minRows={1}
            maxRows={8}
            value={results[index]?.content ?? ''}
            onChange={({ currentTarget: { value } }) => setTyped((before) => ({ ...before, [id]: value }))}
          />
        ))}
        <Button type="submit" size="xs" style={{ alignSelf: 'start' }}>
          {calls.length === 1 ? 'Send the result' : 'Send the results'}
        </Button>
      </Stack>
    </form>
  );
}
