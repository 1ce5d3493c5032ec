import { Button, Stack } from '@mantine/core';
import { Link } from 'wouter';
import type { z } from 'zod';
import type { refusedCredentialView } from '../../../../../proxy/contract/routing-desk.ts';
import { Ago } from '../../../components/Ago.tsx';
import { Notice } from '../../../components/Notice.tsx';
import type { Reset } from './use-reset.ts';

interface RefusedCredentialsProps {
  readonly refused: readonly z.infer<typeof refusedCredentialView>[];
  readonly reset: Reset;
}

/** Providers that said no to their credential: no call goes there until it is replaced, or a person says try again. */
export function RefusedCredentials({ refused, reset }: RefusedCredentialsProps) {
  return (
    <Stack gap="xs">
      {refused.map(({ providerId, sinceMs, status }) => (
        <Notice
          key={providerId}
          tone="bad"
          title={`${providerId} refused its credential`}
          action={
            <Button
              size="xs"
              variant="default"
              aria-label={`Try the credential of ${providerId} again`}
              loading={reset.isPending && reset.variables.id === providerId}
              onClick={() => reset.mutate({ id: providerId })}
            >
              Try it again
            </Button>
          }
        >
          <Ago atMs={sinceMs} />
          {status !== undefined && `, with HTTP ${status}`}. No call goes there meanwhile. Store a new one on the{' '}
          <Link href="/providers">Providers page</Link>, or try this one again if the account is in order.
        </Notice>
      ))}
    </Stack>
  );
}
