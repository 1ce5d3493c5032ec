import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useManaged } from '../../components/ManagedNotice.tsx';
import type { EnvironmentKeyView } from '../../contract-views.ts';
import { useLive } from '../../live/use-live.ts';
import { KeychainNotice } from '../providers/KeychainNotice.tsx';
import { EnvironmentKeyRow } from './EnvironmentKeyRow.tsx';
import rows from './Rows.module.css';
import type { Keep } from './use-adopt.ts';

/** Keys that stand in the gateway's environment, masked, and what can be done with each. */
export function EnvironmentKeys({ keys }: { readonly keys: readonly EnvironmentKeyView[] }) {
  const [keep, setKeep] = useState<Keep>('keychain');
  const managed = useManaged();
  const keychain = useLive((live) => live.gateway.keychain);
  const store = keychain?.backend === 'encrypted-file' ? 'encrypted file' : 'keychain';
  const choosable = !managed && keys.some(({ state }) => state === 'free');
  return (
    <section aria-label="Keys in your environment">
      <h2 className={rows.title}>Keys in your environment</h2>
      {keys.length === 0 && (
        <p className={rows.note}>
          None of the usual variables (OPENAI_API_KEY, ANTHROPIC_API_KEY and so on) is set where Gatehouse runs. You can
          paste a key in the next step.
        </p>
      )}
      {managed && keys.length > 0 && (
        <p className={rows.note}>Providers come from the config file here, so these are only shown.</p>
      )}
      {choosable && (
        <>
          <SegmentedControl
            size="xs"
            mb={6}
            aria-label="Where a key is kept"
            value={keep}
            onChange={setKeep}
            data={[
              { value: 'keychain', label: `Copy to the ${store}` },
              { value: 'environment', label: 'Leave in the environment' },
            ]}
          />
          <p className={rows.note}>
            {keep === 'keychain'
              ? `Gatehouse then has the key however it is started. The variable stays as it is.`
              : 'Gatehouse reads the variable at every call, and must be started where it is set.'}{' '}
            Each key you use is tried with one tiny real call, far below a cent.
          </p>
          {keep === 'keychain' && keychain !== undefined && keychain.state !== 'ready' && (
            <div className={rows.locked}>
              <KeychainNotice />
            </div>
          )}
        </>
      )}
      {keys.length > 0 && (
        <ul className={rows.rows} aria-label="Keys found">
          {keys.map((key) => (
            <EnvironmentKeyRow key={key.variable} found={key} keep={keep} readOnly={managed} />
          ))}
        </ul>
      )}
    </section>
  );
}
