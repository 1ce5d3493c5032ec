/** Light, dark, or as the system: remembered per machine. */
import { localStorageColorSchemeManager } from '@mantine/core';

export const colorSchemeManager = localStorageColorSchemeManager({ key: 'gatehouse-theme' });
