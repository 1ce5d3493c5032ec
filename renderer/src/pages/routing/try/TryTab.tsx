import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useApi } from '../../../app/session-context.ts';
import { RouteResult } from './RouteResult.tsx';
import { TryForm } from './TryForm.tsx';
import classes from './TryTab.module.css';
import { FIRST_TRY, tryInput } from './try-draft.ts';

/** The very plan a call would get now, without making it. */
export function TryTab() {
  const [draft, setDraft] = useState(FIRST_TRY);
  const dryRun = useMutation(useApi().routing.dryRun.mutationOptions());
  const run = () => {
    const input = tryInput(draft);
    if (input !== undefined) dryRun.mutate(input);
  };
  return (
    <div className={classes.columns}>
      <TryForm draft={draft} onDraft={setDraft} busy={dryRun.isPending} onRun={run} />
      <RouteResult result={dryRun.data} error={dryRun.error} onRetry={run} />
    </div>
  );
}
