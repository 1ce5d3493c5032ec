/**
 * Ollama's discovery routes, for editors that know only Ollama (Copilot in VS Code): who is here, which models, what can
 * they do. The calls themselves then come to /v1/chat/completions. These clients send no key when they look around, so
 * none is asked for: the routes tell names of models and what they can do, nothing about the person, and answer only
 * to this machine's Host like every route. A call still needs its access key.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { GatehouseError } from '../core/errors.ts';
import { asObject, asText } from '../core/json-value.ts';
import type { ModelInfo } from '../providers/types.ts';
import { bodyTooLarge } from './body-too-large.ts';
import { offeredModels } from './offered-models.ts';
import type { DataRouteParts } from './route-parts.ts';

/** Copilot wants 0.6.4 at least; this is the release whose answers these are modelled on. */
const OLLAMA_VERSION = '0.13.5';
/** What an editor is told of a model whose window nobody knows: it has to plan with something, and this fits every model. */
const CONTEXT_TOKENS_CAUTIOUS = 8192;
const SHOW_BYTES_MAX = 64 * 1024;

export function registerOllamaRoutes(app: FastifyInstance, parts: DataRouteParts): void {
  // `gatehouse` is how another Gatehouse that looks for Ollama sees that this is none.
  app.get('/api/version', () => ({ version: OLLAMA_VERSION, gatehouse: parts.version }));
  app.get('/api/tags', () => ({
    models: chatModels(parts).map(({ id, owner }) => tag(id, owner, parts.startedAtMs)),
  }));
  app.post('/api/show', { bodyLimit: SHOW_BYTES_MAX, onRequest: checkLength }, (request) => {
    const id = askedModel(request.body);
    const found = chatModels(parts).find((model) => model.id === id || `${model.id}:latest` === id);
    if (found === undefined) {
      throw new GatehouseError('model_not_found', 'no provider here lists this model; GET /api/tags lists them', {
        param: 'model',
      });
    }
    return show(found.owner, found.info, parts.startedAtMs);
  });
}

/** No key stands before this route, so that not much is read of what it is sent. */
async function checkLength({ headers }: FastifyRequest): Promise<void> {
  if (Number(headers['content-length'] ?? 0) <= SHOW_BYTES_MAX) return;
  throw bodyTooLarge(SHOW_BYTES_MAX, 'send the name of a model');
}

function chatModels(parts: DataRouteParts) {
  return offeredModels(parts.active(), undefined).filter(
    ({ info }) => info.purpose === undefined || info.purpose === 'chat',
  );
}

/** Throws GatehouseError invalid_request. */
function askedModel(body: unknown): string {
  let parsed: unknown;
  try {
    parsed = Buffer.isBuffer(body) ? JSON.parse(body.toString('utf8')) : undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new GatehouseError('invalid_json', 'the body is not JSON');
  }
  const fields = asObject(parsed);
  const id = asText(fields?.model) ?? asText(fields?.name);
  if (id === undefined) throw new GatehouseError('invalid_request', 'name the model', { param: 'model' });
  return id;
}

/** Sizes and quantisation are a file's, and there is none: Ollama shows models of its cloud in the same way. */
function details(owner: string) {
  return { parent_model: '', format: '', family: owner, families: [owner], parameter_size: '', quantization_level: '' };
}

function tag(id: string, owner: string, startedAtMs: number) {
  return {
    name: id,
    model: id,
    modified_at: new Date(startedAtMs).toISOString(),
    size: 0,
    digest: '',
    details: details(owner),
  };
}

function show(owner: string, info: ModelInfo, startedAtMs: number) {
  return {
    license: '',
    modelfile: '',
    parameters: '',
    template: '',
    details: details(owner),
    model_info: {
      'general.architecture': ARCHITECTURE,
      'general.basename': info.id,
      [`${ARCHITECTURE}.context_length`]: info.contextTokens ?? CONTEXT_TOKENS_CAUTIOUS,
    },
    capabilities: capabilities(info),
    modified_at: new Date(startedAtMs).toISOString(),
  };
}

/** A name of our own: whoever knows architectures by name makes no wrong guess about this one. */
const ARCHITECTURE = 'gatehouse';

/** Only what is known: an editor that believes in tools which are not there fails in the middle of the work. */
function capabilities({ tools, reasoning, inputModalities }: ModelInfo): string[] {
  return [
    'completion',
    ...(tools === true ? ['tools'] : []),
    ...(inputModalities?.includes('image') === true ? ['vision'] : []),
    ...(reasoning === true ? ['thinking'] : []),
  ];
}
