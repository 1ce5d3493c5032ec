import { Autocomplete, Button, Group, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { projectId } from '../../../../proxy/contract/ids.ts';
import { type CreatedRun, RUN_BUDGET_USD_MAX, runName } from '../../../../proxy/contract/runs.ts';
import { useApi } from '../../app/session-context.ts';
import { Notice } from '../../components/Notice.tsx';
import { explainError } from '../../format/explain-error.ts';
import { firstProblem } from '../../format/first-problem.ts';
import { numberTyped, type TypedNumber } from '../budgets/typed-number.ts';
import { useScopeNames } from '../budgets/use-scope-names.ts';

const HOUR_MS = 3_600_000;
const TIMES = [
  { value: '1', label: '1 hour' },
  { value: '2', label: '2 hours' },
  { value: '8', label: '8 hours' },
  { value: '24', label: '1 day' },
  { value: '168', label: '7 days' },
] as const;

interface RunFormProps {
  readonly onCreated: (made: CreatedRun) => void;
  readonly onCancel: () => void;
}

export function RunForm({ onCreated, onCancel }: RunFormProps) {
  const api = useApi();
  const queries = useQueryClient();
  const projects = useScopeNames('project');
  const [budget, setBudget] = useState<TypedNumber>(2);
  const [hours, setHours] = useState<string>('2');
  const [name, setName] = useState('');
  const [project, setProject] = useState('');
  const [tried, setTried] = useState(false);
  const create = useMutation(
    api.runs.create.mutationOptions({
      onSuccess: async (made) => {
        onCreated(made);
        await queries.invalidateQueries({ queryKey: api.accessKeys.list.key() });
      },
    }),
  );
  const budgetUsd = numberTyped(budget);
  const problems = {
    budget:
      budgetUsd === undefined || budgetUsd <= 0 || budgetUsd > RUN_BUDGET_USD_MAX
        ? 'More than $0, up to $1,000,000'
        : undefined,
    name: name === '' ? undefined : firstProblem(runName, name),
    project: project.trim() === '' ? undefined : firstProblem(projectId, project.trim()),
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (budgetUsd === undefined || Object.values(problems).some((problem) => problem !== undefined)) return;
    create.mutate({
      budgetUsd,
      ttlMs: Number(hours) * HOUR_MS,
      ...(name === '' ? {} : { name }),
      ...(project.trim() === '' ? {} : { project: project.trim() }),
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Group gap="sm" align="flex-start" grow>
          <NumberInput
            label="Budget"
            prefix="$"
            min={0}
            max={RUN_BUDGET_USD_MAX}
            decimalScale={6}
            value={budget}
            onChange={setBudget}
            error={tried ? problems.budget : undefined}
            hideControls
            data-autofocus
          />
          <Select
            label="Ends after"
            data={[...TIMES]}
            value={hours}
            allowDeselect={false}
            onChange={(value) => value !== null && setHours(value)}
          />
        </Group>
        <Group gap="sm" align="flex-start" grow>
          <TextInput
            label="Name (optional)"
            placeholder="nightly-refactor"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={tried ? problems.name : undefined}
            autoComplete="off"
            spellCheck={false}
          />
          <Autocomplete
            label="Project (optional)"
            data={[...projects]}
            value={project}
            onChange={setProject}
            error={tried ? problems.project : undefined}
            autoComplete="off"
            spellCheck={false}
          />
        </Group>
        {create.isError && (
          <Notice tone="bad" urgent>
            {explainError(create.error)}
          </Notice>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Make the key
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
