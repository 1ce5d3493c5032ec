import { describe, expect, test } from 'vitest';
import { parseConfigYaml } from '../../../proxy/config/parse-config.ts';
import { problemsText } from '../../../proxy/config/problem.ts';
import { routingFindings } from '../../../proxy/pipeline/routing-findings.ts';
import { patternsReady } from '../../../proxy/routing/pattern-engine.ts';

await patternsReady('promptMatches');

const PROVIDER = 'version: 1\nproviders:\n  - id: openai\n    kind: openai\n';
const MODEL = `${PROVIDER}    models:\n      - id: gpt-4o\n`;

/** What people get wrong; [name, file, place, path, words of the message]. Place is line:column. */
const BAD: readonly (readonly [string, string, string | undefined, string, readonly string[]])[] = [
  ['an empty file', '', '1:1', '', ['empty', 'version: 1']],
  ['comments only', '# nothing\n', '1:1', '', ['empty']],
  ['a list at the top', '- id: openai\n', '1:1', '', ['a list', 'map']],
  ['a text at the top', 'gatehouse\n', '1:1', '', ['the text "gatehouse"', 'map']],
  ['no space after the colon', 'version:1\n', '1:1', '', ['the text "version:1"']],
  ['no version', 'server: { port: 7420 }\n', '1:1', 'version', ['missing', 'expected 1']],
  ['version as a text', 'version: "1"\n', '1:1', 'version', ['the text "1"', 'expected 1']],
  ['a later version', 'version: 2\n', '1:1', 'version', ['the number 2', 'expected 1', 'only version']],
  ['a tab as indentation', 'version: 1\nserver:\n\tport: 1\n', '3:1', '', ['tab', 'spaces']],
  [
    'wrong indentation',
    'version: 1\nserver:\n    host: 127.0.0.1\n  port: 7420\n',
    '4:1',
    '',
    ['indented differently'],
  ],
  ['a field given twice', 'version: 1\nserver: {}\nserver: {}\n', '3:1', '', ['same field twice']],
  ['a bracket never closed', 'version: 1\nserver: { port: 1\n', '3:1', '', ['never closed']],
  ['a quote never closed', 'version: 1\ntimeZone: "Europe/Berlin\n', '3:1', '', ['without its partner']],
  ['two values on a line', 'version: 1\nserver: port: 7420\n', '2:9', '', ['second ": "']],
  ['a custom tag', 'version: 1\nproviders: !env PROVIDERS\n', '2:12', '', ['tag', 'env:NAME']],
  ['two documents', 'version: 1\n---\nversion: 1\n', '2:1', '', ['second document']],
  ['an unquoted star', 'version: 1\nproviders: *all\n', undefined, '', ['"*all"', 'quotes']],
  ['a list as a field name', 'version: 1\n? [a, b]\n: 1\n', '2:3', '', ['field name']],
  ['NUL bytes', 'version: 1\n\u0000', undefined, '', ['not text']],
  ['a huge file', `version: 1\n#${'x'.repeat(256 * 1024)}`, undefined, '', ['262144', 'right file']],
  [
    'a map where a list belongs',
    'version: 1\nproviders:\n  openai:\n    kind: openai\n',
    '2:1',
    'providers',
    ['a map of fields', 'a list', '- id: openai'],
  ],
  [
    'a list where a map belongs',
    'version: 1\nserver:\n  - port: 7420\n',
    '2:1',
    'server',
    ['a list', 'a map of fields'],
  ],
  ['a field without a value', 'version: 1\nbudgets:\n', '2:1', 'budgets', ['nothing', 'leave the field out']],
  [
    'an unknown field',
    'version: 1\ncolour: red\n',
    '2:1',
    'colour',
    ['unknown field "colour"', 'expected one of version, server'],
  ],
  ['a misspelt field', 'version: 1\nprovider:\n  - id: x\n', '2:1', 'provider', ['Did you mean providers?']],
  [
    'snake case',
    `${PROVIDER}    base_url: http://127.0.0.1:1/v1\n`,
    '5:5',
    'providers[0].base_url',
    ['Did you mean baseUrl?'],
  ],
  [
    'an inline secret',
    `${PROVIDER}    apiKey: sk-canary0123456789abcdef\n`,
    '5:5',
    'providers[0].apiKey',
    ['credential: env:NAME'],
  ],
  [
    'a secret as the credential',
    `${PROVIDER}    credential: sk-canary0123456789abcdef\n`,
    '5:5',
    'providers[0].credential',
    ['found a text', 'env:<NAME>'],
  ],
  [
    'an unknown kind',
    'version: 1\nproviders:\n  - id: a\n    kind: opnai\n',
    '4:5',
    'providers[0].kind',
    ['the text "opnai"', 'Did you mean openai?'],
  ],
  [
    'a region of a kind that has none',
    'version: 1\nproviders:\n  - id: a\n    kind: groq\n    region: us-east-1\n',
    '5:5',
    'providers[0].region',
    ['only a provider of kind bedrock has a region'],
  ],
  [
    'a provider that is told what to speak',
    'version: 1\nproviders:\n  - id: a\n    kind: openai\n    speaks: gemini\n',
    '5:5',
    'providers[0].speaks',
    ['only the simulator'],
  ],
  [
    'Bedrock without a region',
    'version: 1\nproviders:\n  - id: a\n    kind: bedrock\n',
    '3:5',
    'providers[0].region',
    ['needs a region', 'us-east-1'],
  ],
  [
    'a region that is none',
    'version: 1\nproviders:\n  - id: a\n    kind: bedrock\n    region: Ohio\n',
    '5:5',
    'providers[0].region',
    ['us-east-1'],
  ],
  [
    'a provider without id',
    'version: 1\nproviders:\n  - kind: openai\n',
    '3:5',
    'providers[0].id',
    ['missing', 'a text'],
  ],
  [
    'an id with capitals',
    'version: 1\nproviders:\n  - { id: OpenAI, kind: openai }\n',
    '3:7',
    'providers[0].id',
    ['the text "OpenAI"', 'lower-case'],
  ],
  [
    'an id used twice',
    `${PROVIDER}  - { id: openai, kind: openai }\n`,
    '5:7',
    'providers[1].id',
    ['"openai" is used twice'],
  ],
  [
    'a compatible server without address',
    'version: 1\nproviders:\n  - { id: a, kind: openai-compatible }\n',
    '3:5',
    'providers[0].baseUrl',
    ['needs a baseUrl'],
  ],
  [
    'an address without scheme',
    `${PROVIDER}    baseUrl: api.openai.com/v1\n`,
    '5:5',
    'providers[0].baseUrl',
    ['http://'],
  ],
  [
    'a password in the address',
    `${PROVIDER}    baseUrl: https://me:pw@api.openai.com/v1\n`,
    '5:5',
    'providers[0].baseUrl',
    ['password'],
  ],
  [
    'a price per token',
    `${MODEL}        inputUsdPerMTok: 0.00000015\n`,
    '7:9',
    'providers[0].models[0].inputUsdPerMTok',
    ['per token', '0.15'],
  ],
  [
    'half a price',
    'version: 1\nproviders:\n  - { id: a, kind: openai-compatible, baseUrl: "http://127.0.0.1:1/v1", models: [{ id: m, inputUsdPerMTok: 1 }] }\n',
    '3:82',
    'providers[0].models[0]',
    ['inputUsdPerMTok without outputUsdPerMTok'],
  ],
  [
    'LiteLLM field names',
    `${MODEL}        input_cost_per_token: 0.00000015\n`,
    '7:9',
    'providers[0].models[0].input_cost_per_token',
    ['per token', 'inputUsdPerMTok'],
  ],
  [
    'a price with a currency sign',
    `${MODEL}        outputUsdPerMTok: $0.60\n`,
    '7:9',
    'providers[0].models[0].outputUsdPerMTok',
    ['a number', 'currency sign'],
  ],
  [
    'a negative price',
    `${MODEL}        outputUsdPerMTok: -1\n`,
    '7:9',
    'providers[0].models[0].outputUsdPerMTok',
    ['the number -1', 'at least 0'],
  ],
  [
    'an absurd price',
    `${MODEL}        outputUsdPerMTok: 60000\n`,
    '7:9',
    'providers[0].models[0].outputUsdPerMTok',
    ['at most 10000', 'per million'],
  ],
  [
    'a context with a unit',
    `${MODEL}        contextTokens: 128k\n`,
    '7:9',
    'providers[0].models[0].contextTokens',
    ['the text "128k"', 'a whole number'],
  ],
  [
    'a broken number of tokens',
    `${MODEL}        contextTokens: 1.5\n`,
    '7:9',
    'providers[0].models[0].contextTokens',
    ['the number 1.5', 'a whole number'],
  ],
  [
    'an unquoted on',
    'version: 1\nkillSwitch:\n  global: on\n',
    '3:3',
    'killSwitch.global',
    ['the text "on"', 'true or false', 'YAML 1.2'],
  ],
  [
    'a port as a text',
    'version: 1\nserver: { port: "7420" }\n',
    '2:11',
    'server.port',
    ['the text "7420"', 'a whole number', 'without quotes'],
  ],
  [
    'a port too high',
    'version: 1\nserver: { port: 74200 }\n',
    '2:11',
    'server.port',
    ['the number 74200', 'at most 65535'],
  ],
  [
    'an open listener',
    'version: 1\nserver: { host: 0.0.0.0 }\n',
    '2:11',
    'server.host',
    ['loopback only', '127.0.0.1'],
  ],
  ['an unknown time zone', 'version: 1\ntimeZone: Berlin\n', '2:1', 'timeZone', ['Europe/Berlin']],
  [
    'an unknown window',
    'version: 1\nbudgets:\n  - { id: m, scope: global, window: monthly, limitUsd: 20 }\n',
    '3:29',
    'budgets[0].window',
    ['"monthly"', 'one of hour, day, week, month, total'],
  ],
  [
    'an alien scope',
    'version: 1\nbudgets:\n  - { id: m, scope: team, window: day, limitUsd: 20 }\n',
    '3:14',
    'budgets[0].scope',
    ['"team"', 'global'],
  ],
  [
    'an access key in clear',
    'version: 1\naccessKeys:\n  - { id: cli, value: gh_canary0123456789 }\n',
    '3:16',
    'accessKeys[0].value',
    ['found a text', 'env:<NAME>', 'never stands in the config'],
  ],
  [
    'a virtual model of a provider that there is not',
    'version: 1\nvirtualModels:\n  - { id: fast, targets: [openai/gpt-4o] }\n',
    '3:27',
    'virtualModels[0].targets[0]',
    ['found the provider "openai"', 'expected one of sim'],
  ],
  [
    'a rule whose pattern is none',
    'version: 1\nrouting:\n  rules:\n    - { name: code, when: { promptMatches: "(trace" }, use: auto }\n',
    '4:29',
    'routing.rules[0].when.promptMatches',
    ['missing closing )'],
  ],
  [
    'an empty target list',
    'version: 1\nvirtualModels:\n  - { id: auto, targets: [] }\n',
    '3:17',
    'virtualModels[0].targets',
    ['an empty list', 'at least 1 item'],
  ],
  [
    'a split that leads nowhere',
    'version: 1\nrouting: { splits: [{ name: ab, model: m, targets: [{ use: groq/llama, weight: 1 }] }] }\n',
    '2:55',
    'routing.splits[0].targets[0].use',
    ['found the provider "groq"'],
  ],
  [
    'a webhook in clear',
    'version: 1\nalerts:\n  webhooks:\n    - { url: hooks.example, secret: env:S, events: [budget] }\n',
    '4:9',
    'alerts.webhooks[0].url',
    ['env:<NAME>', 'or an http://'],
  ],
  [
    'the firewall',
    'version: 1\nfirewall: { mode: redact }\n',
    '2:13',
    'firewall.mode',
    ['not supported yet: firewall.mode (redact)'],
  ],
];

