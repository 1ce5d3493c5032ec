import { useState } from 'react';
import type { Config } from '../../../../../proxy/contract/config.ts';
import { type FieldProblems, problemsUnder, type ReportedProblem } from '../../../config-edit/config-problems.ts';
import type { EditTrouble } from '../../../config-edit/use-edit-config.tsx';

interface ItemProblems {
  /** By field; empty until the person tried to save. */
  readonly fields: FieldProblems;
  readonly others: readonly ReportedProblem[] | undefined;
  /** Call it on submit; true: the item may be sent. */
  ready(): boolean;
}

/**
 * What is wrong with the item of a form: what the form itself finds, and what the gateway said of it at the last try.
 * @param own found before anything is sent
 * @param pathIn where the item is in a config that was tried, such as `routing.rules[2]`
 */
export function useItemProblems(
  own: FieldProblems,
  trouble: EditTrouble | undefined,
  pathIn: (attempted: Config) => string,
): ItemProblems {
  const [tried, setTried] = useState(false);
  const reported =
    trouble?.kind === 'refused' ? problemsUnder(trouble.problems, pathIn(trouble.error.attempted)) : undefined;
  return {
    fields: tried ? { ...reported?.fields, ...own } : {},
    others: reported?.others,
    ready: () => {
      setTried(true);
      return Object.keys(own).length === 0;
    },
  };
}
