import { Anchor, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { useApi } from '../../app/session-context.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { ManagedNotice, useManaged } from '../../components/ManagedNotice.tsx';
import { useLive } from '../../live/use-live.ts';
import { KeychainNotice } from '../providers/KeychainNotice.tsx';
import { CredentialForm } from './CredentialForm.tsx';
import { ReadyProviders } from './ReadyProviders.tsx';
import { StepFrame, type StepProps } from './StepFrame.tsx';
import { isReady } from './step-list.ts';

/** A provider and its credential, tried before the person goes on. */
export function CredentialStep({ onBack, onNext }: StepProps) {
  const managed = useManaged();
  const providers = useLive((live) => live.providers);
  const kinds = useQuery({ ...useApi().providers.kinds.queryOptions(), enabled: !managed });
  return (
    <StepFrame
      title="Add a credential"
      text="An API key of an account of yours. It stays on this machine, is never shown again, and goes nowhere but to its provider."
      done={providers?.some(isReady) === true}
      onBack={onBack}
      onNext={onNext}
    >
      <ReadyProviders />
      {managed ? (
        <ManagedNotice what="Providers" />
      ) : kinds.isError ? (
        <ErrorState what="the kinds of provider" error={kinds.error} onRetry={() => void kinds.refetch()} />
      ) : kinds.data === undefined ? (
        <Skeleton height={190} radius={10} aria-busy="true" />
      ) : (
        <>
          <CredentialForm kinds={kinds.data.filter(({ needsCredential }) => needsCredential)} />
          <p className="muted">
            A server with an address of its own?{' '}
            <Anchor component={Link} href="/providers" inherit underline="always">
              Add it under Providers
            </Anchor>
            , and come back.
          </p>
        </>
      )}
      <KeychainNotice />
    </StepFrame>
  );
}
