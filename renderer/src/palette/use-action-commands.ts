import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import {
  IconArchive,
  IconCopy,
  IconDownload,
  IconGauge,
  IconHistory,
  IconKey,
  IconKeyboard,
  IconMoon,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlug,
  IconRocket,
  IconShieldCheck,
  IconSun,
} from '@tabler/icons-react';
import { useManaged } from '../components/ManagedNotice.tsx';
import { useLive } from '../live/use-live.ts';
import { usePause } from '../shell/use-pause.ts';
import type { Command } from './command.ts';
import { useBackUp } from './use-back-up.ts';
import { useCopyBaseUrl } from './use-copy-base-url.ts';

const A_WHILE_MS = 15 * 60_000;

interface ActionTargets {
  readonly go: (path: string) => void;
  readonly openHelp: () => void;
}

/** What a person can do from anywhere. What a config file decides is left out while it does. */
export function useActionCommands({ go, openHelp }: ActionTargets): readonly Command[] {
  const pause = useLive((live) => live.pause);
  const { toggle, stop } = usePause();
  const managed = useManaged();
  const copyBaseUrl = useCopyBaseUrl();
  const backUp = useBackUp();
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme('light', { getInitialValueInEffect: false }) === 'dark';
  const action = (id: string, command: Omit<Command, 'id' | 'group'>): Command => ({
    id: `action ${id}`,
    group: 'Actions',
    ...command,
  });

  const paused = pause?.active === true;
  const heldByFile = paused && pause.by === 'config';
  return [
    ...(copyBaseUrl === undefined
      ? []
      : [
          action('copy', {
            label: 'Copy base URL',
            keywords: ['address', 'endpoint'],
            icon: IconCopy,
            run: copyBaseUrl,
          }),
        ]),
    ...(pause === undefined || heldByFile
      ? []
      : [
          action('pause', {
            label: paused ? 'Resume calls' : 'Pause all calls',
            keywords: ['kill switch', 'stop', 'start'],
            icon: paused ? IconPlayerPlay : IconPlayerPause,
            run: () => toggle(paused),
          }),
          ...(paused
            ? []
            : [
                action('pause-a-while', {
                  label: 'Pause for 15 minutes',
                  keywords: ['kill switch', 'stop'],
                  icon: IconPlayerPause,
                  run: () => stop(A_WHILE_MS),
                }),
              ]),
        ]),
    action('create-key', {
      label: 'Create access key',
      keywords: ['new', 'add'],
      icon: IconKey,
      run: () => go('/access-keys/new'),
    }),
    ...(managed
      ? []
      : [
          action('add-provider', {
            label: 'Add provider',
            keywords: ['new', 'credential'],
            icon: IconPlug,
            run: () => go('/providers/new'),
          }),
          action('add-budget', {
            label: 'Add budget',
            keywords: ['new', 'cap', 'limit'],
            icon: IconGauge,
            run: () => go('/budgets/new'),
          }),
        ]),
    action('export', {
      label: 'Export usage',
      keywords: ['csv', 'download'],
      icon: IconDownload,
      run: () => go('/usage/export'),
    }),
    action('verify', {
      label: 'Verify ledger',
      keywords: ['audit', 'check'],
      icon: IconShieldCheck,
      run: () => go('/ledger/verify'),
    }),
    action('back-up', { label: 'Back up the database', keywords: ['backup', 'copy'], icon: IconArchive, run: backUp }),
    action('versions', {
      label: 'Restore an earlier config',
      keywords: ['undo', 'roll back', 'versions', 'diff'],
      icon: IconHistory,
      run: () => go('/activity/versions'),
    }),
    action('welcome', {
      label: 'Go through the first steps again',
      keywords: ['setup', 'guide', 'welcome', 'start'],
      icon: IconRocket,
      run: () => go('/welcome'),
    }),
    action('theme', {
      label: dark ? 'Use the light theme' : 'Use the dark theme',
      keywords: ['dark mode', 'appearance', 'toggle'],
      icon: dark ? IconSun : IconMoon,
      run: () => setColorScheme(dark ? 'light' : 'dark'),
    }),
    action('help', {
      label: 'Keyboard shortcuts',
      keywords: ['help', 'keys'],
      icon: IconKeyboard,
      keys: ['?'],
      run: openHelp,
    }),
  ];
}
