import { describe, expect, it } from 'vitest';
import type { PromptVersionView } from '../../../../proxy/contract/prompts.ts';
import {
  draftFromPlayground,
  loadPrompt,
  promptInputOf,
} from '../../../../renderer/src/pages/playground/prompts/prompt-draft.ts';
import { promptRequest } from '../../../../renderer/src/pages/playground/prompts/prompt-request.ts';
import { promptChanges, promptText } from '../../../../renderer/src/pages/playground/prompts/prompt-text.ts';
import { NO_SETTINGS } from '../../../../renderer/src/pages/playground/state/call-settings.ts';

const version = (more: Partial<PromptVersionView> = {}): PromptVersionView => ({
  version: 3,
  createdAtMs: 0,
  variables: [],
  messages: [{ role: 'user', content: 'hello' }],
  parameters: {},
  ...more,
});

describe('saving', () => {
  const state = {
    conversation: { lanes: [{ id: 1, target: { model: 'auto', mode: 'code' as const } }], turns: [] },
    settings: { ...NO_SETTINGS, system: 'Be brief.', parameters: { temperature: 0, seed: 4 } },
    draft: { text: 'Tell {{name}}', images: [] },
  };

  it('takes the system text and what is being written', () => {
    const draft = draftFromPlayground(state);
    expect(draft.messages).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Tell {{name}}' },
    ]);
    expect(draft.parameters).toEqual({ model: 'auto:code', temperature: 0 });
  });

  it('keeps the parameters only when it is told to, and no empty message', () => {
    const draft = { ...draftFromPlayground({ ...state, settings: { ...state.settings, system: ' ' } }), id: 'tell' };
    expect(promptInputOf(draft)).toEqual({
      id: 'tell',
      messages: [{ role: 'user', content: 'Tell {{name}}' }],
      parameters: {},
    });
    expect(promptInputOf({ ...draft, withParameters: true, label: ' live ' })).toMatchObject({
      label: 'live',
      parameters: { model: 'auto:code', temperature: 0 },
    });
  });
});

describe('opening', () => {
  it('fills variables, takes examples as turns and the last question as the draft', () => {
    const loaded = loadPrompt(
      version({
        messages: [
          { role: 'system', content: 'You know {{place}}.' },
          { role: 'developer', content: 'Be brief.' },
          { role: 'user', content: '1+1?' },
          { role: 'assistant', content: '2' },
          { role: 'user', content: 'Where is {{ place }} and {{other}}?' },
        ],
        parameters: { model: 'auto:code', topP: 0.5 },
      }),
      { place: 'Oslo', other: '' },
    );
    expect(loaded).toEqual({
      system: 'You know Oslo.\n\nBe brief.',
      examples: [{ question: '1+1?', answer: '2' }],
      draft: { text: 'Where is Oslo and {{other}}?', images: [] },
      target: { model: 'auto', mode: 'code' },
      parameters: { topP: 0.5 },
    });
  });
});

describe('comparing', () => {
  it('tells word by word, parameters too', () => {
    const changes = promptChanges(
      version({ messages: [{ role: 'user', content: 'say hello now' }] }),
      version({ messages: [{ role: 'user', content: 'say goodbye now' }], parameters: { temperature: 1 } }),
    );
    const of = (kind: string) => changes.filter((change) => change.kind === kind).map(({ text }) => text);
    expect(of('removed').join()).toBe('hello');
    expect(of('added').join('')).toContain('goodbye');
    expect(of('added').join('')).toContain('temperature 1');
    const later = changes.filter(({ kind }) => kind !== 'removed').map(({ text }) => text);
    expect(later.join('')).toBe(
      promptText(version({ messages: [{ role: 'user', content: 'say goodbye now' }], parameters: { temperature: 1 } })),
    );
  });
});

describe('using by id', () => {
  it('names the prompt, its version and its variables, and a model where it has none', () => {
    expect(promptRequest('greeting', version({ variables: ['name'] }), 'auto').body).toEqual({
      model: 'auto',
      messages: [],
      prompt: { id: 'gatehouse/greeting', version: 3, variables: { name: 'your name' } },
      stream: true,
    });
    expect(promptRequest('greeting', version({ parameters: { model: 'up/m' } }), 'auto').body).toMatchObject({
      model: 'up/m',
      prompt: { id: 'gatehouse/greeting', version: 3 },
    });
  });
});
