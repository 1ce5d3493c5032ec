/** What form the answer is asked for in: by `outputConfig`, or by our own tool where a model knows no other way. */
import type { OutputFormat } from '../../core/call.ts';
import type { JsonObject } from '../../core/json.ts';
import { asObject, asText } from '../../core/json-value.ts';
import { STRUCTURED_OUTPUT_TOOL } from '../anthropic-messages/structured-output-tool.ts';
import { toPlain, tryParseLossless } from '../json/lossless.ts';
import { invalid } from '../json/request-body.ts';
import { objectsOf } from './decode-block.ts';

/** Throws GatehouseError invalid_request: the schema must be the text of a JSON object. */
export function toOutput(body: JsonObject): OutputFormat | undefined {
  const format = asObject(asObject(body.outputConfig)?.textFormat);
  if (format === undefined) return byTool(body);
  const definition = asObject(asObject(format.structure)?.jsonSchema);
  const schema = asObject(tryParseLossless(asText(definition?.schema) ?? '')) as JsonObject | undefined;
  if (schema === undefined) {
    throw invalid(
      'outputConfig.textFormat',
      '"outputConfig.textFormat" must be {"type":"json_schema","structure":{"jsonSchema":{"schema":"..."}}} with a schema as JSON text',
    );
  }
  const name = asText(definition?.name);
  const description = asText(definition?.description);
  return {
    kind: 'schema',
    schema: toPlain(schema),
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
  };
}

/** An object with any members is what "some JSON" becomes (see encode-tools.ts). */
function byTool(body: JsonObject): OutputFormat | undefined {
  const tool = objectsOf(asObject(body.toolConfig)?.tools)
    .map(({ toolSpec }) => asObject(toolSpec))
    .find((spec) => spec?.name === STRUCTURED_OUTPUT_TOOL);
  const schema = asObject(asObject(tool?.inputSchema)?.json) as JsonObject | undefined;
  if (schema === undefined) return undefined;
  const open = Object.keys(schema).length === 2 && schema.type === 'object' && schema.additionalProperties === true;
  return open ? { kind: 'json' } : { kind: 'schema', schema: toPlain(schema) };
}
