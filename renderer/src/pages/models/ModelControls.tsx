import { Button, Stack, Switch } from '@mantine/core';
import { useState } from 'react';
import { ManagedNotice, useManaged } from '../../components/ManagedNotice.tsx';
import { Notice } from '../../components/Notice.tsx';
import { EditTroubleNotice } from '../../config-edit/EditTroubleNotice.tsx';
import { useConfig, useEditConfig } from '../../config-edit/use-edit-config.tsx';
import type { ModelView, ProviderView } from '../../contract-views.ts';
import { useLive } from '../../live/use-live.ts';
import { useKillSwitch } from '../budgets/use-kill-switch.ts';
import { withPrefer } from '../providers/edit-provider.ts';
import { StopCallsDialog } from '../providers/StopCallsDialog.tsx';
import { editModel, modelSettings, withServed } from './edit-model.ts';
import classes from './ModelControls.module.css';
import { PriceForm } from './PriceForm.tsx';

/** What a person can decide about one model while calls run. */
export function ModelControls({ model }: { readonly model: ModelView }) {
  const provider = useLive((live) => live.providers.find(({ id }) => id === model.provider));
  if (provider === undefined) return null;
  return (
    <section className={classes.controls} aria-label={`What ${model.id} may do`}>
      <ManagedNotice what="These settings" />
      <Stack gap="md">
        <Switches model={model} provider={provider} />
        <PriceForm model={model} provider={provider} />
        <StopModel id={model.id} />
      </Stack>
    </section>
  );
}

interface PartProps {
  readonly model: ModelView;
  readonly provider: ProviderView;
}

function Switches({ model, provider }: PartProps) {
  const managed = useManaged();
  const settings = modelSettings(useConfig().data, model);
  const editor = useEditConfig();
  const { id } = model;
  const serve = (served: boolean) =>
    editor.save(
      {
        note: `model ${id} switched ${served ? 'on' : 'off'}`,
        change: editModel(model, provider, (config) => withServed(config, served)),
      },
      served ? `${id} is served again.` : `${id} is switched off: nothing is sent to it, by name or otherwise.`,
    );
  const prefer = (preferred: boolean) =>
    editor.save(
      {
        note: `model ${id} ${preferred ? 'preferred' : 'not preferred'}`,
        change: editModel(model, provider, (config) => withPrefer(config, preferred)),
      },
      preferred ? `${id} is preferred.` : `${id} is not preferred any more.`,
    );
  return (
    <>
      <Switch
        label="Serve this model"
        description="Switched off, it is neither served by name nor chosen. What is under way is finished."
        checked={settings?.enabled !== false}
        disabled={managed || editor.busy}
        onChange={(event) => serve(event.currentTarget.checked)}
      />
      <Switch
        label="Prefer this model"
        description="Chosen before others that are about as good."
        checked={settings?.prefer === true}
        disabled={managed || editor.busy}
        onChange={(event) => prefer(event.currentTarget.checked)}
      />
      <EditTroubleNotice trouble={editor.trouble} />
    </>
  );
}

function StopModel({ id }: { readonly id: string }) {
  const scope = `model:${id}`;
  const killed = useLive((live) => live.killed.find((each) => each.scope === scope));
  const { lift, busy } = useKillSwitch();
  const [asking, setAsking] = useState(false);
  if (killed !== undefined) {
    return (
      <Notice
        tone="bad"
        title="All calls to this model are stopped"
        action={
          <Button
            size="xs"
            variant="default"
            loading={busy}
            disabled={killed.by === 'config'}
            onClick={() => lift(scope)}
          >
            Let calls through
          </Button>
        }
      >
        {killed.by === 'config' ? 'The config file holds it (killSwitch).' : 'By you. It stays so after a restart.'}
      </Notice>
    );
  }
  return (
    <div className={classes.stop}>
      <p className="muted">Something is wrong with it right now?</p>
      <Button size="xs" variant="default" className={classes.danger} onClick={() => setAsking(true)}>
        Stop all calls now
      </Button>
      <StopCallsDialog name={id} scope={scope} opened={asking} onClose={() => setAsking(false)} />
    </div>
  );
}
