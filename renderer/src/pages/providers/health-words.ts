/** A provider's health as a word and the reason behind it. */
import type { Tone } from '../../components/Status.tsx';
import type { KilledScopeView, ProviderView } from '../../contract-views.ts';

export interface HealthWords {
  readonly tone: Tone;
  readonly words: string;
  readonly detail: string;
}

/** What stands in the way of a call comes before what was measured. */
export function healthWords(provider: ProviderView): HealthWords {
  if (!provider.enabled || provider.health === 'off') return { tone: 'idle', words: 'Off', detail: 'Switched off' };
  const { state } = provider.credential;
  if (state === 'missing') return { tone: 'warn', words: 'Needs credential', detail: 'No credential yet' };
  if (state === 'locked') return { tone: 'warn', words: 'Locked', detail: 'The credential store is locked' };
  if (state === 'unavailable')
    return { tone: 'bad', words: 'No store', detail: 'The credential store does not answer' };
  return measured(provider);
}

/** A kill switch is down: that comes before everything else. */
export function stoppedWords({ by }: KilledScopeView): HealthWords {
  const detail = by === 'config' ? 'By the config file: no call goes there' : 'By you: no call goes there';
  return { tone: 'bad', words: 'Stopped', detail };
}

function measured(provider: ProviderView): HealthWords {
  const detail = provider.lastError?.message ?? 'No trouble seen';
  switch (provider.health) {
    case 'ok':
      return { tone: 'ok', words: 'Healthy', detail: 'Answers normally' };
    case 'degraded':
      return { tone: 'warn', words: 'Degraded', detail };
    case 'failing':
      return { tone: 'bad', words: 'Failing', detail };
    case 'unknown':
      return { tone: 'idle', words: 'Not used yet', detail: 'No call so far' };
    case 'off':
      return { tone: 'idle', words: 'Off', detail: 'Switched off' };
    default:
      provider.health satisfies never;
      return { tone: 'idle', words: '', detail };
  }
}
