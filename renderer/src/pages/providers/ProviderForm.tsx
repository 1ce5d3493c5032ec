import { Button, Checkbox, Group, PasswordInput, Select, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { ProviderConfig } from '../../../../proxy/contract/config.ts';
import { Notice } from '../../components/Notice.tsx';
import { explainError } from '../../format/explain-error.ts';
import { useLive } from '../../live/use-live.ts';
import { CredentialHelp } from './CredentialHelp.tsx';
import { kindGroups } from './kind-groups.ts';
import { ModelsField } from './ModelsField.tsx';
import {
  draftOf,
  draftProblems,
  draftToConfig,
  emptyDraft,
  type KindChoice,
  type ProviderDraft,
} from './provider-draft.ts';
import { useSaveProvider } from './use-save-provider.ts';

interface ProviderFormProps {
  readonly kinds: readonly KindChoice[];
  /** The config of the provider being edited; undefined to add one. */
  readonly current: ProviderConfig | undefined;
  readonly onDone: () => void;
}

export function ProviderForm(props: ProviderFormProps) {
  const { kinds, current } = props;
  const kind = current === undefined ? kinds[0] : kinds.find((choice) => choice.kind === current.kind);
  const hasCredential = useLive((live) => live.providers.find(({ id }) => id === current?.id))?.credential.state;
  if (kind === undefined) return <Notice tone="warn">This gateway does not know this kind of provider.</Notice>;
  const start = current === undefined ? emptyDraft(kind) : draftOf(current, kind, hasCredential === 'present');
  return <Fields {...props} start={start} startKind={kind} />;
}

interface FieldsProps extends ProviderFormProps {
  readonly start: ProviderDraft;
  readonly startKind: KindChoice;
}

function Fields({ kinds, current, start, startKind, onDone }: FieldsProps) {
  const providers = useLive((live) => live.providers);
  const [draft, setDraft] = useState(start);
  const [tried, setTried] = useState(false);
  const save = useSaveProvider(onDone);
  const kind = kinds.find((choice) => choice.kind === draft.kind) ?? startKind;
  const taken = new Set(current === undefined ? providers?.map(({ id }) => id) : []);
  const problems = draftProblems(draft, kind, taken);
  const change = (part: Partial<ProviderDraft>) => setDraft((before) => ({ ...before, ...part }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(problems).length > 0) return;
    save.mutate({
      config: draftToConfig(draft, kind, current),
      secret: draft.needsCredential ? draft.secret.trim() : '',
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Select
          label="Kind"
          data={kindGroups(kinds)}
          maxDropdownHeight={372}
          value={draft.kind}
          disabled={current !== undefined}
          allowDeselect={false}
          data-autofocus
          onChange={(value) => {
            const chosen = kinds.find((choice) => choice.kind === value);
            if (chosen !== undefined) setDraft(emptyDraft(chosen));
          }}
        />
        <TextInput
          label="Name"
          description={`Its models are called ${draft.id === '' ? 'name' : draft.id}/model-id`}
          value={draft.id}
          disabled={current !== undefined}
          onChange={(event) => change({ id: event.currentTarget.value })}
          error={tried ? problems.id : undefined}
          autoComplete="off"
          spellCheck={false}
        />
        {kind.needsRegion && (
          <TextInput
            label="Region"
            description="The AWS region whose models you may use"
            placeholder="us-east-1"
            value={draft.region}
            onChange={(event) => change({ region: event.currentTarget.value })}
            error={tried ? problems.region : undefined}
            autoComplete="off"
            spellCheck={false}
          />
        )}
        {draft.kind !== 'simulator' && (
          <TextInput
            label={kind.needsBaseUrl ? 'Base URL' : 'Base URL (optional)'}
            placeholder={kind.baseUrl ?? (kind.needsRegion ? 'follows from the region' : 'http://127.0.0.1:8000/v1')}
            value={draft.baseUrl}
            onChange={(event) => change({ baseUrl: event.currentTarget.value })}
            error={tried ? problems.baseUrl : undefined}
            autoComplete="off"
            spellCheck={false}
          />
        )}
        {kind.needsBaseUrl && (
          <Checkbox
            label="This server asks for a credential"
            checked={draft.needsCredential}
            onChange={(event) => change({ needsCredential: event.currentTarget.checked })}
          />
        )}
        {current === undefined && draft.needsCredential && draft.kind !== 'simulator' && (
          <PasswordInput
            label="Credential"
            description={<CredentialHelp kind={kind} />}
            value={draft.secret}
            onChange={(event) => change({ secret: event.currentTarget.value })}
            autoComplete="off"
            spellCheck={false}
            visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the credential' }}
          />
        )}
        {draft.kind !== 'simulator' && (
          <ModelsField
            models={draft.models}
            onModels={(models) => change({ models })}
            problem={tried ? problems.models : undefined}
          />
        )}
        {save.isError && (
          <Notice tone="bad" urgent title="Not saved">
            {explainError(save.error)}
          </Notice>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            {current === undefined ? 'Add provider' : 'Save'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
