import { ActionIcon, Button, NumberInput, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import classes from './ModelsField.module.css';
import { emptyModel, type ModelDraft } from './model-drafts.ts';

interface ModelsFieldProps {
  readonly models: readonly ModelDraft[];
  readonly onModels: (models: readonly ModelDraft[]) => void;
  readonly problem: string | undefined;
}

/** Models with their prices, one line each. Prices are what the cap counts with. */
export function ModelsField({ models, onModels, problem }: ModelsFieldProps) {
  const change = (key: number, part: Partial<ModelDraft>) =>
    onModels(models.map((model) => (model.key === key ? { ...model, ...part } : model)));
  const nextKey = Math.max(-1, ...models.map(({ key }) => key)) + 1;
  return (
    <fieldset className={classes.models}>
      <legend className={classes.legend}>Models</legend>
      <p className={classes.text}>
        Those the catalog does not know. Prices in US dollars per million tokens; 0 for a free one.
      </p>
      {models.map((model, index) => (
        <div key={model.key} className={classes.model}>
          <TextInput
            aria-label={`Model ${index + 1}, name`}
            placeholder="model-id"
            value={model.id}
            onChange={(event) => change(model.key, { id: event.currentTarget.value })}
            autoComplete="off"
            spellCheck={false}
          />
          <Price
            name={`Model ${index + 1}, input price`}
            hint="input $"
            value={model.inputUsd}
            onValue={(inputUsd) => change(model.key, { inputUsd })}
          />
          <Price
            name={`Model ${index + 1}, output price`}
            hint="output $"
            value={model.outputUsd}
            onValue={(outputUsd) => change(model.key, { outputUsd })}
          />
          <NumberInput
            aria-label={`Model ${index + 1}, most output tokens`}
            placeholder="max out"
            min={1}
            allowDecimal={false}
            hideControls
            value={model.maxOutput}
            onChange={(maxOutput) => change(model.key, { maxOutput })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size={32}
            aria-label={`Remove model ${index + 1}`}
            onClick={() => onModels(models.filter(({ key }) => key !== model.key))}
          >
            <IconTrash size={16} color="var(--gh-muted)" />
          </ActionIcon>
        </div>
      ))}
      {problem !== undefined && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlus size={14} />}
        onClick={() => onModels([...models, emptyModel(nextKey)])}
      >
        Add model
      </Button>
    </fieldset>
  );
}

interface PriceProps {
  readonly name: string;
  readonly hint: string;
  readonly value: number | string;
  readonly onValue: (value: number | string) => void;
}

function Price({ name, hint, value, onValue }: PriceProps) {
  return (
    <NumberInput
      aria-label={name}
      placeholder={hint}
      min={0}
      max={10_000}
      decimalScale={6}
      hideControls
      value={value}
      onChange={onValue}
    />
  );
}
