import { Button, PasswordInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import classes from './OwnKeyForm.module.css';

interface OwnKeyFormProps {
  readonly onKey: (key: string) => void;
  readonly onCancel: () => void;
}

/** Takes an access key that the person has already. It stays in this page. */
export function OwnKeyForm({ onKey, onCancel }: OwnKeyFormProps) {
  const [typed, setTyped] = useState('');
  const key = typed.trim();
  const problem = key === '' || key.startsWith('gh_') ? undefined : 'Access keys of Gatehouse begin with gh_';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (key !== '' && problem === undefined) onKey(key);
  };
  return (
    <form onSubmit={submit} className={classes.form} noValidate>
      <PasswordInput
        label="Access key"
        placeholder="gh_…"
        className={classes.field}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        error={problem}
        data-autofocus
        autoComplete="off"
        spellCheck={false}
        visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the access key' }}
      />
      <Button variant="default" onClick={onCancel}>
        Cancel
      </Button>
      <Button type="submit" disabled={key === '' || problem !== undefined}>
        Use it
      </Button>
    </form>
  );
}
