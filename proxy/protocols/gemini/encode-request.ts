/** A call as a generateContent body. Model and stream stand in the path (see paths.ts). */
import type { Call } from '../../core/call.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { Warnings } from '../../core/warnings.ts';
import { printLossless } from '../json/lossless.ts';
import type { EncodedRequest, EncodeTarget } from '../translation.ts';
import { encodeConfig } from './encode-config.ts';
import { encodeContents } from './encode-contents.ts';
import { encodeTools } from './encode-tools.ts';
import { type Generation, generationOf } from './models.ts';

/** Throws GatehouseError invalid_request. */
export function encodeRequest(call: Call, target: EncodeTarget, warnings: Warnings): EncodedRequest {
  const generation = generationOf(target.model);
  const native = takesSchema(call, target, generation);
  const byTool = call.output?.kind === 'schema' && !native;
  if (call.output?.kind === 'json' && !native) warnings.add('dropped_response_format', 'response_format');
  const generationConfig = encodeConfig(call, target, generation, native, warnings);
  const serviceTier = encodeServiceTier(call, warnings);
  warnOfLost(call, warnings);
  const body: JsonObject = {
    ...encodeContents(call.messages, generation, warnings),
    ...encodeTools(call, byTool, warnings),
    ...(generationConfig === undefined ? {} : { generationConfig }),
    ...(serviceTier === undefined ? {} : { serviceTier }),
    ...foreignFields(call, warnings),
  };
  return { body: Buffer.from(printLossless(body)) };
}

/** Before the third generation a response type beside functions is a 400. */
function takesSchema(call: Call, { quirks }: EncodeTarget, { third }: Generation): boolean {
  if (call.output === undefined || call.output.kind === 'text') return true;
  if (quirks.schemaByTool === true || quirks.noJsonSchema === true)
    return call.output.kind === 'json' && quirks.noJsonSchema !== true;
  return third || call.tools.every((tool) => tool.kind === 'provider');
}

const TIERS: Readonly<Record<string, string>> = {
  default: 'standard',
  standard: 'standard',
  flex: 'flex',
  priority: 'priority',
};

function encodeServiceTier({ serviceTier }: Call, warnings: Warnings): string | undefined {
  if (serviceTier === undefined || serviceTier === 'auto' || serviceTier === 'unspecified') return undefined;
  const tier = Object.hasOwn(TIERS, serviceTier) ? TIERS[serviceTier] : undefined;
  if (tier === undefined) warnings.add('dropped_service_tier', 'service_tier');
  return tier;
}

function warnOfLost(call: Call, warnings: Warnings): void {
  if (call.user !== undefined) warnings.add('dropped_user', 'user');
  if (call.verbosity !== undefined) warnings.add('dropped_verbosity', 'verbosity');
  if (call.cacheKey !== undefined) warnings.add('dropped_cache_key', 'cache_key');
  if (call.metadata !== undefined && Object.keys(call.metadata).length > 0)
    warnings.add('dropped_metadata', 'metadata');
  const detailed = call.messages.some(({ parts }) =>
    parts.some((part) => part.kind === 'image' && part.detail !== undefined && part.detail !== 'auto'),
  );
  if (detailed) warnings.add('dropped_detail', 'messages');
}

/** A Gemini client's own fields go back; everybody else's are lost. */
function foreignFields({ foreign }: Call, warnings: Warnings): JsonObject {
  if (foreign === undefined) return {};
  const own: Record<string, Json> = {};
  for (const [name, value] of Object.entries(foreign.fields)) {
    if (foreign.protocol !== 'gemini' || name.startsWith('contents.')) warnings.add(`dropped_${name}`, name);
    else if (name !== 'toolConfig' && !name.startsWith('generationConfig.')) own[name] = value;
  }
  return own;
}
