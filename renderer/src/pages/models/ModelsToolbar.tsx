import { Button, Chip, Select, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { ModelView } from '../../contract-views.ts';
import { formatCount } from '../../format/tokens.ts';
import {
  CAPABILITIES,
  CAPABILITY_WORDS,
  type Capability,
  type ModelFilter,
  PURPOSE_WORDS,
  type Purpose,
} from './filter-models.ts';
import classes from './ModelsToolbar.module.css';
import type { Comparison } from './use-comparison.ts';

interface ModelsToolbarProps {
  readonly models: readonly ModelView[] | undefined;
  readonly shown: number;
  readonly unsure: number;
  readonly filter: ModelFilter;
  readonly onFilter: (filter: ModelFilter) => void;
  readonly comparison: Comparison;
  readonly onCompare: () => void;
}

export function ModelsToolbar(props: ModelsToolbarProps) {
  const { models, shown, unsure, filter, onFilter, comparison, onCompare } = props;
  const providers = [...new Set(models?.map(({ provider }) => provider))].sort();
  const count = comparison.chosen.length;
  return (
    <search className={classes.toolbar} aria-label="Find a model">
      <div className={classes.fields}>
        <TextInput
          className={classes.search}
          aria-label="Search models"
          placeholder="Search by name, family or description"
          leftSection={<IconSearch size={16} aria-hidden="true" />}
          value={filter.search}
          onChange={(event) => onFilter({ ...filter, search: event.currentTarget.value })}
          autoComplete="off"
          spellCheck={false}
        />
        <Select
          className={classes.choice}
          aria-label="Provider"
          placeholder="All providers"
          clearable
          clearButtonProps={{ 'aria-label': 'All providers' }}
          data={providers}
          value={filter.provider ?? null}
          onChange={(provider) => onFilter({ ...filter, provider: provider ?? undefined })}
        />
        <Select
          className={classes.choice}
          aria-label="Kind of model"
          placeholder="All kinds"
          clearable
          clearButtonProps={{ 'aria-label': 'All kinds' }}
          data={Object.entries(PURPOSE_WORDS).map(([value, label]) => ({ value, label }))}
          value={filter.purpose ?? null}
          onChange={(purpose) => onFilter({ ...filter, purpose: (purpose as Purpose | null) ?? undefined })}
        />
      </div>
      <div className={classes.line}>
        <Chip.Group
          multiple
          value={[...filter.capabilities]}
          onChange={(chosen) => onFilter({ ...filter, capabilities: chosen as Capability[] })}
        >
          {CAPABILITIES.map((capability) => (
            <Chip key={capability} value={capability} size="xs" classNames={{ label: classes.chip }}>
              {CAPABILITY_WORDS[capability]}
            </Chip>
          ))}
        </Chip.Group>
        <p className={classes.count} role="status">
          {models !== undefined && countWords(shown, models.length)}
          {unsure > 0 && `, ${formatCount(unsure)} more may match: nobody says what they can do`}
        </p>
        {count > 0 && (
          <Button size="xs" variant="subtle" onClick={comparison.clear}>
            Clear
          </Button>
        )}
        <Button size="xs" variant="default" disabled={count < 2} onClick={onCompare}>
          {count === 0 ? 'Compare' : `Compare ${count}`}
        </Button>
      </div>
    </search>
  );
}

function countWords(shown: number, all: number): string {
  const models = all === 1 ? 'model' : 'models';
  return shown === all ? `${formatCount(all)} ${models}` : `${formatCount(shown)} of ${formatCount(all)} ${models}`;
}
