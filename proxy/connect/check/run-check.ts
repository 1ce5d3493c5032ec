/** One of the three checks: the call, what it came to, and what it cost. */
import type { CheckName, CheckResult, ToolView } from '../../contract/connect.ts';
import type { RequestView } from '../../contract/views.ts';
import { CallFailed, callGateway, type GatewayAnswer } from './call-gateway.ts';
import { requestOf } from './requests.ts';

export interface CheckParts {
  readonly rootUrl: string;
  readonly protocol: ToolView['protocol'];
  /** As it is sent. */
  readonly model: string;
  readonly secret: string;
  readonly signal: AbortSignal;
  readonly nowMs: () => number;
  readonly requestEnded: (requestId: string, signal: AbortSignal) => Promise<RequestView | undefined>;
}

/** Rejects only when the caller left. */
export async function runCheck(check: CheckName, parts: CheckParts): Promise<CheckResult> {
  const { rootUrl, protocol, model, secret, signal } = parts;
  const startedMs = parts.nowMs();
  try {
    const answer = await callGateway(rootUrl, protocol, requestOf(protocol, check, model, secret), signal);
    const durationMs = parts.nowMs() - startedMs;
    const view = answer.requestId === undefined ? undefined : await parts.requestEnded(answer.requestId, signal);
    return { type: 'result', check, durationMs, ...told(check, answer), ...booked(answer, view) };
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    return { type: 'result', check, ok: false, message: error.message, durationMs: parts.nowMs() - startedMs };
  }
}

function told(check: CheckName, { status, facts, events }: GatewayAnswer): Pick<CheckResult, 'ok' | 'message'> {
  const failed = (message: string) => ({ ok: false, message });
  if (facts.error !== undefined) return failed(facts.error.message);
  if (status !== 200) return failed(`The gateway answered HTTP ${status} without a word.`);
  if (check === 'stream') {
    if (events === 0) return failed('The answer came in one piece where a stream was asked for.');
    if (!facts.ended) return failed('The stream broke off before its end.');
    return { ok: true, message: `The answer streamed in ${events} events.` };
  }
  if (check === 'tool') {
    return facts.toolCall
      ? { ok: true, message: 'The model called the tool it was given.' }
      : failed('The model answered in words and called no tool. Agents need one that does: choose another model.');
  }
  if (!facts.ended && !facts.content) return failed('The answer is not one that this tool can read.');
  return {
    ok: true,
    message: facts.content ? 'The model answered.' : 'The model answered, without text in its first tokens.',
  };
}

function booked({ status, requestId, facts }: GatewayAnswer, view: RequestView | undefined) {
  const code = view?.errorCode ?? facts.error?.code;
  const served =
    view?.provider === undefined || view.modelServed === undefined ? undefined : `${view.provider}/${view.modelServed}`;
  return {
    status,
    ...(requestId === undefined ? {} : { requestId }),
    ...(code === undefined ? {} : { code }),
    ...(served === undefined ? {} : { served }),
    ...(view?.chargedNano === undefined ? {} : { costNano: view.chargedNano }),
  };
}
