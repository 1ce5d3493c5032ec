import { describe, expect, test } from 'vitest';
import { createBreakerBook } from '../../../proxy/routing/breaker-book.ts';
import type { Failure } from '../../../proxy/routing/failure.ts';
import { nextStep, type Progress, RETRY_LIMITS, type Step } from '../../../proxy/routing/retry.ts';

const SERVER_ERROR: Failure = { kind: 'server_error', scope: 'endpoint', decision: 'retry', message: 'failed' };
const FIRST: Progress = {
  attempts: 1,
  attemptsHere: 1,
  elapsedMs: 100,
  committed: false,
  othersLeft: 2,
  largerLeft: 0,
  jitter: 0,
};
const stop = (because: string) => ({ do: 'stop', because });
const retry = (afterMs: number) => ({ do: 'retry', afterMs });
const next = { do: 'next' };

describe('what follows a failure', () => {
  test.each<[what: string, failure: Partial<Failure>, progress: Partial<Progress>, step: object]>([
    ['a slip of the server is tried once more', {}, {}, retry(125)],
    ['not where it would cost others their only try', {}, { attempts: 3, othersLeft: 1 }, next],
    ['with one try for each of the others left it is', {}, { attempts: 2, othersLeft: 1 }, retry(125)],
    ['of many others two are kept a try', {}, { othersLeft: 20 }, retry(125)],
    ['and no more than there are', {}, { attempts: 2, othersLeft: 20 }, next],
    ['with all of the jitter', {}, { jitter: 1 }, retry(250)],
    ['and only once', {}, { attempts: 2, attemptsHere: 2 }, next],
    ['also when nobody else is left', {}, { attempts: 2, attemptsHere: 2, othersLeft: 0 }, stop('no_target')],
    ['a short wait is honoured, and a little more', { retryAfterMs: 1_000 }, {}, retry(1_020)],
    ['no wait at all, too', { retryAfterMs: 0 }, {}, retry(0)],
    ['a longer one is not while there is another target', { retryAfterMs: 1_001 }, {}, next],
    ['it is when there is none', { retryAfterMs: 5_000 }, { othersLeft: 0 }, retry(5_020)],
    ['up to its bound', { retryAfterMs: 5_001 }, { othersLeft: 0 }, stop('no_target')],
    ['who does not answer is asked again only when alone', { kind: 'connect' }, {}, next],
    ['alone', { kind: 'connect' }, { othersLeft: 0 }, retry(125)],
    ['a time-out likewise', { kind: 'timeout' }, {}, next],
    ['next', { decision: 'next' }, {}, next],
    ['next, but there is none', { decision: 'next' }, { othersLeft: 0 }, stop('no_target')],
    ['too large for the target', { decision: 'larger-context' }, { largerLeft: 1 }, { do: 'larger-context' }],
    ['too large for all', { decision: 'larger-context' }, { othersLeft: 3 }, stop('no_target')],
    ['a bad request goes nowhere', { decision: 'stop' }, {}, stop('decided')],
    ['after content nothing is tried', {}, { committed: true }, stop('committed')],
    ['the attempts are used up', {}, { attempts: 4 }, stop('attempts')],
    ['for larger contexts too', { decision: 'larger-context' }, { attempts: 4, largerLeft: 1 }, stop('attempts')],
    ['the time is used up', { decision: 'next' }, { elapsedMs: 120_000 }, stop('time')],
    ['the wait would use up the time', { retryAfterMs: 900 }, { elapsedMs: 119_100, othersLeft: 0 }, stop('time')],
    ['then somebody else at once', { retryAfterMs: 900 }, { elapsedMs: 119_100 }, next],
  ])('%s', (_what, failure, progress, step) => {
    expect(nextStep({ ...SERVER_ERROR, ...failure }, { ...FIRST, ...progress })).toEqual(step);
  });

  test('the wait doubles with each try', () => {
    const limits = { ...RETRY_LIMITS, retriesMax: 3, attemptsMax: 10 };
    const waits = [1, 2, 3].map(
      (attemptsHere): Step => nextStep(SERVER_ERROR, { ...FIRST, attemptsHere, jitter: 1 }, limits),
    );
    expect(waits).toEqual([retry(250), retry(500), retry(1_000)]);
  });

  test('whoever waits as told finds the door open', () => {
    const limited: Failure = { ...SERVER_ERROR, kind: 'rate_limited', retryAfterMs: 800 };
    const book = createBreakerBook();
    const first = book.admit('p/a', 0);
    if (!first.ok) throw new Error('expected it to pass');
    // The attempt's end is recorded a moment after it was seen.
    book.record(first.permit, { kind: 'failed', failure: limited }, 5);
    const step = nextStep(limited, { ...FIRST, othersLeft: 0 });
    if (step.do !== 'retry') throw new Error('expected a retry');
    expect(book.admit('p/a', 799).ok).toBe(false);
    expect(book.admit('p/a', step.afterMs).ok).toBe(true);
  });
});
