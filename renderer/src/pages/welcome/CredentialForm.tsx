import { Anchor, Button, PasswordInput, Select, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Notice } from '../../components/Notice.tsx';
import { explainError } from '../../format/explain-error.ts';
import { draftProblems, emptyDraft, type KindChoice } from '../providers/provider-draft.ts';
import classes from './CredentialForm.module.css';
import { useSaveCredential } from './use-save-credential.ts';

/** Whose key it is, and the key. The rest of a provider is what its kind says. */
export function CredentialForm({ kinds }: { readonly kinds: readonly KindChoice[] }) {
  const [first] = kinds;
  if (first === undefined) return <Notice tone="warn">This gateway knows no provider that takes a key.</Notice>;
  return <Fields kinds={kinds} first={first} />;
}

function Fields({ kinds, first }: { readonly kinds: readonly KindChoice[]; readonly first: KindChoice }) {
  const [draft, setDraft] = useState(emptyDraft(first));
  const [tried, setTried] = useState(false);
  const kind = kinds.find((choice) => choice.kind === draft.kind) ?? first;
  const save = useSaveCredential(() => {
    setTried(false);
    setDraft({ ...emptyDraft(kind) });
  });
  const { region } = draftProblems(draft, kind, new Set());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (region === undefined && draft.secret.trim() !== '') save.mutate({ draft, kind });
  };
  return (
    <form onSubmit={submit} className={classes.form} noValidate aria-label="A new credential">
      <div className={classes.fields}>
        <Select
          label="Provider"
          data={kinds.map((choice) => ({ value: choice.kind, label: choice.label }))}
          value={draft.kind}
          allowDeselect={false}
          maxDropdownHeight={320}
          onChange={(value) => {
            const chosen = kinds.find((choice) => choice.kind === value);
            if (chosen !== undefined) setDraft(emptyDraft(chosen));
            save.reset();
          }}
        />
        {kind.needsRegion === true && (
          <TextInput
            label="Region"
            placeholder="us-east-1"
            value={draft.region}
            onChange={(event) => setDraft({ ...draft, region: event.currentTarget.value })}
            error={tried ? region : undefined}
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </div>
      <PasswordInput
        label="API key"
        description={<WhereToGet kind={kind} />}
        value={draft.secret}
        onChange={(event) => setDraft({ ...draft, secret: event.currentTarget.value })}
        error={tried && draft.secret.trim() === '' ? 'Paste the key you got from the provider' : undefined}
        autoComplete="off"
        spellCheck={false}
        visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the API key' }}
      />
      {save.isError && (
        <Notice tone="bad" urgent title="Not stored">
          {explainError(save.error)}
        </Notice>
      )}
      <div className={classes.foot}>
        <p className="muted">It is stored, then tried with one tiny real call, far below a cent.</p>
        <Button type="submit" loading={save.isPending}>
          Store and check
        </Button>
      </div>
    </form>
  );
}

function WhereToGet({ kind }: { readonly kind: KindChoice }) {
  return (
    <>
      {kind.needsRegion === true &&
        'A Bedrock API key, or ACCESS_KEY_ID:SECRET_ACCESS_KEY, with :SESSION_TOKEN if it has one. '}
      {kind.keysUrl === undefined ? (
        'From your account at the provider.'
      ) : (
        <Anchor href={kind.keysUrl} target="_blank" rel="noreferrer" inherit underline="always">
          Make one at {new URL(kind.keysUrl).hostname}
        </Anchor>
      )}
    </>
  );
}
