/** Where the person is in the guided start, kept across restarts. */
import { type SetupChange, type SetupView, setupProgress } from '../../contract/setup.ts';
import type { ControlParts } from '../types.ts';

const STATE_KEY = 'setup';

export type Guide = Omit<SetupView, 'environment'>;
type GuideParts = Pick<ControlParts, 'accessKeys' | 'clock' | 'configKeeper' | 'feed' | 'state'>;

export function readGuide(parts: GuideParts): Guide {
  const stored = setupProgress.safeParse(parts.state.get(STATE_KEY));
  if (stored.success) return stored.data;
  // Whoever was here before there was a guide, or runs on a file, has begun already; they find it if they look for it.
  return { state: isUntouched(parts) ? 'new' : 'dismissed', step: 'found' };
}

/** What is left out stays as it was. */
export function saveGuide(parts: GuideParts, change: SetupChange): Guide {
  const before = readGuide(parts);
  const tool = change.tool ?? before.tool;
  // The key of another tool says nothing of this one.
  const sameTool = tool === before.tool;
  const keyId = change.keyId ?? (sameTool ? before.keyId : undefined);
  const progress = setupProgress.parse({
    state: change.state ?? (before.state === 'new' ? 'open' : before.state),
    step: change.step ?? before.step,
    sinceMs: before.sinceMs ?? parts.clock.nowMs(),
    ...(tool === undefined ? {} : { tool }),
    ...(keyId === undefined ? {} : { keyId }),
  });
  parts.state.set(STATE_KEY, progress);
  return progress;
}

/** Nobody changed a setting, made a key or sent a call. The first start makes a key by itself. */
function isUntouched({ accessKeys, configKeeper, feed }: GuideParts): boolean {
  const keys = accessKeys.list();
  return (
    configKeeper.managedBy === undefined &&
    configKeeper.version() === 1 &&
    feed.recent().length === 0 &&
    keys.length <= 1 &&
    keys.every(({ lastUsedAtMs }) => lastUsedAtMs === undefined)
  );
}
