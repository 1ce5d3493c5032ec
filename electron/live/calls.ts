/** What the tray tells of calls: how many run, and the last few. */
import type { RequestView } from '../../proxy/contract/views.ts';

export interface RecentCall {
  readonly id: string;
  readonly startedAtMs: number;
  readonly state: RequestView['state'];
  /** What served it, else what was asked for; undefined: it named none. */
  readonly model?: string;
  /** Undefined until it is settled, and where it never cost anything. */
  readonly chargedNano?: number;
}

export interface CallsView {
  /** The ids of those under way. */
  readonly running: readonly string[];
  /** Newest first. */
  readonly recent: readonly RecentCall[];
}

const RECENT_MAX = 5;

export function callsOf(requests: readonly RequestView[]): CallsView {
  return {
    running: requests.filter(isRunning).map(({ id }) => id),
    recent: newestFirst(requests.map(recentCall)),
  };
}

/** The same object when nothing of it changed: most events of a stream change nothing that a menu shows. */
export function withRequest(calls: CallsView, request: RequestView): CallsView {
  const ran = calls.running.includes(request.id);
  const runs = isRunning(request);
  const call = recentCall(request);
  const known = calls.recent.find(({ id }) => id === call.id);
  const seen = known !== undefined && JSON.stringify(known) === JSON.stringify(call);
  if (ran === runs && seen) return calls;
  const others = calls.running.filter((id) => id !== request.id);
  return {
    running: runs ? [...others, request.id] : others,
    recent: seen ? calls.recent : newestFirst([call, ...calls.recent.filter(({ id }) => id !== call.id)]),
  };
}

function isRunning({ state }: RequestView): boolean {
  return state === 'running' || state === 'streaming';
}

function newestFirst(calls: readonly RecentCall[]): readonly RecentCall[] {
  return [...calls].sort((a, b) => b.startedAtMs - a.startedAtMs).slice(0, RECENT_MAX);
}

function recentCall({
  id,
  startedAtMs,
  state,
  provider,
  modelServed,
  modelAsked,
  chargedNano,
}: RequestView): RecentCall {
  const served = provider !== undefined && modelServed !== undefined ? `${provider}/${modelServed}` : undefined;
  const model = served ?? modelAsked;
  return {
    id,
    startedAtMs,
    state,
    ...(model === undefined ? {} : { model }),
    ...(chargedNano === undefined ? {} : { chargedNano }),
  };
}
