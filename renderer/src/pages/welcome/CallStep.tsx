import { Button, Loader } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { toolId } from '../../../../proxy/contract/connect.ts';
import { useApi } from '../../app/session-context.ts';
import { CopyField } from '../../components/CopyField.tsx';
import { Notice } from '../../components/Notice.tsx';
import type { RequestView } from '../../contract-views.ts';
import { explainError } from '../../format/explain-error.ts';
import { useLive } from '../../live/use-live.ts';
import { isProblem } from '../../request/request-words.ts';
import { CallFigures } from '../connect/CallFigures.tsx';
import classes from './CallStep.module.css';
import { lastTestCall } from './first-call.ts';
import { StepFrame, type StepProps } from './StepFrame.tsx';
import { useFirstCall } from './use-first-call.ts';

/** The first call, as it arrives: what was asked, who served it, what it cost. */
export function CallStep({ setup, onBack, onNext }: StepProps) {
  const call = useFirstCall(setup);
  return (
    <StepFrame
      title="See the first call"
      text="Every call through the gate appears the moment it arrives, with its route and its cost."
      done={call !== undefined}
      nextLabel="Finish"
      skipLabel="Finish without waiting"
      onBack={onBack}
      onNext={onNext}
    >
      <div role="status">{call === undefined ? <Waiting tool={setup.tool} /> : <Arrived call={call} />}</div>
      {call === undefined && <TestCall />}
    </StepFrame>
  );
}

function Waiting({ tool: named }: { readonly tool: string | undefined }) {
  const id = toolId.safeParse(named).data;
  const tool = useQuery({
    ...useApi().connect.get.queryOptions({ input: { tool: id ?? 'curl' } }),
    enabled: id !== undefined,
  }).data;
  const baseUrl = useLive((live) => live.gateway.baseUrl);
  return (
    <section className={classes.waiting} aria-label="Waiting">
      <Loader type="dots" size={28} aria-hidden="true" />
      <p className={classes.title}>Waiting for the first call{tool === undefined ? '' : ` of ${tool.name}`}</p>
      <p className="muted">
        {tool === undefined
          ? 'Point a tool at this address, with an access key, and ask it something.'
          : `Start ${tool.name} as you always do and ask it something. It appears here by itself.`}
      </p>
      {tool === undefined && baseUrl !== undefined && (
        <div className={classes.address}>
          <CopyField value={baseUrl} name="base URL" />
        </div>
      )}
    </section>
  );
}

function Arrived({ call }: { readonly call: RequestView }) {
  const problem = isProblem(call);
  return (
    <section className={classes.arrived} aria-label="The first call">
      <Notice tone={problem ? 'warn' : 'ok'} title={problem ? 'It arrived, and did not work' : 'It works'}>
        {problem
          ? 'The gate is connected. What went wrong is below; the next call may tell more.'
          : 'Your tool goes through the gate. From here on, every call of it is in your books.'}
      </Notice>
      <div className={classes.figures}>
        <CallFigures requestId={call.id} live={call} />
      </div>
    </section>
  );
}

/** For who has no tool at hand: one call to the simulator, through the same gate. */
function TestCall() {
  const simulator = useLive((live) => live.providers.find(({ kind, enabled }) => kind === 'simulator' && enabled))?.id;
  const test = useMutation(useApi().providers.test.mutationOptions());
  const sent = useLive((live) =>
    simulator === undefined || test.data === undefined ? undefined : lastTestCall(live.requests, simulator),
  );
  if (simulator === undefined) return null;
  return (
    <section aria-label="Test call">
      {sent === undefined ? (
        <div className={classes.test}>
          <p className="muted">
            No tool at hand? Send one from here to the built-in simulator: booked like any other, billed by nobody.
          </p>
          <Button
            variant="default"
            leftSection={<IconPlayerPlay size={15} />}
            loading={test.isPending}
            onClick={() => test.mutate({ id: simulator })}
          >
            Send a test call
          </Button>
        </div>
      ) : (
        <>
          <p className={classes.sent}>This is how a call looks. Yours will appear in its place.</p>
          <div className={classes.figures}>
            <CallFigures requestId={sent.id} live={sent} />
          </div>
        </>
      )}
      {test.isError && (
        <Notice tone="bad" urgent title="Not sent">
          {explainError(test.error)}
        </Notice>
      )}
    </section>
  );
}
