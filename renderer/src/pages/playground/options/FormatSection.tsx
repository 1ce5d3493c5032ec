import { SegmentedControl, Stack, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { toolName } from '../../../../../proxy/contract/playground.ts';
import { firstProblem } from '../../../format/first-problem.ts';
import { schemaTrouble } from '../answer/check-answer.ts';
import { usePlayground, usePlaygroundState } from '../state/playground-context.ts';
import { JsonField } from './JsonField.tsx';
import { OptionSection } from './OptionSection.tsx';
import { readSchema } from './read-schema.ts';

const EXAMPLE = JSON.stringify(
  {
    type: 'object',
    properties: { title: { type: 'string' }, tags: { type: 'array', items: { type: 'string' } } },
    required: ['title', 'tags'],
    additionalProperties: false,
  },
  null,
  2,
);

/** Text, any JSON object, or JSON after a schema. A schema that is not JSON yet is not sent; the last good one stays. */
export function FormatSection() {
  const { store } = usePlayground();
  const format = usePlaygroundState(({ settings }) => settings.answerFormat);
  const kept = format?.type === 'json_schema' ? format : undefined;
  const [text, setText] = useState(kept === undefined ? EXAMPLE : JSON.stringify(kept.schema, null, 2));
  const [name, setName] = useState(kept?.name ?? 'answer');
  const [strict, setStrict] = useState(kept?.strict ?? true);
  const read = readSchema(text);
  const wrongName = firstProblem(toolName, name);

  const apply = (changed: { text?: string; name?: string; strict?: boolean }) => {
    const schema = readSchema(changed.text ?? text);
    const named = changed.name ?? name;
    if (!schema.ok || firstProblem(toolName, named) !== undefined) return;
    store.settings({
      answerFormat: { type: 'json_schema', name: named, schema: schema.schema, strict: changed.strict ?? strict },
    });
  };
  const choose = (value: string) => {
    if (value === 'json_schema') apply({});
    else store.settings({ answerFormat: value === 'json_object' ? { type: 'json_object' } : undefined });
  };
  const trouble = read.ok ? schemaTrouble(read.schema) : undefined;
  return (
    <OptionSection title="Answer format">
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label="Answer format"
        value={format?.type ?? 'text'}
        onChange={choose}
        data={[
          { value: 'text', label: 'Text' },
          { value: 'json_object', label: 'JSON' },
          { value: 'json_schema', label: 'JSON schema' },
        ]}
      />
      {format?.type === 'json_schema' && (
        <Stack gap="xs" mt="xs">
          <TextInput
            label="Name"
            value={name}
            error={wrongName}
            onChange={({ currentTarget: { value } }) => {
              setName(value);
              apply({ name: value });
            }}
          />
          <JsonField
            label="Schema"
            description={
              trouble === undefined ? undefined : `It is sent, but answers cannot be checked here: ${trouble}.`
            }
            text={text}
            problem={read.ok ? undefined : `${read.problem} The last good one is sent.`}
            onText={(value) => {
              setText(value);
              apply({ text: value });
            }}
          />
          <Switch
            label="Strict"
            description="The provider enforces the schema."
            checked={strict}
            onChange={({ currentTarget: { checked } }) => {
              setStrict(checked);
              apply({ strict: checked });
            }}
          />
        </Stack>
      )}
    </OptionSection>
  );
}
