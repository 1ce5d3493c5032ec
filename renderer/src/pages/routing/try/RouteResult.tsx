import { IconRoute } from '@tabler/icons-react';
import type { DryRunResult } from '../../../../../proxy/contract/routing-desk.ts';
import { Card } from '../../../components/Card.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { Notice } from '../../../components/Notice.tsx';
import { RouteTrace } from '../../../route/RouteTrace.tsx';
import { endpointName } from '../../../route/route-words.ts';
import classes from './TryTab.module.css';

interface RouteResultProps {
  readonly result: DryRunResult | undefined;
  readonly error: unknown;
  readonly onRetry: () => void;
}

export function RouteResult({ result, error, onRetry }: RouteResultProps) {
  return (
    <Card title="Where it would go">
      <div className={classes.result}>
        <div role="status">
          {result?.ok === true && <Verdict result={result} />}
          {result?.ok === false && (
            <Notice tone="bad" title={`The tool would be told: HTTP ${result.status}, ${result.code}`}>
              {result.message}
            </Notice>
          )}
        </div>
        {error !== null && error !== undefined && <ErrorState what="the route" error={error} onRetry={onRetry} />}
        {result?.ok === true && <RouteTrace route={result.route} />}
        {result === undefined && (error === null || error === undefined) && (
          <EmptyState
            icon={<IconRoute size={22} />}
            title="Nothing tried yet"
            text="Describe a call, and see which providers and models would be asked in which order, why, and at what price. Nothing is sent and nothing is paid."
          />
        )}
      </div>
    </Card>
  );
}

function Verdict({ result }: { readonly result: Extract<DryRunResult, { ok: true }> }) {
  const [first, ...rest] = result.route.candidates;
  if (first === undefined) return null;
  const more = rest.length + (result.route.more?.candidates ?? 0);
  return (
    <Notice tone="ok" title={`${endpointName(first.provider, first.model)} is asked first`}>
      {more === 0
        ? 'Nobody else would step in if it fails.'
        : `If it fails before its answer begins, ${more === 1 ? 'another target steps' : `${more} others step`} in, in this order.`}
    </Notice>
  );
}
