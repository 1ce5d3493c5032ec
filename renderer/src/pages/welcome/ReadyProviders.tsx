import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ProviderView } from '../../contract-views.ts';
import { useLive } from '../../live/use-live.ts';
import { CredentialDialog } from '../providers/CredentialDialog.tsx';
import { credentialWords } from '../providers/credential-words.ts';
import { ProviderCheck } from './ProviderCheck.tsx';
import { ProviderStanding } from './ProviderStanding.tsx';
import rows from './Rows.module.css';
import { isReady } from './step-list.ts';
import { useRunProviderTest } from './use-provider-test.ts';

/** The accounts there are, with their credentials masked, and those that lack one. */
export function ReadyProviders() {
  const providers = useLive((live) => live.providers)?.filter((each) => isReady(each) || lacksCredential(each));
  if (providers === undefined || providers.length === 0) return null;
  return (
    <section aria-label="Your providers">
      <h2 className={rows.title}>Your providers</h2>
      <ul className={rows.rows}>
        {providers.map((provider) => (
          <Row key={provider.id} provider={provider} />
        ))}
      </ul>
    </section>
  );
}

function Row({ provider }: { readonly provider: ProviderView }) {
  const [opened, setOpened] = useState(false);
  const run = useRunProviderTest();
  const credential = credentialWords(provider.credential);
  return (
    <li className={rows.row}>
      <div className={rows.line}>
        <div className={rows.words}>
          <p className={rows.name}>{provider.id}</p>
          <p className={rows.detail}>
            {[credential.words, credential.detail].filter((part) => part !== '').join(' · ')}
          </p>
        </div>
        {isReady(provider) ? (
          <ProviderStanding id={provider.id} good="Ready" />
        ) : (
          credential.wanted && (
            <Button size="xs" onClick={() => setOpened(true)} aria-label={`Add credential for ${provider.id}`}>
              Add credential
            </Button>
          )
        )}
      </div>
      {isReady(provider) && <ProviderCheck id={provider.id} />}
      <CredentialDialog
        provider={provider}
        opened={opened}
        onClose={() => setOpened(false)}
        onStored={() => run(provider.id)}
      />
    </li>
  );
}

function lacksCredential({ enabled, credential }: ProviderView): boolean {
  return enabled && credential.state === 'missing';
}
