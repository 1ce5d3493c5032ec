/** How calls under way are stopped: those of a scope that a kill switch stops, and all of them when the gateway closes. */
import type { RequestView } from '../contract/views.ts';
import { GatehouseError } from '../core/errors.ts';
import { type KillSwitch, killSwitchError } from '../limits/kill-switch.ts';
import { type KillSubject, type KillSwitches, killedScopeError } from '../limits/kill-switches.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';

export function stopWhenKilled(
  pipeline: Pipeline,
  { killSwitch, killSwitches }: { killSwitch: KillSwitch; killSwitches: KillSwitches },
): void {
  killSwitch.onChange((view) => {
    if (view.active) pipeline.abortAll(killSwitchError(view));
  });
  killSwitches.onChange((_scope, stopped) => {
    if (stopped) stopKilled(pipeline, killSwitches);
  });
}

/** What runs in a scope that was just stopped is aborted and settled. */
function stopKilled(pipeline: Pipeline, killSwitches: KillSwitches): void {
  for (const killed of killSwitches.view())
    pipeline.abortAll(
      killedScopeError(killed),
      (view) => killSwitches.stoppedBy(subjectOf(view))?.scope === killed.scope,
    );
}

function subjectOf({ accessKeyId, project, provider, modelServed }: RequestView): KillSubject {
  return {
    ...(accessKeyId === undefined ? {} : { accessKeyId }),
    ...(project === undefined ? {} : { project }),
    ...(provider === undefined ? {} : { provider }),
    ...(modelServed === undefined ? {} : { model: modelServed }),
  };
}

/** Whatever still runs at the deadline is aborted, settled, and told so. */
export async function drain(pipeline: Pipeline, deadlineMs: number): Promise<void> {
  const timer = setTimeout(
    () =>
      pipeline.abortAll(new GatehouseError('shutting_down', 'Gatehouse was closed while this answer was under way')),
    deadlineMs,
  );
  await pipeline.idle();
  clearTimeout(timer);
}
