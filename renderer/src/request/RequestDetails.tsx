import { Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../app/session-context.ts';
import { ErrorState } from '../components/ErrorState.tsx';
import { Facts } from '../components/Facts.tsx';
import { Notice } from '../components/Notice.tsx';
import { Status } from '../components/Status.tsx';
import { RouteTrace } from '../route/RouteTrace.tsx';
import { errorAdvice } from './error-advice.ts';
import classes from './RequestDetails.module.css';
import { requestFacts } from './request-facts.tsx';
import { stateWords } from './request-words.ts';
import { TransferList } from './TransferList.tsx';

/** One request: what it was, what it cost, and its ledger entries. Follows the request while it runs. */
export function RequestDetails({ id }: { readonly id: string }) {
  const details = useQuery(useApi().requests.get.queryOptions({ input: { id } }));
  if (details.isError) {
    return <ErrorState what="this request" error={details.error} onRetry={() => void details.refetch()} />;
  }
  if (details.data === undefined) return <DetailsSkeleton />;
  const { request, transfers, route } = details.data;
  const { tone, words } = stateWords(request.state);
  const advice = errorAdvice(request.errorCode);
  return (
    <Stack gap="md">
      <div className={classes.head}>
        <Status tone={tone}>{words}</Status>
        <span className="mono">{request.modelAsked ?? 'no model named'}</span>
      </div>
      {request.errorCode !== undefined && (
        <Notice tone={request.state === 'aborted' ? 'warn' : 'bad'} title={<code>{request.errorCode}</code>}>
          {advice}
        </Notice>
      )}
      <Facts facts={requestFacts(request)} />
      {route !== undefined && <RouteTrace route={route} />}
      <div>
        <h3 className={classes.subtitle}>Ledger entries</h3>
        {transfers.length === 0 ? (
          <p className="muted">None. The request was refused before any money was held.</p>
        ) : (
          <TransferList transfers={transfers} />
        )}
      </div>
      <p className="muted">Gatehouse keeps figures only. Prompts and answers are never stored.</p>
    </Stack>
  );
}

function DetailsSkeleton() {
  return (
    <Stack gap="sm" aria-busy="true" aria-label="Loading the request">
      {[120, 200, 160, 180, 140, 210].map((width) => (
        <Skeleton key={width} height={16} width={width} />
      ))}
    </Stack>
  );
}
