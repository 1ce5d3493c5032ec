/** What an attempt's end says went wrong; undefined when it served the call, or the client left. */
import type { Clock } from '../core/clock.ts';
import { classifyFailure, type Failure } from '../routing/failure.ts';
import type { RelayOutcome } from './relay.ts';

/** `sameProtocol`: the body is the provider's own. */
export function failureOf(outcome: RelayOutcome, sameProtocol: boolean, clock: Clock): Failure | undefined {
  const nowMs = clock.nowMs();
  switch (outcome.kind) {
    case 'result': {
      const { status, headers, observed, body } = outcome;
      if (status < 300 && observed.error === undefined && observed.malformed !== true) return undefined;
      const { error } = observed;
      return classifyFailure(
        {
          kind: 'answer',
          status,
          headers,
          ...(sameProtocol ? { body } : {}),
          ...(error === undefined ? {} : { says: error }),
          ...(observed.malformed === true ? { malformed: true } : {}),
        },
        nowMs,
      );
    }
    case 'streamed':
    case 'aborted':
      return undefined;
    case 'stream-error':
      return classifyFailure({ kind: 'event', says: outcome.error }, nowMs);
    case 'broken':
      return classifyFailure({ kind: 'error', error: outcome.error }, nowMs);
    default:
      return outcome satisfies never;
  }
}
