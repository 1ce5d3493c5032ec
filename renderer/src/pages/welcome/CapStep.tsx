import { NumberInput, Radio, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useApi } from '../../app/session-context.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { ManagedNotice, useManaged } from '../../components/ManagedNotice.tsx';
import { Notice } from '../../components/Notice.tsx';
import type { SettingsView } from '../../contract-views.ts';
import { explainError } from '../../format/explain-error.ts';
import { formatUsd } from '../../format/money.ts';
import { useUpdateSettings } from '../settings/use-update-settings.ts';
import classes from './CapStep.module.css';
import { CAP_PRESETS, type CapDraft, capChange, capDraftOf, capProblem, standingCap } from './cap-draft.ts';
import { StepFrame, type StepProps } from './StepFrame.tsx';

const TITLE = 'Set a monthly cap';
const TEXT =
  'Gatehouse checks it before a call is sent, against the most that call can cost. So the cap is never passed, however many agents run.';

/** How much may be spent in a month, over everything. */
export function CapStep(props: StepProps) {
  const settings = useQuery(useApi().settings.get.queryOptions());
  const managed = useManaged();
  if (settings.data !== undefined && !managed) return <CapForm {...props} settings={settings.data} />;
  return (
    <StepFrame title={TITLE} text={TEXT} done={settings.data?.budget !== undefined} {...props}>
      {settings.isError ? (
        <ErrorState what="the settings" error={settings.error} onRetry={() => void settings.refetch()} />
      ) : settings.data === undefined ? (
        <Skeleton height={240} radius={10} aria-busy="true" />
      ) : (
        <>
          <ManagedNotice what="Caps" />
          <p>{standingCap(settings.data.budget) ?? 'The config file sets no cap over everything.'}</p>
        </>
      )}
    </StepFrame>
  );
}

function CapForm({ settings, onBack, onNext }: StepProps & { readonly settings: SettingsView }) {
  const { budget } = settings;
  const [draft, setDraft] = useState<CapDraft>(() => capDraftOf(budget));
  const [tried, setTried] = useState(false);
  const update = useUpdateSettings('The cap is set.');
  const problem = capProblem(draft);
  const change = capChange(draft, budget);
  const next = () => {
    setTried(true);
    if (problem !== undefined) return;
    if (change === undefined) onNext();
    else update.mutate({ budget: change }, { onSuccess: onNext });
  };
  const standing = budget !== undefined && budget.window !== 'month' ? standingCap(budget) : undefined;
  return (
    <StepFrame
      title={TITLE}
      text={TEXT}
      done={draft.choice !== undefined}
      nextLabel={change === undefined ? 'Continue' : 'Set cap and continue'}
      onBack={onBack}
      onNext={next}
    >
      {standing !== undefined && <Notice tone="info">{standing} A choice here takes its place.</Notice>}
      <Radio.Group
        label="Monthly cap"
        classNames={{ label: 'visually-hidden' }}
        value={draft.choice ?? null}
        onChange={(choice) => setDraft({ ...draft, choice: choice as CapDraft['choice'] })}
      >
        <div className={classes.cards}>
          {CAP_PRESETS.map((limitUsd) => (
            <CapCard key={limitUsd} value={String(limitUsd)} title={formatUsd(limitUsd)} text="a month" />
          ))}
          <CapCard value="own" title="Another" text="amount" />
          <CapCard value="none" title="No cap" text="for now" />
        </div>
      </Radio.Group>
      {draft.choice === 'own' && (
        <NumberInput
          label="Dollars a month"
          prefix="$"
          min={0}
          max={1_000_000}
          decimalScale={2}
          className={classes.own}
          value={draft.own}
          onChange={(own) => setDraft({ ...draft, own })}
          error={tried ? problem : undefined}
          hideControls
        />
      )}
      {update.isError && (
        <Notice tone="bad" urgent title="The cap was not set">
          {explainError(update.error)}
        </Notice>
      )}
      <p className="muted">
        When it is reached, calls are refused with a clear message until the month ends or you raise it. Caps for a key,
        a project or one run are under Budgets & limits.
      </p>
    </StepFrame>
  );
}

function CapCard({ value, title, text }: { readonly value: string; readonly title: string; readonly text: string }) {
  return (
    <Radio.Card value={value} className={classes.card} aria-label={`${title} ${text}`}>
      <Radio.Indicator className={classes.dot} />
      <span className={classes.title}>{title}</span>
      <span className={classes.text}>{text}</span>
    </Radio.Card>
  );
}