describe('a bad config file says where, what was found and what is expected', () => {
  test.each(BAD)('%s', (_name, text, place, path, words) => {
    const result = parseConfigYaml(text, routingFindings);
    if (result.ok) throw new Error('accepted');
    const [problem] = result.problems;
    expect(problem?.path).toBe(path);
    expect(problem?.line === undefined ? undefined : `${problem.line}:${problem.column}`).toBe(place);
    for (const word of words) expect(problem?.message).toContain(word);
  });

  test.each(BAD)('%s: nothing secret is repeated', (_name, text) => {
    const result = parseConfigYaml(text, routingFindings);
    expect(JSON.stringify(result)).not.toContain('canary');
  });
});

test('all problems are told at once, in the order of the file', () => {
  const result = parseConfigYaml(
    'version: 1\nserver: { port: -1 }\nproviders:\n  - { id: a, kind: nope, foo: 1, bar: 2 }\n',
  );
  if (result.ok) throw new Error('accepted');
  expect(result.problems.map((problem) => problem.path)).toEqual([
    'server.port',
    'providers[0].kind',
    'providers[0].foo',
    'providers[0].bar',
  ]);
  expect(problemsText(result.problems, 'my.yaml').split('\n')[0]).toBe(
    'my.yaml:2:11: server.port: found the number -1; expected at least 0',
  );
});

test.each([
  ['a long one', 'sk-canary0123456789abcdef'],
  ['a short one', 'sk-canary1'],
  ['one of no known vendor', 'canary0123456789abcdefghijkl'],
])('a secret in the wrong place is not repeated: %s', (_name, secret) => {
  for (const text of [
    `version: 1\n${secret}: 1\n`,
    `version: 1\na: "${secret}\n`,
    `version: 1\n${secret}\n`,
    `${secret}\n`,
    `version: 1\nproviders: [{ id: a, kind: ${secret} }]\n`,
    `version: 1\nproviders: ${secret}\n`,
    `version: 1\nserver: { port: ${secret}, host: ${secret} }\n`,
  ]) {
    const result = parseConfigYaml(text, routingFindings);
    expect(result.ok).toBe(false);
    expect(JSON.stringify(result)).not.toContain('canary');
  }
});
