/**
 * Gemini's routes: the model and the verb stand in the path. `/v1beta` by most clients, `/v1` by @google/genai 3, which is
 * also where OpenAI's model list lives: the verb tells them apart.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GatehouseError } from '../core/errors.ts';
import { DIALECTS } from '../protocols/dialects.ts';
import { listGeminiModels, retrieveGeminiModel } from './models-route.ts';
import type { OfferedModel } from './offered-models.ts';
import { type Serve, wildcard } from './route-parts.ts';

export function registerGeminiRoutes(
  app: FastifyInstance,
  onRequest: (request: FastifyRequest) => Promise<void>,
  serve: Serve,
  offered: (request: FastifyRequest) => readonly OfferedModel[],
): void {
  const options = { onRequest, config: { dialect: 'gemini' as const } };
  const call = (request: FastifyRequest, reply: FastifyReply) => {
    const { model, verb } = splitVerb(wildcard(request));
    switch (verb) {
      case 'generateContent':
        return serve(request, reply, DIALECTS.gemini, { model, stream: false });
      case 'streamGenerateContent': {
        const { alt } = request.query as { alt?: string };
        return serve(request, reply, alt === 'sse' ? DIALECTS.gemini : DIALECTS['gemini-list'], {
          model,
          stream: true,
        });
      }
      case 'countTokens':
        return serve(request, reply, DIALECTS['gemini-count-tokens'], { model, stream: false });
      default:
        throw new GatehouseError(
          'route_not_found',
          'Gatehouse serves generateContent, streamGenerateContent and countTokens here',
        );
    }
  };
  app.post('/v1beta/models/*', options, call);
  app.post('/v1/models/*', options, call);
  app.get('/v1beta/models', options, (request) => listGeminiModels(offered(request)));
  app.get('/v1beta/models/*', options, (request) => retrieveGeminiModel(offered(request), wildcard(request)));
}

/** `openai/gpt-4o:generateContent`: the verb is behind the last colon, for model ids may have colons of their own. */
export function splitVerb(path: string): { model: string; verb: string } {
  const colon = path.lastIndexOf(':');
  return colon === -1 ? { model: path, verb: '' } : { model: path.slice(0, colon), verb: path.slice(colon + 1) };
}
