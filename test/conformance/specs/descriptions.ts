/** The API descriptions of OpenAI, Anthropic and Google, kept beside the project as the recordings are. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'yaml';

const FOLDER = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'specs');

/** False where the folder is not there; on CI that is a failure, so reading is tried all the same. */
export const descriptionsPresent = existsSync(FOLDER) || process.env.CI === 'true';

export type JsonSchema = { readonly [keyword: string]: unknown };
export type Schemas = Readonly<Record<string, JsonSchema>>;

export const DESCRIPTION_NAMES = ['openai', 'anthropic', 'gemini'] as const;
export type DescriptionName = (typeof DESCRIPTION_NAMES)[number];

const READ: Readonly<Record<DescriptionName, () => unknown>> = {
  openai: () => parse(gunzipSync(readFileSync(join(FOLDER, 'openai-openapi.yaml.gz'))).toString('utf8')),
  anthropic: () => JSON.parse(readFileSync(join(FOLDER, 'anthropic-openapi.json'), 'utf8')),
  gemini: () => JSON.parse(readFileSync(join(FOLDER, 'google-generativelanguage-openapi.json'), 'utf8')),
};

/** The schemas of `components`, as the description has them. */
export function readDescription(name: DescriptionName): Schemas {
  return (READ[name]() as { components: { schemas: Schemas } }).components.schemas;
}
