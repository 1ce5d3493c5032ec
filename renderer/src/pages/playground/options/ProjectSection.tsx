import { Autocomplete } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { projectId } from '../../../../../proxy/contract/ids.ts';
import { useApi } from '../../../app/session-context.ts';
import { firstProblem } from '../../../format/first-problem.ts';
import { usePlayground, usePlaygroundState } from '../state/playground-context.ts';
import { OptionSection } from './OptionSection.tsx';

/** Whose budgets, fees and figures the calls count to. */
export function ProjectSection() {
  const { store } = usePlayground();
  const project = usePlaygroundState(({ settings }) => settings.project);
  const [typed, setTyped] = useState(project ?? '');
  const keys = useQuery(useApi().accessKeys.list.queryOptions());
  const known = new Set(keys.data?.flatMap((key) => key.project ?? []));
  const problem = typed === '' ? undefined : firstProblem(projectId, typed);
  return (
    <OptionSection title="Project">
      <Autocomplete
        aria-label="Project"
        placeholder="none"
        description="Its budgets, fees and figures count these calls."
        data={[...known]}
        value={typed}
        error={problem}
        onChange={(value) => {
          setTyped(value);
          const fine = value !== '' && firstProblem(projectId, value) === undefined;
          store.settings({ project: fine ? value : undefined });
        }}
      />
    </OptionSection>
  );
}
