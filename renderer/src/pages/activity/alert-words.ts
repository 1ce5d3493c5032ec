/** Alerts and their deliveries in words and colours. Pure. */
import type { Tone } from '../../components/Status.tsx';
import type { AlertView, DeliveryView } from '../../contract-views.ts';

const TONES: Record<AlertView['severity'], 'idle' | 'warn' | 'bad'> = {
  info: 'idle',
  warning: 'warn',
  critical: 'bad',
};
export const TONE_COLORS: Record<'idle' | 'warn' | 'bad', string> = { idle: 'blue', warn: 'yellow', bad: 'red' };

export function alertTone(severity: AlertView['severity']): 'idle' | 'warn' | 'bad' {
  return TONES[severity];
}

const EVENT_WORDS: Record<AlertView['event'], string> = {
  budget: 'Budget',
  provider_down: 'Provider down',
  provider_recovered: 'Provider back',
  credential_refused: 'Key refused',
  loop: 'Loop stopped',
  ledger_drift: 'Books differ',
  low_balance: 'Low balance',
  test: 'Test',
};

export function eventWords(event: AlertView['event']): string {
  return EVENT_WORDS[event];
}

export interface DeliveryWords {
  readonly tone: Tone;
  readonly text: string;
}

/** How one try went: `Delivered (204)`, `answered 500`, `nothing accepts connections there`. */
export function deliveryWords({ ok, status, error }: DeliveryView): DeliveryWords {
  if (ok) return { tone: 'ok', text: status === undefined ? 'Delivered' : `Delivered (${status})` };
  return { tone: 'bad', text: error ?? (status === undefined ? 'Failed' : `Failed (${status})`) };
}
