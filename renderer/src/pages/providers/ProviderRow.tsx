import { Button } from '@mantine/core';
import { useState } from 'react';
import { Status } from '../../components/Status.tsx';
import { useConfig } from '../../config-edit/use-edit-config.tsx';
import type { ProviderView } from '../../contract-views.ts';
import { formatDuration } from '../../format/duration.ts';
import { formatCount } from '../../format/tokens.ts';
import { useLive } from '../../live/use-live.ts';
import { CredentialDialog } from './CredentialDialog.tsx';
import { credentialWords } from './credential-words.ts';
import { healthWords, stoppedWords } from './health-words.ts';
import { ProviderDialog } from './ProviderDialog.tsx';
import { type ProviderDialogName, ProviderMenu } from './ProviderMenu.tsx';
import classes from './ProviderRow.module.css';
import { RemoveCredentialDialog } from './RemoveCredentialDialog.tsx';
import { RemoveProviderDialog } from './RemoveProviderDialog.tsx';
import { StopCallsDialog } from './StopCallsDialog.tsx';
import { TestButton } from './TestButton.tsx';

interface ProviderRowProps {
  readonly provider: ProviderView;
  /** The address names it: a person came here for this one. */
  readonly shown: boolean;
}

export function ProviderRow({ provider, shown }: ProviderRowProps) {
  const [dialog, setDialog] = useState<ProviderDialogName>();
  const scope = `provider:${provider.id}`;
  const killed = useLive((live) => live.killed.find((each) => each.scope === scope));
  const preferred = useConfig().data?.providers.find(({ id }) => id === provider.id)?.prefer === true;
  const health = killed === undefined ? healthWords(provider) : stoppedWords(killed);
  const credential = credentialWords(provider.credential);
  const close = () => setDialog(undefined);
  return (
    <article
      className={classes.row}
      aria-label={provider.id}
      data-provider={provider.id}
      data-shown={shown || undefined}
    >
      <div className={classes.who}>
        <div className={classes.title}>
          <h2 className={`${classes.name} truncate`}>{provider.id}</h2>
          <span className={classes.kind}>{provider.discovered === true ? 'found on this machine' : provider.kind}</span>
          {preferred && <span className={classes.preferred}>preferred</span>}
        </div>
        <p
          className={`${classes.url} ${provider.kind === 'simulator' ? '' : 'mono'} truncate`}
          title={provider.baseUrl}
        >
          {provider.kind === 'simulator' ? 'built in, nothing leaves this machine' : provider.baseUrl}
        </p>
      </div>
      <div className={classes.health}>
        <Status tone={health.tone}>{health.words}</Status>
        <p className={`${classes.detail} truncate`} title={health.detail}>
          {killed === undefined ? figures(provider, health.detail) : health.detail}
        </p>
      </div>
      <div className={classes.credential}>
        <p className="truncate">{credential.words}</p>
        <p className={`${classes.detail} truncate`} title={credential.detail}>
          {credential.detail}
        </p>
      </div>
      <div className={classes.actions}>
        {credential.wanted && (
          <Button size="xs" onClick={() => setDialog('credential')}>
            Add credential
          </Button>
        )}
        <TestButton provider={provider} />
        <ProviderMenu provider={provider} preferred={preferred} killed={killed} onOpen={setDialog} />
      </div>
      <CredentialDialog provider={provider} opened={dialog === 'credential'} onClose={close} />
      <RemoveCredentialDialog provider={provider} opened={dialog === 'remove-credential'} onClose={close} />
      <RemoveProviderDialog provider={provider} opened={dialog === 'remove'} onClose={close} />
      <ProviderDialog provider={provider} opened={dialog === 'edit'} onClose={close} />
      <StopCallsDialog name={provider.id} scope={scope} opened={dialog === 'stop'} onClose={close} />
    </article>
  );
}

/** Its calls, or why there are none yet, and how many models it serves. */
function figures({ requests, failures, latencyP50Ms, models }: ProviderView, detail: string): string {
  const served = `${formatCount(models)} ${models === 1 ? 'model' : 'models'}`;
  if (requests === 0) return `${detail} · ${served}`;
  const parts = [`${formatCount(requests)} ${requests === 1 ? 'request' : 'requests'}`];
  if (failures > 0) parts.push(`${formatCount(failures)} failed`);
  if (latencyP50Ms !== undefined) parts.push(`p50 ${formatDuration(latencyP50Ms)}`);
  return [...parts, served].join(' · ');
}
