/**
 * The bill of materials of one package, in CycloneDX 1.6 JSON: what of other people ships, with versions, licences and
 * digests, and the files that carry it. Development tools are not in it. https://cyclonedx.org/docs/1.6/json/
 */
import { createHash } from 'node:crypto';
import type { NativeTarget } from './native-target.ts';
import type { ShippedPackage } from './shipped.ts';

/** A file of the package, by its path in the installation. */
export interface PackedFile {
  readonly path: string;
  readonly sha256: string;
  /** The package it belongs to; undefined: our own. */
  readonly of?: string;
}

export interface SbomInput {
  readonly version: string;
  readonly target: NativeTarget;
  readonly shipped: readonly ShippedPackage[];
  readonly files: readonly PackedFile[];
  readonly sqliteVersion: string;
  readonly madeAt: Date;
}

const HOW: Readonly<Record<ShippedPackage['as'], string>> = {
  bundled: 'bundled by Vite',
  native: 'native module',
  'compiled-in': 'headers compiled into a native module',
  runtime: 'runtime',
};

/** https://github.com/package-url/purl-spec: the @ of a scope is escaped, its slash is not. */
const purlOf = (name: string, version: string): string => `pkg:npm/${name.replace('@', '%40')}@${version}`;

/** The registry's own address; an installation may have come through a mirror, the digest holds for both. */
function archiveUrl(name: string, version: string): string {
  return `https://registry.npmjs.org/${name}/-/${name.slice(name.indexOf('/') + 1)}-${version}.tgz`;
}

const licenceOf = (expression: string) =>
  / (AND|OR) /.test(expression) ? [{ expression }] : [{ license: { id: expression } }];

const fileComponent = ({ path, sha256 }: PackedFile) => ({
  type: 'file',
  'bom-ref': `file:${path}`,
  name: path,
  hashes: [{ alg: 'SHA-256', content: sha256 }],
});

function packageComponent(shipped: ShippedPackage, input: SbomInput) {
  const { name, version, licence, sha512, as, programs } = shipped;
  const purl = purlOf(name, version);
  const slash = name.indexOf('/');
  const inside: object[] = input.files.filter((file) => file.of === name).map(fileComponent);
  if (name === 'better-sqlite3') inside.push(sqliteComponent(input.sqliteVersion));
  return {
    type: as === 'runtime' ? 'framework' : 'library',
    'bom-ref': purl,
    ...(slash === -1 ? { name } : { group: name.slice(0, slash), name: name.slice(slash + 1) }),
    version,
    purl,
    licenses: licenceOf(licence.expression),
    externalReferences: [
      { type: 'distribution', url: archiveUrl(name, version), hashes: [{ alg: 'SHA-512', content: sha512 }] },
    ],
    properties: [
      { name: 'gatehouse:shipped-as', value: HOW[as] },
      ...programs.map((program) => ({ name: 'gatehouse:program', value: program })),
    ],
    ...(inside.length === 0 ? {} : { components: inside }),
  };
}

const sqliteComponent = (version: string) => ({
  type: 'library',
  'bom-ref': `pkg:generic/sqlite@${version}`,
  name: 'sqlite',
  version,
  purl: `pkg:generic/sqlite@${version}`,
  licenses: [{ license: { name: 'Public domain' } }],
});

/** A UUID made from the content (RFC 9562, version 8): the same package has the same number, whoever builds it. */
function serialNumber(content: string): string {
  const hex = createHash('sha256').update(content).digest('hex');
  const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  const uuid = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20, 32)}`;
  return `urn:uuid:${uuid}`;
}

/** An object to be written as JSON. */
export function buildSbom(input: SbomInput): Record<string, unknown> {
  const { version, target, shipped, files } = input;
  const rootRef = `pkg:generic/gatehouse@${version}?os=${target.platform}&arch=${target.arch}`;
  const own = files.filter((file) => file.of === undefined).map(fileComponent);
  const components = [...own, ...shipped.map((one) => packageComponent(one, input))];
  const application = {
    type: 'application',
    'bom-ref': rootRef,
    name: 'gatehouse',
    version,
    purl: rootRef,
    licenses: [{ license: { id: 'MIT' } }],
  };
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: serialNumber(JSON.stringify([application, components])),
    version: 1,
    metadata: { timestamp: input.madeAt.toISOString(), component: application },
    components,
    dependencies: [{ ref: rootRef, dependsOn: components.map((component) => component['bom-ref']) }],
  };
}
