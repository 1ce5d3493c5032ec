import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';

const TYPING_MS = 300;

export interface ModelChoice {
  /** What to ask for; undefined: the default. It follows what is typed after a moment. */
  readonly model: string | undefined;
  /** As it stands in the field; undefined: nobody typed. */
  readonly typed: string | undefined;
  type(model: string): void;
}

/** The model a person chooses for a tool. */
export function useModelChoice(): ModelChoice {
  const [typed, setTyped] = useState<string>();
  const [settled] = useDebouncedValue(typed, TYPING_MS);
  const model = settled?.trim();
  return { model: model === '' ? undefined : model, typed, type: setTyped };
}
