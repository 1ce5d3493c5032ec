import { Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { NetworkView } from '../../../../proxy/contract/system-view.ts';
import { useApi } from '../../app/session-context.ts';
import { Card } from '../../components/Card.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { type Fact, Facts } from '../../components/Facts.tsx';
import { Notice } from '../../components/Notice.tsx';

/** How calls get out of this machine. It comes from the environment, so it is shown and not edited. */
export function NetworkCard() {
  const system = useQuery(useApi().system.view.queryOptions({ staleTime: 0 }));
  return (
    <Card title="Network">
      {system.isError && system.data === undefined && (
        <ErrorState what="the network settings" error={system.error} onRetry={() => void system.refetch()} />
      )}
      {system.isPending && <Skeleton height={120} aria-busy="true" />}
      {system.data !== undefined && <Network network={system.data.network} />}
    </Card>
  );
}

function Network({ network }: { readonly network: NetworkView }) {
  const problems = [...network.proxies, network.extraCertificates]
    .map((part) => part?.problem)
    .filter((problem) => problem !== undefined);
  return (
    <Stack gap="md">
      {problems.map((problem) => (
        <Notice key={problem} tone="bad" title="Calls to providers fail until this is put right">
          {problem}
        </Notice>
      ))}
      <Facts facts={factsOf(network)} />
      <p className="muted">
        To change it, set <code>HTTPS_PROXY</code>, <code>NO_PROXY</code> or <code>NODE_EXTRA_CA_CERTS</code> where
        Gatehouse is started, and start it again. Calls to this machine never go through a proxy.
      </p>
    </Stack>
  );
}

function factsOf({ proxies, direct, extraCertificates }: NetworkView): Fact[] {
  const facts: Fact[] = proxies
    .filter(({ address }) => address !== undefined)
    .map(({ scheme, variable, address }) => ({
      name: scheme === 'https' ? 'Proxy' : 'Proxy for http',
      value: (
        <>
          <span className="mono">{address}</span> <span className="muted">from {variable}</span>
        </>
      ),
    }));
  if (proxies.length === 0) facts.push({ name: 'Proxy', value: 'None: calls go out directly' });
  if (direct !== undefined && proxies.length > 0)
    facts.push({ name: 'Not through it', value: <span className="mono">{direct.hosts.join(', ')}</span> });
  facts.push({ name: 'Trusted', value: 'Certificates that Node or the system trusts' });
  if (extraCertificates?.count !== undefined)
    facts.push({
      name: 'Also trusted',
      value: (
        <>
          {extraCertificates.count === 1 ? '1 certificate' : `${extraCertificates.count} certificates`} in{' '}
          <span className="mono">{extraCertificates.path}</span>
        </>
      ),
    });
  return facts;
}
