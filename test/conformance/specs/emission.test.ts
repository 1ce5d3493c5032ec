/**
 * What leaves the gateway fits the descriptions that OpenAI, Anthropic and Google publish: answers and each event of a
 * stream, for every client protocol on every provider protocol, lists, counts and errors. Where both sides speak the same
 * protocol the bytes are the provider's own, and not ours to check.
 */
import { afterAll, beforeAll, expect, suite, test } from 'vitest';
import { PROTOCOLS } from '../../../proxy/core/protocol.ts';
import type { TestGateway } from '../../support/gateway/start.ts';
import { type Recording, recordings, recordingsPresent } from '../../support/recordings.ts';
import { KINDS, SPEC_CLIENTS, type SpecClient } from './clients.ts';
import { Collection } from './collection.ts';
import { ANSWERS, encoded, WISHES } from './crafted.ts';
import { DEPARTURES } from './departures.ts';
import { descriptionsPresent } from './descriptions.ts';
import { drills, lists, refusals, refusalsElsewhere, SIMULATED, startSimulators } from './gateway-answers.ts';
import { mutantsOf, REQUIRED, samplesOf } from './mutations.ts';
import { isTranslated, protocolOf, translated } from './translations.ts';
import { unneededOf } from './unneeded.ts';

const present = descriptionsPresent && (recordingsPresent || process.env.CI === 'true');
const RECORDINGS = present ? recordings((recording) => protocolOf(recording) !== undefined) : [];

/** No route leads to them: the pairs whose bytes pass, and what the gateway does not translate. */
const PAIRS = SPEC_CLIENTS.flatMap((client) =>
  PROTOCOLS.filter((provider) => isTranslated(client, provider)).map(
    (provider) => [client.dialect, provider, client] as const,
  ),
);
const NAMED_CLIENTS = SPEC_CLIENTS.map((client) => [client.dialect, client] as const);

const NAME = 'what we send fits the descriptions';
(present ? suite : suite.skip)(present ? NAME : `${NAME} (skipped: ../shared is not here)`, () => {
  let collection: Collection;
  let gate: TestGateway;
  let mutants = 0;
  beforeAll(async () => {
    collection = new Collection();
    gate = await startSimulators();
  });
  afterAll(() => gate.close());

  test.each(PAIRS)('%s on recorded answers of %s', (_client, provider, client) => {
    const answers = RECORDINGS.filter((recording) => protocolOf(recording) === provider);
    expect(answers.length).toBeGreaterThan(15);
    const faults = answers.flatMap((recording) =>
      collection.add(
        client.description,
        recording.id,
        translated(client, plainBody(client, recording), provider, recording),
      ),
    );
    expect(faults).toEqual([]);
  });

  test.each(NAMED_CLIENTS)('%s on recorded requests', (_dialect, client) => {
    const requests = RECORDINGS.filter(
      (recording) => protocolOf(recording) === client.dialect && isObject(recording.requestBody),
    );
    const answers = bedrockAnswers();
    let refused = 0;
    const faults = requests.flatMap(({ id, requestBody }) =>
      answers.flatMap((recording) => {
        try {
          const sent = translated(client, { model: 'up/m', ...(requestBody as object) }, 'bedrock-converse', recording);
          return collection.add(client.description, `request ${id}`, sent);
        } catch (error) {
          // What Bedrock cannot do (audio, several answers ...) is refused before anything is sent.
          if ((error as { code?: string }).code !== 'invalid_request') throw error;
          refused += 1;
          return [];
        }
      }),
    );
    expect(faults).toEqual([]);
    expect(refused).toBeLessThan(requests.length / 2);
  });

  test.each(
    SPEC_CLIENTS.flatMap((client) =>
      Object.entries(WISHES[client.dialect]).map(([wish, more]) => [client.dialect, wish, client, more] as const),
    ),
  )('%s that asks for %s', (_dialect, wish, client, more) => {
    const body = client.body('up/m', true, more);
    const faults = Object.entries(ANSWERS).flatMap(([name, answer]) =>
      collection.add(client.description, `${wish}, ${name}`, encoded(client, body, answer)),
    );
    expect(faults).toEqual([]);
  });

  // One drill of each waits as long as its provider says, so they wait together.
  test.concurrent.each(
    SPEC_CLIENTS.flatMap((client) => SIMULATED.map((provider) => [client.dialect, provider, client] as const)),
  )('%s on the simulated %s', async (_dialect, provider, client) => {
    const answers = await drills(gate, client, provider);
    const faults = answers.flatMap(({ origin, emitted }) => collection.add(client.description, origin, emitted));
    expect(faults).toEqual([]);
  });

  test.each(NAMED_CLIENTS)('%s is refused', async (_dialect, client) => {
    const answers = await refusals(gate, client);
    expect(answers.flatMap(({ origin, emitted }) => collection.add(client.description, origin, emitted))).toEqual([]);
  });

  test('lists, counts, and refusals of other routes', async () => {
    const others = [...(await lists(gate)), ...(await refusalsElsewhere(gate))];
    const faults = others.flatMap(({ description, origin, emitted }) => collection.add(description, origin, emitted));
    expect(faults).toEqual([]);
  });

  test('nothing that we send is left out', () => {
    const kinds = new Set(collection.documents.map(({ kind }) => kind));
    expect(KINDS.filter((kind) => !kinds.has(kind))).toEqual([]);
    // What the descriptions have no event for would be among these.
    expect([...kinds].filter((kind) => !KINDS.includes(kind))).toEqual([]);
  });

  test('faults put into these documents are seen', () => {
    const samples = samplesOf(collection.documents);
    const passed = new Set<string>();
    const tried = new Set<string>();
    for (const sample of samples) {
      for (const { fault, document } of mutantsOf(sample)) {
        tried.add(`${sample.schema}: ${fault}`);
        mutants += 1;
        if (collection.problems(sample.description, { ...sample, document }).length === 0)
          passed.add(`${sample.description} ${sample.kind}: ${fault}`);
      }
    }
    expect([...passed]).toEqual([]);
    expect(mutants).toBeGreaterThan(5_000);
    const required = Object.entries(REQUIRED).flatMap(([schema, names]) =>
      names.map((name) => `${schema}: ${name} is missing`),
    );
    expect(required.filter((fault) => !tried.has(fault))).toEqual([]);
  });

  test('every departure is needed', () => {
    expect(unneededOf(collection)).toEqual([]);
  });

  afterAll(() => {
    const departures = DEPARTURES.map(
      ({ description, schemas, at = [], because, ...change }) =>
        `  ${description} ${[schemas[0], ...at].join('/')}${schemas.length > 1 ? ` and ${schemas.length - 1} more` : ''}: ` +
        `${[...Object.keys(change.adds ?? {}), ...Object.keys(change.replaces ?? {}), ...(change.optional ?? [])].join(', ')}: ${because}`,
    );
    process.stdout.write(
      `documents that fit their description\n${collection.table().join('\n')}\n` +
        `faults put into them and refused: ${mutants}\ndepartures\n${departures.join('\n')}\n`,
    );
  });
});

function plainBody(client: SpecClient, { stream }: Recording) {
  return client.body('up/m', stream);
}

/** Recorded answers with calls, whole and streamed, of a provider that no client of these speaks like. */
function bedrockAnswers(): Recording[] {
  return ['converse', 'converse-stream'].map((api) => {
    const found = RECORDINGS.find((one) => one.api === api && one.status === 200 && one.features.includes('tool_call'));
    if (found === undefined) throw new Error(`the recordings have no tool calls of ${api}`);
    return found;
  });
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
