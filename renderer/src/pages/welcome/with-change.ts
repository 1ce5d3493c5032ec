/** The guided start as it will be once a change is saved. Pure; the gateway decides the same way. */
import type { SetupChange } from '../../../../proxy/contract/setup.ts';
import type { SetupView } from '../../contract-views.ts';

export function withChange(before: SetupView, change: SetupChange): SetupView {
  const { keyId: earlierKey, tool: earlierTool, ...kept } = before;
  const tool = change.tool ?? earlierTool;
  // The key of another tool says nothing of this one.
  const keyId = change.keyId ?? (tool === earlierTool ? earlierKey : undefined);
  return {
    ...kept,
    state: change.state ?? (before.state === 'new' ? 'open' : before.state),
    step: change.step ?? before.step,
    ...(tool === undefined ? {} : { tool }),
    ...(keyId === undefined ? {} : { keyId }),
  };
}
