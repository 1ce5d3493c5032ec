import { describe, expect, it } from 'vitest';
import { kindGroups } from '../../../renderer/src/pages/providers/kind-groups.ts';
import { foundWords } from '../../../renderer/src/pages/providers/local-server-words.ts';
import {
  draftOf,
  draftProblems,
  draftToConfig,
  emptyDraft,
} from '../../../renderer/src/pages/providers/provider-draft.ts';

const BEDROCK = {
  kind: 'bedrock',
  label: 'Amazon Bedrock',
  needsCredential: true,
  needsBaseUrl: false,
  needsRegion: true,
};
const OLLAMA = {
  kind: 'ollama',
  label: 'Ollama',
  baseUrl: 'http://127.0.0.1:11434/v1',
  needsCredential: false,
  needsBaseUrl: false,
};
const SERVER = { kind: 'openai-compatible', label: 'Server', needsCredential: false, needsBaseUrl: true };

describe('the kinds of provider', () => {
  it('stand in groups, and an empty group is left out', () => {
    expect(kindGroups([SERVER, OLLAMA, BEDROCK])).toEqual([
      { group: 'Hosted', items: [{ value: 'bedrock', label: 'Amazon Bedrock' }] },
      { group: 'On this machine', items: [{ value: 'ollama', label: 'Ollama' }] },
      { group: 'Compatible servers', items: [{ value: 'openai-compatible', label: 'Server' }] },
    ]);
    expect(kindGroups([OLLAMA]).map(({ group }) => group)).toEqual(['On this machine']);
  });
});

describe('the region of a Bedrock provider', () => {
  const draft = emptyDraft(BEDROCK);

  it('is asked for unless a base URL says where to go', () => {
    expect(draftProblems(draft, BEDROCK, new Set()).region).toContain('needs a region');
    expect(draftProblems({ ...draft, region: 'Ohio' }, BEDROCK, new Set()).region).toContain('us-east-1');
    expect(draftProblems({ ...draft, region: ' eu-central-1 ' }, BEDROCK, new Set())).toEqual({});
    expect(draftProblems({ ...draft, baseUrl: 'https://bedrock.example' }, BEDROCK, new Set())).toEqual({});
    expect(draftProblems(emptyDraft(OLLAMA), OLLAMA, new Set())).toEqual({});
  });

  it('is written down, kept and taken away', () => {
    const saved = draftToConfig({ ...draft, region: ' eu-central-1 ' }, BEDROCK, undefined);
    expect(saved.region).toBe('eu-central-1');
    const again = draftOf(saved, BEDROCK, true);
    expect(draftToConfig(again, BEDROCK, saved)).toEqual(saved);
    expect(draftToConfig({ ...again, region: '' }, BEDROCK, saved)).not.toHaveProperty('region');
  });
});

describe('a server found on this machine', () => {
  it('says what it is served as, or why it is not', () => {
    const server = { kind: 'ollama', baseUrl: OLLAMA.baseUrl } as const;
    expect(foundWords({ ...server, models: 1, providerId: 'ollama' })).toBe('1 model, served as ollama');
    expect(foundWords({ ...server, models: 0 })).toContain('not served');
  });
});
