import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { useShortcutPreference } from './shortcut-preference.ts';
import { type ShortcutState, shortcutStep } from './shortcut-steps.ts';

export interface HelpDialog {
  readonly opened: boolean;
  readonly open: () => void;
  readonly close: () => void;
}

/** Listens for the shortcuts and holds the help dialog they open. Silent while someone types or a dialog is open. */
export function useShortcuts(): HelpDialog {
  const [opened, setOpened] = useState(false);
  const [, navigate] = useLocation();
  const [enabled] = useShortcutPreference();
  const state = useRef<ShortcutState>({ armedAtMs: undefined });

  useEffect(() => {
    if (!enabled) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return;
      const step = shortcutStep(state.current, event.key, event.timeStamp);
      state.current = step.state;
      if (step.do === 'go') {
        event.preventDefault();
        navigate(step.path);
      } else if (step.do === 'help') {
        event.preventDefault();
        setOpened(true);
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [enabled, navigate]);

  return { opened, open: () => setOpened(true), close: () => setOpened(false) };
}

function isBusy(target: EventTarget | null): boolean {
  if (document.querySelector('[role="dialog"]') !== null) return true;
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable="true"]') !== null;
}
