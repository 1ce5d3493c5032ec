import { SegmentedControl, Select } from '@mantine/core';
import type { UsageDimension } from '../../../../proxy/contract/usage.ts';
import { DIMENSIONS, dimensionName } from '../../usage/dimensions.ts';
import { MEASURES, type Measure } from '../../usage/measures.ts';
import classes from './ChartCard.module.css';

export interface ChartView {
  readonly measure: Measure;
  readonly stackBy: UsageDimension | undefined;
  readonly form: 'bars' | 'table';
}

interface ChartControlsProps {
  readonly view: ChartView;
  readonly onChange: (view: ChartView) => void;
}

const NOTHING = 'nothing';

export function ChartControls({ view, onChange }: ChartControlsProps) {
  return (
    <div className={classes.controls}>
      <SegmentedControl
        size="xs"
        aria-label="What to show"
        value={view.measure}
        onChange={(measure) => onChange({ ...view, measure: measure as Measure })}
        data={Object.entries(MEASURES).map(([value, { name }]) => ({ value, label: name }))}
      />
      <Select
        size="xs"
        className={classes.by}
        aria-label="Stacked by"
        value={view.stackBy ?? NOTHING}
        onChange={(by) => onChange({ ...view, stackBy: by === NOTHING ? undefined : (by as UsageDimension) })}
        allowDeselect={false}
        data={[
          { value: NOTHING, label: 'Not stacked' },
          ...DIMENSIONS.map((value) => ({ value, label: `By ${dimensionName(value).toLowerCase()}` })),
        ]}
      />
      <SegmentedControl
        size="xs"
        aria-label="Bars or table"
        value={view.form}
        onChange={(form) => onChange({ ...view, form: form as ChartView['form'] })}
        data={[
          { value: 'bars', label: 'Bars' },
          { value: 'table', label: 'Table' },
        ]}
      />
    </div>
  );
}
