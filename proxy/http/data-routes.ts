/**
 * The routes that clients use. Guard and key stand before every one of them; only /healthz and what ollama-routes.ts tells
 * of the models need no key.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DIALECTS, type DialectName } from '../protocols/dialects.ts';
import { createDoor } from './door.ts';
import { registerGeminiRoutes } from './gemini-routes.ts';
import { httpOutlet } from './http-outlet.ts';
import { listAnthropicModels, listModels, retrieveAnthropicModel, retrieveModel } from './models-route.ts';
import { offeredModels } from './offered-models.ts';
import { registerOllamaRoutes } from './ollama-routes.ts';
import { type DataRouteParts, type Serve, wildcard } from './route-parts.ts';

/** Routes whose request says everything in its body. */
const CALL_ROUTES: readonly { url: string; dialect: DialectName }[] = [
  { url: '/v1/chat/completions', dialect: 'openai-chat' },
  { url: '/v1/responses', dialect: 'openai-responses' },
  { url: '/v1/completions', dialect: 'completions' },
  { url: '/v1/embeddings', dialect: 'embeddings' },
  { url: '/v1/messages', dialect: 'anthropic-messages' },
  { url: '/v1/messages/count_tokens', dialect: 'anthropic-count-tokens' },
];

export function registerDataRoutes(app: FastifyInstance, parts: DataRouteParts): void {
  const door = createDoor(parts);
  const onRequest = door.enter;
  const offered = (request: FastifyRequest) => offeredModels(parts.active(), door.policyOf(request));
  const serve: Serve = (request, reply, dialect, path) => {
    const call = door.inbound(request, dialect, path);
    reply.hijack();
    void parts.pipeline.handle(call, httpOutlet(reply.raw));
  };

  for (const { url, dialect } of CALL_ROUTES) {
    app.post(url, { onRequest, config: { dialect } }, (request, reply) => serve(request, reply, DIALECTS[dialect], {}));
  }
  registerGeminiRoutes(app, onRequest, serve, offered);
  registerOllamaRoutes(app, parts);
  const asAnthropic = (request: FastifyRequest) => request.headers['anthropic-version'] !== undefined;
  app.get('/v1/models', { onRequest }, (request) => {
    const list = asAnthropic(request) ? listAnthropicModels : listModels;
    return list(offered(request), parts.startedAtMs);
  });
  app.get('/v1/models/*', { onRequest }, (request) => {
    const retrieve = asAnthropic(request) ? retrieveAnthropicModel : retrieveModel;
    return retrieve(offered(request), wildcard(request), parts.startedAtMs);
  });
  // Codex asks for a WebSocket first. 426 sends it to POST at once; any other refusal costs it seconds, or the run.
  app.get('/v1/responses', (_request, reply) => reply.code(426).header('upgrade', 'HTTP/1.1').send());
  app.get('/healthz', () => ({ status: 'ok', version: parts.version }));
  // Some clients look whether anything is there before their first call.
  app.head('/', (_request, reply) => reply.code(200).send());
}
