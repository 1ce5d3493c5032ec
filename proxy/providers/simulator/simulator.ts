/**
 * The built-in provider: speaks `openai-chat` without a socket, the same bytes for the same request. It answers on a fresh
 * machine without any credential, it is the fire drill for a person, and the fixture for tests; its prices are real in
 * the ledger, so budgets can be rehearsed too.
 */
import { createHash } from 'node:crypto';
import type { ProviderConfig } from '../../contract/config.ts';
import type { Clock } from '../../core/clock.ts';
import type { UpstreamRequest } from '../../core/upstream.ts';
import type { Provider } from '../types.ts';
import { drillOf } from './drills.ts';
import { listModels, modelInfo } from './models.ts';
import { play } from './player.ts';
import { readSimRequest } from './request.ts';
import { errorScript, jsonScript, type Script, scriptOf } from './script.ts';
import { systemTimers, type Timers } from './timers.ts';

export const SIMULATOR_BASE_URL = 'simulator:';

export interface SimulatorParts {
  /** Its `models` may change prices and limits of drills. */
  readonly config: ProviderConfig;
  readonly clock: Clock;
  readonly timers?: Timers;
}

export function createSimulator({ config, clock, timers = systemTimers }: SimulatorParts): Provider {
  const models = listModels(config);
  return {
    config,
    protocol: 'openai-chat',
    protocols: ['openai-chat'],
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
    if (request.method === 'POST' && request.path === '/chat/completions')
      return chatCompletion(config, request, created);
    return errorScript(404, 'The simulator has POST /chat/completions and GET /models.', 'invalid_request_error', null);
  }
}

function chatCompletion(config: ProviderConfig, request: UpstreamRequest, created: number): Script {
  const body = request.body ?? Buffer.alloc(0);
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
  const id = `chatcmpl-sim${createHash('sha256').update(body).digest('hex').slice(0, 24)}`;
  const maxOutputTokens = modelInfo(asked.model, config)?.maxOutputTokens ?? drill.maxOutputTokens;
  return scriptOf(asked, { ...drill, maxOutputTokens }, { id, created, model: asked.model });
}

function listedModel(id: string, created: number): object {
  return { id, object: 'model', created, owned_by: 'gatehouse' };
}
