import { describe, expect, it } from 'vitest';
import type { ProviderConfig } from '../../../proxy/contract/config.ts';
import {
  draftOf,
  draftProblems,
  draftToConfig,
  emptyDraft,
} from '../../../renderer/src/pages/providers/provider-draft.ts';

const OPENAI = {
  kind: 'openai',
  label: 'OpenAI',
  baseUrl: 'https://api.openai.com/v1',
  needsCredential: true,
  needsBaseUrl: false,
};
const SERVER = { kind: 'openai-compatible', label: 'Server', needsCredential: false, needsBaseUrl: true };

describe('the provider form', () => {
  it('asks for a name and, where the kind needs it, an address', () => {
    expect(draftProblems(emptyDraft(SERVER), SERVER, new Set())).toEqual({
      id: 'Give the provider a name',
      baseUrl: 'This kind needs the address of the server',
    });
    expect(draftProblems(emptyDraft(OPENAI), OPENAI, new Set())).toEqual({});
    expect(draftProblems(emptyDraft(OPENAI), OPENAI, new Set(['openai'])).id).toContain('exists already');
    expect(draftProblems({ ...emptyDraft(SERVER), id: 'x', baseUrl: 'ftp://x' }, SERVER, new Set()).baseUrl).toContain(
      'http',
    );
  });

  it('writes a credential reference only where the person says otherwise than the kind', () => {
    const local = { ...emptyDraft(SERVER), id: 'local', baseUrl: 'http://127.0.0.1:1/v1' };
    expect(draftToConfig(emptyDraft(OPENAI), OPENAI, undefined).credential).toBeUndefined();
    expect(draftToConfig(local, SERVER, undefined).credential).toBeUndefined();
    expect(draftToConfig({ ...local, needsCredential: true }, SERVER, undefined).credential).toBe('keychain:local');
    expect(draftToConfig({ ...emptyDraft(OPENAI), needsCredential: false }, OPENAI, undefined).credential).toBe('none');
  });

  it('keeps everything it does not show', () => {
    const current: ProviderConfig = {
      id: 'openai',
      kind: 'openai',
      baseUrl: 'https://proxy.example/v1',
      credential: 'env:KEY',
      retention: 'none',
      enabled: false,
      models: [{ id: 'm' }],
    };
    const draft = draftOf(current, OPENAI, false);
    expect(draftToConfig(draft, OPENAI, current)).toEqual(current);
    const { baseUrl: _, ...withoutUrl } = current;
    expect(draftToConfig({ ...draft, baseUrl: ' ' }, OPENAI, current)).toEqual(withoutUrl);
  });
});
