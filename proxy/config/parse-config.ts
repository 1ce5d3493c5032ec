/** Config text to a checked config, or to everything that is wrong with it, each with its place. */
import { type Config, config } from '../contract/config.ts';
import { type CheckMore, checkConfig } from './check-config.ts';
import { defaultProviders } from './default-config.ts';
import { describeIssue } from './describe-issue.ts';
import { type ConfigProblem, type PathSegment, pathText } from './problem.ts';
import { looksSecret, showKey, showValue } from './show-value.ts';
import { readYaml, type YamlSource } from './yaml-source.ts';

export type ParsedConfig =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

/** Strict: unknown fields, doubled keys, and parts of later releases are problems. Never throws on bad text. */
export function parseConfigYaml(text: string, more?: CheckMore): ParsedConfig {
  const yaml = readYaml(text);
  if (!yaml.ok) return yaml;
  const { source } = yaml;
  const top = source.data;
  if (top === null || top === undefined) return whole('the file is empty; expected at least the line "version: 1"');
  if (typeof top !== 'object' || Array.isArray(top)) {
    return whole(`found ${showValue(top)} at the top; expected a map that begins with the line "version: 1"`);
  }
  const withProviders = Object.hasOwn(top, 'providers') ? top : { ...top, providers: defaultProviders() };
  const parsed = config.safeParse(withProviders);
  if (!parsed.success) {
    const texts = parsed.error.issues.flatMap((issue) => describeIssue(issue, withProviders));
    return { ok: false, problems: inFileOrder(texts.map((text) => problem(source, text.path, text.message))) };
  }
  const findings = [...checkConfig(parsed.data), ...(more?.(parsed.data) ?? [])];
  if (findings.length > 0) {
    return { ok: false, problems: findings.map(({ path, message }) => problem(source, path, message)) };
  }
  return { ok: true, config: parsed.data };
}

function whole(message: string): ParsedConfig {
  return { ok: false, problems: [{ path: '', message, line: 1, column: 1 }] };
}

function problem(source: YamlSource, path: readonly PathSegment[], message: string): ConfigProblem {
  const shown = path.map((segment) =>
    typeof segment === 'string' && looksSecret(segment) ? showKey(segment) : segment,
  );
  return { path: pathText(shown), message, ...source.position(path) };
}

function inFileOrder(problems: ConfigProblem[]): ConfigProblem[] {
  return problems.sort(
    (left, right) => (left.line ?? 0) - (right.line ?? 0) || (left.column ?? 0) - (right.column ?? 0),
  );
}
