import { Button, Loader } from '@mantine/core';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { explainError } from '../../format/explain-error.ts';
import { useLive } from '../../live/use-live.ts';
import { CredentialDialog } from '../providers/CredentialDialog.tsx';
import { credentialWords } from '../providers/credential-words.ts';
import classes from './ProviderCheck.module.css';
import { useProviderTest, useRunProviderTest } from './use-provider-test.ts';

/** Whether the provider takes its credential: asked with one tiny real call, told where the person looks. */
export function ProviderCheck({ id }: { readonly id: string }) {
  const test = useProviderTest(id);
  const asked = test.data !== undefined || test.isError;
  const failed = test.isError || test.data?.ok === false;
  return (
    <div className={classes.check} role="status" aria-label={`Check of ${id}`}>
      {test.isFetching ? (
        <Words mark={<Loader size={14} aria-hidden="true" />}>Asking {id} with one tiny call…</Words>
      ) : (
        <>
          {test.data?.ok === true && (
            <Words mark={<IconCircleCheck size={16} color="var(--gh-ok)" aria-hidden="true" />}>
              It works: {test.data.message}
            </Words>
          )}
          {failed && (
            <Words mark={<IconCircleX size={16} color="var(--gh-bad)" aria-hidden="true" />}>
              It does not work: {test.data === undefined ? explainError(test.error) : test.data.message}
            </Words>
          )}
          {(failed || !asked) && (
            <div className={classes.actions}>
              {failed && <Replace id={id} />}
              <RunButton id={id} label={asked ? 'Check again' : 'Check it'} />
            </div>
          )}
        </>
      )}
    </div>
  );
}

function Words({ mark, children }: { readonly mark: ReactNode; readonly children: ReactNode }) {
  return (
    <p className={classes.words}>
      <span className={classes.mark}>{mark}</span>
      <span className={classes.text}>{children}</span>
    </p>
  );
}

function RunButton({ id, label }: { readonly id: string; readonly label: string }) {
  const run = useRunProviderTest();
  return (
    <Button size="compact-xs" variant="default" onClick={() => run(id)} aria-label={`${label}: ${id}`}>
      {label}
    </Button>
  );
}

/** Where the window may write the credential. */
function Replace({ id }: { readonly id: string }) {
  const provider = useLive((live) => live.providers.find((each) => each.id === id));
  const [opened, setOpened] = useState(false);
  const run = useRunProviderTest();
  if (provider === undefined || !credentialWords(provider.credential).replaceable) return null;
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => setOpened(true)}
        aria-label={`Replace credential of ${id}`}
      >
        Replace credential
      </Button>
      <CredentialDialog provider={provider} opened={opened} onClose={() => setOpened(false)} onStored={() => run(id)} />
    </>
  );
}
