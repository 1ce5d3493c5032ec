import { Anchor, Drawer, Stack } from '@mantine/core';
import { Status, type Tone } from '../../../components/Status.tsx';
import { useRequestDrawer } from '../../../request/request-drawer.ts';
import { TransferList } from '../../../request/TransferList.tsx';
import { RouteSection } from '../../../route/RouteSection.tsx';
import { type Place, stepsOf } from '../state/conversation.ts';
import { usePlaygroundState } from '../state/playground-context.ts';
import type { Run, RunPhase } from '../state/run-state.ts';
import { HeaderList } from './HeaderList.tsx';
import { RunFacts } from './RunFacts.tsx';
import { RunRoute } from './RunRoute.tsx';
import { WarningList } from './WarningList.tsx';

const PHASES: Record<RunPhase, { readonly tone: Tone; readonly words: string }> = {
  running: { tone: 'busy', words: 'Running' },
  done: { tone: 'ok', words: 'Done' },
  stopped: { tone: 'warn', words: 'Stopped' },
  failed: { tone: 'bad', words: 'Failed' },
  example: { tone: 'idle', words: 'Not a call' },
};

interface TraceDrawerProps {
  readonly place: Place | undefined;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** One run as the gateway saw it, from the route to the last ledger entry. Follows the run while it goes on. */
export function TraceDrawer({ place, opened, onClose }: TraceDrawerProps) {
  const run = usePlaygroundState(({ conversation }) => {
    const turn = conversation.turns.find(({ id }) => id === place?.turnId);
    return turn === undefined || place === undefined ? undefined : stepsOf(turn, place.laneId)[place.step]?.run;
  });
  return (
    <Drawer opened={opened && run !== undefined} onClose={onClose} title="Trace" size={480}>
      {run !== undefined && <Trace run={run} onClose={onClose} />}
    </Drawer>
  );
}

function Trace({ run, onClose }: { readonly run: Run; readonly onClose: () => void }) {
  const openDrawer = useRequestDrawer();
  const { requestId, head, transfers } = run;
  const { tone, words } = PHASES[run.phase];
  return (
    <Stack gap="md">
      <span role="status">
        <Status tone={tone}>{words}</Status>
      </span>
      <RunFacts run={run} />
      {run.finish?.warnings !== undefined && <WarningList warnings={run.finish.warnings} />}
      <RouteSection title="Ledger entries">
        {transfers.length === 0 ? (
          <p className="muted">{run.phase === 'running' ? 'None so far.' : 'None: no money was held.'}</p>
        ) : (
          <TransferList transfers={transfers} />
        )}
      </RouteSection>
      <RunRoute run={run} />
      {head !== undefined && <HeaderList status={head.status} headers={head.headers} />}
      {requestId !== undefined && (
        <Anchor
          component="button"
          type="button"
          style={{ alignSelf: 'start' }}
          onClick={() => {
            onClose();
            openDrawer(requestId);
          }}
        >
          Open the request
        </Anchor>
      )}
    </Stack>
  );
}
