/**
 * The built-in provider: speaks `openai-chat` (or what the config tells it to) without a socket, the same bytes for the same request. It answers on a fresh
 * machine without any credential, it is the fire drill for a person, and the fixture for tests; its prices are real in
 * the ledger, so budgets can be rehearsed too.
 */
import { createHash } from 'node:crypto';
import type { ProviderConfig } from '../../contract/config.ts';
import { InvariantError } from '../../core/assert.ts';
import type { Clock } from '../../core/clock.ts';
import type { Protocol } from '../../core/protocol.ts';
import type { UpstreamRequest } from '../../core/upstream.ts';
import type { Provider } from '../types.ts';
import { drillOf } from './drills.ts';
import { listModels, modelInfo } from './models.ts';
import { play } from './player.ts';
import { readSimRequest } from './request.ts';
import { errorScript, jsonScript, type Script, scriptOf } from './script.ts';
import { systemTimers, type Timers } from './timers.ts';
import { speakAs, type Voice } from './voice.ts';

export const SIMULATOR_BASE_URL = 'simulator:';

export interface SimulatorParts {
  /** Its `models` may change prices and limits of drills. */
  readonly config: ProviderConfig;
  readonly clock: Clock;
  readonly timers?: Timers;
  /** How it speaks what the config tells it to (`speaks`). Undefined: it knows openai-chat alone. */
  readonly voiceOf?: (protocol: Protocol, path: string) => Voice | undefined;
}

export function createSimulator({ config, clock, timers = systemTimers, voiceOf }: SimulatorParts): Provider {
  const models = listModels(config);
  const protocol = config.speaks ?? 'openai-chat';
  return {
    config,
    protocol,
    protocols: [protocol],
    quirksOf: () => ({}),
    baseUrl: SIMULATOR_BASE_URL,
    models: () => models,
    model: (id) => modelInfo(id, config),
    send: (request, _secret, sink) =>
      play(answerTo(request, Math.floor(clock.nowMs() / 1000)), request.timeouts, timers, sink),
  };

  function answerTo(request: UpstreamRequest, created: number): Script {
    if (request.method === 'GET' && request.path === '/models') {
      return jsonScript(200, {}, { object: 'list', data: models.map(({ id }) => listedModel(id, created)) });
    }
    if (protocol !== 'openai-chat' && request.method === 'POST') {
      const voice = voiceOf?.(protocol, request.path);
      if (voice === undefined) throw new InvariantError(`the simulator has no voice for ${protocol}`);
      return speakAs(voice, {
        request,
        id: fingerprint(request.body ?? Buffer.alloc(0)),
        created,
        answer: (body) => chatCompletion(config, body, created),
      });
    }
    if (request.method === 'POST' && request.path === '/chat/completions')
      return chatCompletion(config, request.body ?? Buffer.alloc(0), created);
    return errorScript(404, 'The simulator has POST /chat/completions and GET /models.', 'invalid_request_error', null);
  }
}

function chatCompletion(config: ProviderConfig, body: Buffer, created: number): Script {
  const asked = readSimRequest(body);
  if (asked === undefined) {
    return errorScript(
      400,
      'The body must be a chat completion request with model and messages.',
      'invalid_request_error',
      null,
    );
  }
  const drill = drillOf(asked.model);
  if (drill === undefined) {
    return errorScript(
      404,
      'The simulator has no such model; GET /models lists them.',
      'invalid_request_error',
      'model_not_found',
    );
  }
  const id = `chatcmpl-sim${fingerprint(body)}`;
  const maxOutputTokens = modelInfo(asked.model, config)?.maxOutputTokens ?? drill.maxOutputTokens;
  return scriptOf(asked, { ...drill, maxOutputTokens }, { id, created, model: asked.model });
}

function fingerprint(body: Buffer): string {
  return createHash('sha256').update(body).digest('hex').slice(0, 24);
}

function listedModel(id: string, created: number): object {
  return { id, object: 'model', created, owned_by: 'gatehouse' };
}
