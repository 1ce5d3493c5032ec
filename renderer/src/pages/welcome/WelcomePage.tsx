import { Skeleton } from '@mantine/core';
import { useEffect } from 'react';
import { useLocation, useParams } from 'wouter';
import { type SetupStep, setupStep } from '../../../../proxy/contract/setup.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import type { SetupView } from '../../contract-views.ts';
import { CallStep } from './CallStep.tsx';
import { CapStep } from './CapStep.tsx';
import { CredentialStep } from './CredentialStep.tsx';
import { FoundStep } from './FoundStep.tsx';
import type { StepProps } from './StepFrame.tsx';
import { nextStep, previousStep } from './step-list.ts';
import { ToolStep } from './ToolStep.tsx';
import { useSaveSetup, useSetup } from './use-setup.ts';
import { WelcomeHead } from './WelcomeHead.tsx';
import classes from './WelcomePage.module.css';
import { WelcomeSteps } from './WelcomeSteps.tsx';

/** The guided start. `/welcome` goes on where the person was; every step has an address of its own. */
export function WelcomePage() {
  const setup = useSetup();
  const named = setupStep.safeParse(useParams<{ step?: string }>().step);
  return (
    <div className={classes.guide}>
      <WelcomeHead />
      {setup.isError && setup.data === undefined && (
        <ErrorState what="the guided start" error={setup.error} onRetry={() => void setup.refetch()} />
      )}
      {setup.data === undefined && !setup.isError && <Skeleton height={420} radius={12} aria-busy="true" />}
      {setup.data !== undefined && <Guide setup={setup.data} step={named.success ? named.data : setup.data.step} />}
    </div>
  );
}

function Guide({ setup, step }: { readonly setup: SetupView; readonly step: SetupStep }) {
  const [, go] = useLocation();
  const { mutate: save } = useSaveSetup();
  const unsaved = setup.state === 'new' || setup.step !== step;
  useEffect(() => {
    if (unsaved) save({ step });
  }, [unsaved, step, save]);

  const props: StepProps = {
    setup,
    save,
    onBack: to(previousStep(step), go),
    onNext: () => {
      const next = nextStep(step);
      if (next === undefined) save({ state: 'finished' });
      go(next === undefined ? '/' : `/welcome/${next}`);
    },
  };
  return (
    <div className={classes.columns}>
      <WelcomeSteps setup={setup} step={step} />
      <Step key={step} step={step} {...props} />
    </div>
  );
}

function to(step: SetupStep | undefined, go: (path: string) => void): (() => void) | undefined {
  return step === undefined ? undefined : () => go(`/welcome/${step}`);
}

function Step({ step, ...props }: StepProps & { readonly step: SetupStep }) {
  switch (step) {
    case 'found':
      return <FoundStep {...props} />;
    case 'credential':
      return <CredentialStep {...props} />;
    case 'cap':
      return <CapStep {...props} />;
    case 'tool':
      return <ToolStep {...props} />;
    case 'call':
      return <CallStep {...props} />;
    default:
      return step satisfies never;
  }
}
