import { Button, Group, NumberInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { ApprovalView } from '../contract-views.ts';
import { raiseProblem, suggestedLimitUsd } from './approval-words.ts';

interface RaiseFormProps {
  readonly approval: ApprovalView;
  readonly busy: boolean;
  readonly onRaise: (limitUsd: number) => void;
  readonly onBack: () => void;
}

/** The new limit of the budget. It stays, for this call and all that follow. */
export function RaiseForm({ approval, busy, onRaise, onBack }: RaiseFormProps) {
  const [typed, setTyped] = useState<number | string>(() => suggestedLimitUsd(approval));
  const [tried, setTried] = useState(false);
  const limitUsd = typeof typed === 'number' ? typed : undefined;
  const problem = raiseProblem(approval, limitUsd);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (problem === undefined && limitUsd !== undefined) onRaise(limitUsd);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <NumberInput
          label="New limit"
          prefix="$"
          min={0}
          max={1_000_000}
          decimalScale={9}
          value={typed}
          onChange={setTyped}
          error={tried ? problem : undefined}
          hideControls
          // The person has just asked for this field.
          ref={(field) => field?.focus()}
          style={{ flex: 1 }}
        />
        <Button variant="default" onClick={onBack}>
          Back
        </Button>
        <Button type="submit" loading={busy}>
          Raise
        </Button>
      </Group>
    </form>
  );
}
