/** What we use of CycloneDX 1.6 and nothing beside it, as the standard's own schema has it: https://cyclonedx.org/docs/1.6/json/ */

interface Component {
  readonly type: string;
  readonly 'bom-ref': string;
  readonly name: string;
  readonly purl?: string;
  readonly hashes?: readonly { alg: string; content: string }[];
  readonly components?: readonly Component[];
}

export interface Sbom {
  readonly components: readonly Component[];
  readonly dependencies: readonly { ref: string; dependsOn: string[] }[];
}

const text = { type: 'string', minLength: 1 };
const closed = (required: string[], properties: object) => ({
  type: 'object',
  required,
  properties,
  additionalProperties: false,
});
const listOf = (items: object) => ({ type: 'array', minItems: 1, items });

const hash = {
  oneOf: [
    closed(['alg', 'content'], { alg: { const: 'SHA-256' }, content: { type: 'string', pattern: '^[a-f0-9]{64}$' } }),
    closed(['alg', 'content'], { alg: { const: 'SHA-512' }, content: { type: 'string', pattern: '^[a-f0-9]{128}$' } }),
  ],
};

/** One expression, or a list of licences by identifier or by name. */
const licenses = {
  oneOf: [
    { ...listOf(closed(['expression'], { expression: { type: 'string', pattern: ' (AND|OR) ' } })), maxItems: 1 },
    listOf(
      closed(['license'], {
        license: {
          oneOf: [closed(['id'], { id: { type: 'string', pattern: '^[\\w.-]+$' } }), closed(['name'], { name: text })],
        },
      }),
    ),
  ],
};

const component = closed(['type', 'bom-ref', 'name'], {
  type: { enum: ['application', 'framework', 'library', 'file'] },
  'bom-ref': text,
  group: { type: 'string', pattern: '^@' },
  name: text,
  version: text,
  purl: { type: 'string', pattern: '^pkg:(npm|generic)/[^@]+@[^@]+$' },
  hashes: listOf(hash),
  licenses,
  externalReferences: listOf(
    closed(['type', 'url'], {
      type: { const: 'distribution' },
      url: { type: 'string', format: 'uri' },
      hashes: listOf(hash),
    }),
  ),
  properties: listOf(closed(['name', 'value'], { name: text, value: text })),
  components: listOf({ $ref: '#/$defs/component' }),
});

export const CYCLONEDX_SCHEMA = {
  $defs: { component },
  ...closed(['bomFormat', 'specVersion', 'serialNumber', 'version', 'metadata', 'components', 'dependencies'], {
    $schema: { const: 'http://cyclonedx.org/schema/bom-1.6.schema.json' },
    bomFormat: { const: 'CycloneDX' },
    specVersion: { const: '1.6' },
    serialNumber: {
      type: 'string',
      pattern: '^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
    },
    version: { type: 'integer', minimum: 1 },
    metadata: closed(['timestamp', 'component'], {
      timestamp: { type: 'string', format: 'date-time' },
      component: { $ref: '#/$defs/component' },
    }),
    components: listOf({ $ref: '#/$defs/component' }),
    dependencies: listOf(closed(['ref', 'dependsOn'], { ref: text, dependsOn: listOf(text) })),
  }),
};
