import { Button, PasswordInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import classes from './OwnKeyForm.module.css';
import { useFocusOnMount } from './use-focus-on-mount.ts';

interface OwnKeyFormProps {
  readonly onKey: (key: string) => void;
  readonly onCancel: () => void;
}

/** As the contract wants it; a config file may set keys that look like nothing in particular. */
const KEY_CHARS_MIN = 8;

/** Takes an access key that the person has already. It stays in this page. */
export function OwnKeyForm({ onKey, onCancel }: OwnKeyFormProps) {
  const field = useFocusOnMount<HTMLInputElement>();
  const [typed, setTyped] = useState('');
  const [left, setLeft] = useState(false);
  const key = typed.trim();
  const problem = key === '' || key.length >= KEY_CHARS_MIN ? undefined : 'This is too short to be an access key';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setLeft(true);
    if (key !== '' && problem === undefined) onKey(key);
  };
  return (
    <form onSubmit={submit} className={classes.form} noValidate>
      <PasswordInput
        ref={field}
        label="Access key"
        placeholder="gh_…"
        className={classes.field}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        error={left ? problem : undefined}
        onBlur={() => setLeft(true)}
        autoComplete="off"
        spellCheck={false}
        visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the access key' }}
      />
      <Button variant="default" onClick={onCancel}>
        Cancel
      </Button>
      <Button type="submit" disabled={key === ''}>
        Use it
      </Button>
    </form>
  );
}
