import { SegmentedControl, Stack } from '@mantine/core';
import { useState } from 'react';
import { Card } from '../../components/Card.tsx';
import type { ToolView } from '../../contract-views.ts';
import { AutoSetup } from './AutoSetup.tsx';
import { ByHand } from './ByHand.tsx';
import { ModelField } from './ModelField.tsx';
import type { Secret } from './secret.ts';
import { canApply } from './tool-words.ts';

type Way = 'auto' | 'hand';

interface SetupCardProps {
  readonly tool: ToolView;
  /** Undefined: the default. */
  readonly model: string | undefined;
  readonly modelTyped: string;
  readonly onModel: (model: string) => void;
  readonly secret: Secret | undefined;
  readonly onSecret: (secret: Secret | undefined) => void;
}

/** Two ways to the same end: Gatehouse edits the file, or a person copies lines. */
export function SetupCard({ tool, model, modelTyped, onModel, secret, onSecret }: SetupCardProps) {
  const [chosen, setChosen] = useState<Way>();
  const way = chosen ?? (canApply(tool) ? 'auto' : 'hand');
  return (
    <Card
      title="Set it up"
      aside={
        tool.files.length > 0 && (
          <SegmentedControl
            size="xs"
            aria-label="How to set it up"
            value={way}
            onChange={setChosen}
            data={[
              { value: 'auto', label: 'Let Gatehouse do it' },
              { value: 'hand', label: 'By hand' },
            ]}
          />
        )
      }
    >
      <Stack gap="md">
        <ModelField model={model} typed={modelTyped} onType={onModel} />
        {way === 'auto' ? (
          <AutoSetup tool={tool} model={model} secret={secret} onSecret={onSecret} onByHand={() => setChosen('hand')} />
        ) : (
          <ByHand tool={tool} secret={secret} onSecret={onSecret} />
        )}
      </Stack>
    </Card>
  );
}
