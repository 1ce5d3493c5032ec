/** A request as the chain reads it: its facts from the bytes at once, the decoded call only for those who ask. */
import type { Call } from '../core/call.ts';
import type { PromptLookup } from '../prompts/types.ts';
import type { InspectedRequest } from '../protocols/codec.ts';
import { needsOf } from '../routing/needs.ts';
import type { CallNeeds, CallShape } from '../routing/types.ts';
import { takeAlternates, type WithAlternates } from './alternates.ts';
import { withPath } from './bridge/build.ts';
import { inspectPrompted, type Prompted } from './prompt/inspect-prompted.ts';
import type { Inbound } from './types.ts';

export interface ReadRequest {
  /** Without what is the gateway's own (`models`), and with the saved prompt that it names. */
  readonly body: Buffer;
  readonly inspected: InspectedRequest;
  readonly shape: CallShape;
  /** `id@version` of the saved prompt that is in it. */
  readonly prompt?: string;
}

const NO_NEEDS: CallNeeds = { tools: false, images: false, audio: false, documents: false, structuredOutput: false };

/** Throws GatehouseError: what the dialect's codec refuses. */
export function readRequest(inbound: Inbound, prompts: PromptLookup): ReadRequest {
  const { dialect, path } = inbound;
  const { body, alternates, inspected: read, prompt } = inspect(inbound, prompts);
  const inspected = withPath(read, path);
  const { facts } = inspected;
  const { client } = dialect;
  const call = once((): Call | undefined => client?.decodeRequest(body, path));
  const needs = once((): CallNeeds => {
    if (client === undefined || facts.marks?.needs === false) return NO_NEEDS;
    const decoded = call();
    return decoded === undefined ? NO_NEEDS : needsOf(decoded);
  });
  return {
    body,
    inspected,
    ...(prompt === undefined ? {} : { prompt }),
    shape: {
      asked: facts.model,
      alternates,
      protocol: dialect.protocol,
      operation: dialect.name === 'embeddings' ? 'embedding' : dialect.name === 'completions' ? 'completion' : 'chat',
      // A count that no provider of another protocol can give is estimated here.
      translatable: client !== undefined || dialect.estimate !== undefined,
      stream: facts.stream,
      inputTokensEstimate: facts.inputTokensEstimate,
      inputTokensMax: facts.inputTokensMax,
      maxOutputTokens: facts.maxOutputTokens,
      choices: facts.choices,
      needs,
      call,
    },
  };
}

/** Only a body that names its own fallbacks is read a second time, without them. */
function inspect({ dialect, body }: Inbound, prompts: PromptLookup): WithAlternates & Prompted {
  const prompted = inspectPrompted(dialect, body, prompts);
  if (prompted.inspected.facts.marks?.alternates === false) return { ...prompted, alternates: [] };
  const taken = takeAlternates(prompted.body);
  if (taken.body === prompted.body) return { ...prompted, ...taken };
  return { ...prompted, ...taken, inspected: dialect.codec.inspectRequest(taken.body) };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
