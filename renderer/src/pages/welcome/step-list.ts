/** The steps of the guided start: their names, their order, and which of them have happened. Pure. */
import { SETUP_STEPS, type SetupStep } from '../../../../proxy/contract/setup.ts';
import type { ProviderView, SetupView } from '../../contract-views.ts';

export const STEP_NAMES: Record<SetupStep, string> = {
  found: 'What is here',
  credential: 'Add a credential',
  cap: 'Set a cap',
  tool: 'Connect a tool',
  call: 'See the first call',
};

export function stepNumber(step: SetupStep): number {
  return SETUP_STEPS.indexOf(step) + 1;
}

export function nextStep(step: SetupStep): SetupStep | undefined {
  return SETUP_STEPS[stepNumber(step)];
}

export function previousStep(step: SetupStep): SetupStep | undefined {
  return SETUP_STEPS[stepNumber(step) - 2];
}

export interface SetupFacts {
  readonly setup: Pick<SetupView, 'state' | 'step' | 'tool' | 'keyId'>;
  readonly providers: readonly ProviderView[];
  readonly capped: boolean;
  readonly called: boolean;
}

/** A step that was skipped is not done, and can be gone back to. */
export function doneSteps({ setup, providers, capped, called }: SetupFacts): ReadonlySet<SetupStep> {
  const done: Record<SetupStep, boolean> = {
    found: setup.step !== 'found',
    credential: providers.some(isReady),
    cap: capped,
    tool: setup.keyId !== undefined,
    call: called,
  };
  return new Set(SETUP_STEPS.filter((step) => done[step]));
}

/** Models of it can be called, and it is not the simulator. */
export function isReady({ kind, enabled, credential }: ProviderView): boolean {
  const able = credential.state === 'present' || credential.state === 'not-needed';
  return kind !== 'simulator' && enabled && able;
}
