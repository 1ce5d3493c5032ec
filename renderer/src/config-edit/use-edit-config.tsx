import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useApi, useSession } from '../app/session-context.ts';
import { explainError } from '../format/explain-error.ts';
import { type ReportedProblem, reportedProblems } from './config-problems.ts';
import { ChangedElsewhereError, type ConfigEdit, RefusedConfigError, saveConfig } from './save-config.ts';
import { useSavedNotice } from './use-saved-notice.tsx';

export type EditTrouble =
  /** Somebody else changed the same thing; saving again goes over it. */
  | { readonly kind: 'changed-elsewhere' }
  | { readonly kind: 'refused'; readonly error: RefusedConfigError; readonly problems: readonly ReportedProblem[] }
  | { readonly kind: 'failed'; readonly message: string };

export interface ConfigEditor {
  /** `done` is what to say afterwards: "The rule nightly is saved." */
  save(edit: ConfigEdit, done: string): void;
  readonly busy: boolean;
  readonly trouble: EditTrouble | undefined;
  /** Forgets the trouble. */
  reset(): void;
}

/** The config as it is now, kept fresh by the live feed. */
export function useConfig() {
  return useQuery(useApi().config.current.queryOptions());
}

/** Saves edits of the config, each with a way back. */
export function useEditConfig(onDone: () => void = () => undefined): ConfigEditor {
  const { client } = useSession();
  const api = useApi();
  const queries = useQueryClient();
  const showSaved = useSavedNotice();
  const [trouble, setTrouble] = useState<EditTrouble>();
  const mutation = useMutation({
    mutationFn: ({ edit }: { edit: ConfigEdit; done: string }) =>
      saveConfig(client.config, edit, trouble?.kind === 'changed-elsewhere'),
    onSuccess: (saved, { edit, done }) => {
      setTrouble(undefined);
      queries.setQueryData(api.config.current.queryKey(), saved.after);
      showSaved({ done, note: edit.note, saved });
      onDone();
    },
    onError: (error) => setTrouble(troubleOf(error)),
  });
  return {
    save: (edit, done) => mutation.mutate({ edit, done }),
    busy: mutation.isPending,
    trouble,
    reset: () => setTrouble(undefined),
  };
}

function troubleOf(error: unknown): EditTrouble {
  if (error instanceof ChangedElsewhereError) return { kind: 'changed-elsewhere' };
  if (error instanceof RefusedConfigError) return { kind: 'refused', error, problems: reportedProblems(error.message) };
  return { kind: 'failed', message: explainError(error) };
}
