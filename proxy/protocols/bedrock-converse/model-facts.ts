/**
 * What a model on Bedrock takes beyond what Converse itself says, told by its id: the protocol gives no other sign, and it
 * answers 400 to what the model does not know. An application's inference profile hides the model behind a random id; those
 * are given what Claude takes, as nothing else has marks and signatures to begin with.
 */
import { quirksOfModel } from '../anthropic-messages/model-quirks.ts';
import type { Quirks } from '../translation.ts';

export interface ModelFacts {
  readonly family: 'claude' | 'nova' | 'nova-2' | 'gpt-oss' | 'openai' | 'mistral' | 'opaque' | 'other';
  readonly caches: boolean;
  readonly cachesTools: boolean;
  readonly cachesAnHour: boolean;
  /** `outputConfig.textFormat` and `strict` tools. */
  readonly structuredOutput: boolean;
  readonly quirks: Readonly<Quirks>;
}

/** From the list of models with structured outputs in Bedrock's user guide; Claude has it from 4.5 on. */
const OPEN_MODELS_WITH_SCHEMA =
  /qwen3|gpt-oss|deepseek\.v3|gemma-3|minimax-m2|magistral|ministral-3|mistral-large-3|voxtral|kimi-k2|nemotron/;
const OPAQUE =
  /:(?:application-inference-profile|provisioned-model|imported-model|custom-model|custom-model-deployment)\//;
const CLAUDE_VERSION = /claude-[a-z]+-(\d+)(?:-(\d{1,2})(?!\d))?/;

export function factsOfModel(id: string, given: Readonly<Quirks>): ModelFacts {
  const name = id.toLowerCase();
  const family = familyOf(name);
  const claude = family === 'claude';
  const version = claude ? claudeVersion(name) : 0;
  // 3.7, the small 3.5 and all since 4; the hour came with 4.5.
  const claudeCaches = claude && (version >= 400 || /3-7-sonnet|3-5-haiku/.test(name));
  const cachesTools = claudeCaches || family === 'opaque';
  const quirks = claude ? { ...quirksOfModel(name), ...given } : given;
  const bySchema = claude ? version >= 405 : OPEN_MODELS_WITH_SCHEMA.test(name);
  return {
    family,
    caches: cachesTools || family === 'nova' || family === 'nova-2',
    cachesTools,
    cachesAnHour: version >= 405,
    structuredOutput: given.schemaByTool === undefined ? bySchema && given.noJsonSchema !== true : !given.schemaByTool,
    quirks,
  };
}

function familyOf(name: string): ModelFacts['family'] {
  if (name.includes('claude')) return 'claude';
  if (name.includes('nova-2')) return 'nova-2';
  if (name.includes('amazon.nova')) return 'nova';
  if (name.includes('gpt-oss')) return 'gpt-oss';
  if (/(?:^|[./])openai\./.test(name)) return 'openai';
  if (/mistral|magistral|ministral|mixtral|voxtral|pixtral/.test(name)) return 'mistral';
  return OPAQUE.test(name) ? 'opaque' : 'other';
}

/** 405 for 4.5; 0 for the names of before Claude 4. */
function claudeVersion(name: string): number {
  const match = CLAUDE_VERSION.exec(name);
  return match === null ? 0 : Number(match[1]) * 100 + Number(match[2] ?? 0);
}
