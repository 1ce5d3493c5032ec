/** Single-key shortcuts can be switched off (WCAG 2.1.4): they get in the way of speech input. Kept on this machine. */
import { useLocalStorage } from '@mantine/hooks';

export function useShortcutPreference(): readonly [boolean, (on: boolean) => void] {
  const [value, setValue] = useLocalStorage<'on' | 'off'>({
    key: 'gatehouse-shortcuts',
    defaultValue: 'on',
    getInitialValueInEffect: false,
  });
  return [value === 'on', (on) => setValue(on ? 'on' : 'off')];
}
