/** Checks a value against AWS's own description of the API (service-2.json): the shapes it names, and all their rules. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'specs', 'bedrock-runtime-service-2.json');

interface Shape {
  readonly type: string;
  readonly members?: Readonly<Record<string, { readonly shape: string; readonly location?: string }>>;
  readonly required?: readonly string[];
  readonly union?: boolean;
  readonly member?: { readonly shape: string };
  readonly key?: { readonly shape: string };
  readonly value?: { readonly shape: string };
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
}

/** Beside the project, as the recordings are. */
export const described = existsSync(FILE) || process.env.CI === 'true';

const shapes: Readonly<Record<string, Shape>> = described
  ? (JSON.parse(readFileSync(FILE, 'utf8')) as { shapes: Record<string, Shape> }).shapes
  : {};

/** What is wrong, each with its place; empty when all is well. Members that travel outside the body are not asked for. */
export function violations(name: string, value: unknown, place = name): string[] {
  const shape = shapes[name];
  if (shape === undefined) return [`${place}: no shape ${name}`];
  switch (shape.type) {
    case 'structure':
      return ofStructure(shape, value, place);
    case 'list':
      if (!Array.isArray(value)) return [`${place}: no list`];
      return [
        ...ofRange(shape, value.length, place),
        ...value.flatMap((element, index) => violations(shape.member?.shape ?? '', element, `${place}[${index}]`)),
      ];
    case 'map':
      return ofMap(shape, value, place);
    case 'string':
      return ofText(shape, value, place);
    case 'blob':
      return typeof value === 'string' && /^[A-Za-z0-9+/]+={0,2}$/.test(value) ? [] : [`${place}: no base64`];
    case 'boolean':
      return typeof value === 'boolean' ? [] : [`${place}: no boolean`];
    case 'integer':
    case 'long':
    case 'float':
    case 'double': {
      const whole = shape.type === 'integer' || shape.type === 'long';
      if (typeof value !== 'number' || (whole && !Number.isInteger(value))) return [`${place}: no ${shape.type}`];
      return ofRange(shape, value, place);
    }
    default:
      return [`${place}: a ${shape.type} is not known here`];
  }
}

function ofStructure(shape: Shape, value: unknown, place: string): string[] {
  // A Document is described as a structure without members and may be any JSON.
  if (shape.members === undefined || Object.keys(shape.members).length === 0) {
    return typeof value === 'object' && value !== null ? [] : [`${place}: no object`];
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${place}: no object`];
  const names = Object.keys(value);
  const { members } = shape;
  const missing = (shape.required ?? []).filter(
    (name) => !names.includes(name) && members[name]?.location === undefined,
  );
  return [
    ...(shape.union === true && names.length !== 1 ? [`${place}: ${names.length} members in a union`] : []),
    ...missing.map((name) => `${place}: ${name} is missing`),
    ...Object.entries(value).flatMap(([name, inner]) => {
      const member = members[name];
      return member === undefined
        ? [`${place}: ${name} is not known`]
        : violations(member.shape, inner, `${place}.${name}`);
    }),
  ];
}

function ofMap(shape: Shape, value: unknown, place: string): string[] {
  if (typeof value !== 'object' || value === null) return [`${place}: no map`];
  return [
    ...ofRange(shape, Object.keys(value).length, place),
    ...Object.entries(value).flatMap(([key, inner]) => [
      ...violations(shape.key?.shape ?? '', key, `${place} key`),
      ...violations(shape.value?.shape ?? '', inner, `${place}.${key}`),
    ]),
  ];
}

function ofText(shape: Shape, value: unknown, place: string): string[] {
  if (typeof value !== 'string') return [`${place}: no text`];
  return [
    ...ofRange(shape, value.length, place),
    ...(shape.enum !== undefined && !shape.enum.includes(value)
      ? [`${place}: not one of ${shape.enum.join(' ')}`]
      : []),
    ...(shape.pattern !== undefined && !new RegExp(`^(?:${shape.pattern})$`).test(value)
      ? [`${place}: not ${shape.pattern}`]
      : []),
  ];
}

function ofRange({ min, max }: Shape, size: number, place: string): string[] {
  return [
    ...(min !== undefined && size < min ? [`${place}: below ${min}`] : []),
    ...(max !== undefined && size > max ? [`${place}: above ${max}`] : []),
  ];
}
