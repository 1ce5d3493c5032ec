import { Stack } from '@mantine/core';
import { IconChartPie2 } from '@tabler/icons-react';
import type { SplitConfig } from '../../../../../proxy/contract/config.ts';
import { ConfigPart } from '../parts/ConfigPart.tsx';
import { ListTab } from '../parts/ListTab.tsx';
import { SPLITS } from '../parts/list-parts.ts';
import { SplitForm } from './SplitForm.tsx';
import { SplitResults } from './SplitResults.tsx';
import { percentWords, shares } from './split-draft.ts';

export function SplitsTab() {
  return (
    <Stack gap="md">
      <ListTab
        part={SPLITS}
        title="Splits"
        text="One name, divided among several models by weight: compare what each arm costs and how well it does."
        empty={{
          icon: <IconChartPie2 size={22} />,
          title: 'No split yet',
          text: 'Divide the calls for a name among models, for instance 90 to 10, and see cost, speed and errors of each.',
        }}
        words={(split) => (
          <>
            <span className="mono">{split.model}</span>: {armsWords(split)}
          </>
        )}
        form={(props) => <SplitForm {...props} />}
      />
      <ConfigPart>
        {(config) => SPLITS.list(config).map((split) => <SplitResults key={split.name} split={split} />)}
      </ConfigPart>
    </Stack>
  );
}

function armsWords({ targets }: SplitConfig): string {
  const parts = shares(targets.map(({ weight }) => weight));
  return targets.map(({ use }, at) => `${percentWords(parts?.[at] ?? 0)} ${use}`).join(', ');
}
