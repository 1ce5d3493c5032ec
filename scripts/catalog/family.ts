/**
 * The family of a model: one name for the same weights at every provider, so that they can stand in for each other. Read
 * from the id by the rules below; what they cannot know is in ALIASES. The date of a snapshot, the precision and the kind
 * of serving do not make another family; the size, the generation and the training do.
 */
import type { ProviderKind } from '../../proxy/contract/config.ts';

/** What the rules make of an id -> the family it belongs to. */
const ALIASES: Readonly<Record<string, string>> = {
  'claude-4-opus': 'claude-opus-4',
  'claude-4-sonnet': 'claude-sonnet-4',
  'claude-opus-4-0': 'claude-opus-4',
  'claude-sonnet-4-0': 'claude-sonnet-4',
  'deepseek-chat': 'deepseek-v3',
  'deepseek-chat-v3-0324': 'deepseek-v3-0324',
  'deepseek-chat-v3.1': 'deepseek-v3.1',
  'deepseek-v3-1': 'deepseek-v3.1',
  'gpt-5-chat-latest': 'gpt-5-chat',
  'gpt-5.1-chat-latest': 'gpt-5.1-chat',
  'gpt-5.2-chat-latest': 'gpt-5.2-chat',
  'gpt-5.3-chat-latest': 'gpt-5.3-chat',
  'kimi-k2-instruct': 'kimi-k2',
  'kimi-k2-instruct-0905': 'kimi-k2-0905',
  'labs-devstral-small-2512': 'devstral-small-2512',
  'magistral-medium-1-2-2509': 'magistral-medium-2509',
  'magistral-small-1-2-2509': 'magistral-small-2509',
  'ministral-3-14b': 'ministral-14b-2512',
  'ministral-3-14b-2512': 'ministral-14b-2512',
  'ministral-3-3b': 'ministral-3b-2512',
  'ministral-3-3b-2512': 'ministral-3b-2512',
  'ministral-3-8b': 'ministral-8b-2512',
  'ministral-3-8b-2512': 'ministral-8b-2512',
  'mistral-large-3': 'mistral-large-2512',
  'mistral-large-3-675b': 'mistral-large-2512',
  'mistral-medium-3': 'mistral-medium-2505',
  'mistral-medium-3-1-2508': 'mistral-medium-2508',
  'mistral-medium-3-5': 'mistral-medium-2604',
  'mistral-medium-3.1': 'mistral-medium-2508',
  'mistral-nemo-2407': 'mistral-nemo',
  'mistral-small-24b-2501': 'mistral-small-2501',
  'mistral-small-3-2-2506': 'mistral-small-2506',
  'mistral-small-3.1-24b': 'mistral-small-2503',
  'mistral-small-3.2-24b': 'mistral-small-2506',
  'mistral-small-3.2-24b-2506': 'mistral-small-2506',
  'nemotron-nano-3-30b': 'nemotron-3-nano-30b-a3b',
  'nemotron-super-3-120b': 'nemotron-3-super-120b-a12b',
  'devstral-2-123b': 'devstral-2512',
  'open-codestral-mamba': 'codestral-mamba',
  'open-mistral-7b': 'mistral-7b-v0.3',
  'open-mistral-nemo': 'mistral-nemo',
  'open-mistral-nemo-2407': 'mistral-nemo',
  'open-mixtral-8x22b': 'mixtral-8x22b',
  'open-mixtral-8x7b': 'mixtral-8x7b',
  'nvidia-nemotron-nano-9b-v2': 'nemotron-nano-9b-v2',
  'qwen3-coder': 'qwen3-coder-480b-a35b',
  'qwen3-next-80b-a3b-instruct': 'qwen3-next-80b-a3b',
};

/** Amazon names one model by a number that its maker does not use. */
const BEDROCK_IDS: Readonly<Record<string, string>> = {
  'anthropic.claude-v1': 'claude-1',
  'anthropic.claude-v2:1': 'claude-2-1',
  'deepseek.v3-v1:0': 'deepseek-v3.1',
  'deepseek.v3.2': 'deepseek-v3.2',
  'deepseek.r1-v1:0': 'deepseek-r1',
};

/** Undefined for a name that moves on its own ("latest of ...") or that is a router and no model. */
export function familyOf(kind: ProviderKind, modelId: string): string | undefined {
  if (modelId.startsWith('~') || (kind === 'openrouter' && modelId.startsWith('openrouter/'))) return undefined;
  const plain = kind === 'bedrock' ? bedrockName(modelId) : (modelId.split('/').at(-1) ?? modelId);
  const name = normalised(plain.toLowerCase());
  return ALIASES[name] ?? name;
}

/** `us.meta.llama3-3-70b-instruct-v1:0` -> `llama-3.3-70b-instruct` */
function bedrockName(modelId: string): string {
  const local = modelId.replace(/^(us|eu|apac|au|jp|global|us-gov)\./, '');
  const known = BEDROCK_IDS[local];
  if (known !== undefined) return known;
  return local
    .replace(/^[a-z0-9]+\./, '')
    .replace(/^llama(\d)-(\d)-/, 'llama-$1.$2-')
    .replace(/^llama(\d)-/, 'llama-$1-')
    .replace(/^(mistral|mixtral)(.*)-v0:(\d)$/, '$1$2-v0.$3')
    .replace(/(embed.*-v\d+):\d+$/, '$1')
    .replace(/(?<!embed.*)(-v\d+:\d+|-v1|-\d:\d)$/, '');
}

function normalised(lower: string): string {
  const bare = lower
    .replace(/:(free|extended|nitro|floor|exacto)$/, '')
    .replace(/-turbo-free$/, '-turbo')
    .replace(/-\d{4}-\d{2}-\d{2}$/, '')
    .replace(/-20\d{6}$/, '')
    .replace(/^meta-llama-/, 'llama-')
    .replace(/^qwen-(\d)/, 'qwen$1');
  if (bare.startsWith('claude')) return bare.replace(/-latest$/, '').replace(/(\d)\.(\d)/g, '$1-$2');
  if (bare.startsWith('gemini')) return bare.replace(/-00\d$/, '');
  if (bare.startsWith('nova')) return bare.replace(/-v1$/, '');
  if (bare.startsWith('llama')) return llama(bare);
  if (/^(gpt|o\d|text-|chatgpt|grok|codex)/.test(bare)) return bare;
  return bare
    .replace(/-fp8$/, '')
    .replace(/-(tput|turbo)$/, '')
    .replace(/-fp8$/, '')
    .replace(/-it$/, '')
    .replace(/^(mixtral.*)-v0\.1$/, '$1')
    .replace(/-instruct(-v0\.\d)?$/, '$1')
    .replace(/-instruct(-\d{4})$/, '$1');
}

/** Size and generation make a Llama; how many experts it has follows from them. */
function llama(bare: string): string {
  return bare
    .replace(/-(versatile|instant)$/, '')
    .replace(/-fp8$/, '')
    .replace(/-(turbo|lite)$/, '')
    .replace(/-(instruct|chat)(-v\d)?$/, '')
    .replace(/-vision$/, '')
    .replace(/^(llama-4-(?:scout|maverick))-17b(-\d+e)?$/, '$1');
}
