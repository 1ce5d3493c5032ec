import { Select } from '@mantine/core';
import type { ModelView } from '../../contract-views.ts';
import classes from './ModelPicker.module.css';
import { priceWords } from './price-words.ts';

interface ModelPickerProps {
  readonly models: readonly ModelView[] | undefined;
  readonly model: string;
  readonly onModel: (model: string) => void;
}

export function ModelPicker({ models, model, onModel }: ModelPickerProps) {
  const byId = new Map(models?.map((entry) => [entry.id, entry]));
  const providers = [...new Set(models?.map(({ provider }) => provider))];
  return (
    <Select
      aria-label="Model"
      placeholder={models === undefined ? 'Loading models' : 'No model yet'}
      nothingFoundMessage="No model by that name"
      className={classes.picker}
      searchable
      allowDeselect={false}
      value={model === '' ? null : model}
      onChange={(value) => value !== null && onModel(value)}
      data={providers.map((provider) => ({
        group: provider,
        items: (models ?? []).filter((entry) => entry.provider === provider).map(({ id }) => id),
      }))}
      maxDropdownHeight={380}
      comboboxProps={{ width: 380, position: 'bottom-end' }}
      renderOption={({ option }) => {
        const entry = byId.get(option.value);
        return (
          <div className={classes.option}>
            <span className="mono">{option.value}</span>
            <span className={classes.detail}>
              {entry === undefined ? '' : (entry.description ?? priceWords(entry))}
            </span>
          </div>
        );
      }}
    />
  );
}
