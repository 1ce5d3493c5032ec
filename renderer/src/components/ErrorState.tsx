import { Button } from '@mantine/core';
import { explainError } from '../format/explain-error.ts';
import { Notice } from './Notice.tsx';

interface ErrorStateProps {
  readonly what: string;
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** A part of a page that could not be fetched. */
export function ErrorState({ what, error, onRetry }: ErrorStateProps) {
  return (
    <Notice
      tone="bad"
      urgent
      title={`Could not load ${what}`}
      action={
        <Button size="xs" variant="default" onClick={onRetry}>
          Try again
        </Button>
      }
    >
      {explainError(error)}
    </Notice>
  );
}
