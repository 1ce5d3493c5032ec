/** What the desktop says of an alert, and where its buttons lead. Buttons show on macOS and Windows; a click works everywhere. */
import type { AlertView } from '../../proxy/contract/alerts.ts';
import type { Place } from '../../proxy/contract/desktop.ts';
import type { NoticeToShow } from './approval-notices.ts';

export interface AlertActs {
  go(place: Place): void;
  pause(): void;
}

const ACTIVITY: Place = { path: '/activity' };
const BUDGETS: Place = { path: '/budgets' };

export function alertNotice({ event, title, message }: AlertView, acts: AlertActs): NoticeToShow {
  const buttons = event === 'budget' ? [raiseCap(acts), pauseCalls(acts)] : [];
  return {
    title,
    body: message,
    actions: buttons.map(({ text }) => text),
    onClick: () => acts.go(ACTIVITY),
    onAction: (index) => buttons[index]?.press(),
  };
}

function raiseCap(acts: AlertActs) {
  return { text: 'Raise cap', press: () => acts.go(BUDGETS) };
}

function pauseCalls(acts: AlertActs) {
  return { text: 'Pause', press: () => acts.pause() };
}
