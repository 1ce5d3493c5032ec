import { Button, NumberInput } from '@mantine/core';
import { type FormEvent, useId, useState } from 'react';
import { useManaged } from '../../components/ManagedNotice.tsx';
import { EditTroubleNotice } from '../../config-edit/EditTroubleNotice.tsx';
import { sameItem } from '../../config-edit/edit-list.ts';
import { useConfig, useEditConfig } from '../../config-edit/use-edit-config.tsx';
import type { ModelView, ProviderView } from '../../contract-views.ts';
import {
  editModel,
  modelSettings,
  PRICES,
  type PriceDraft,
  type PriceField,
  priceDraftOf,
  priceProblems,
  withPrices,
} from './edit-model.ts';
import classes from './ModelControls.module.css';

const NAMES: Readonly<Record<PriceField, string>> = {
  inputUsdPerMTok: 'Input',
  outputUsdPerMTok: 'Output',
  cacheReadUsdPerMTok: 'Cache read',
  cacheWriteUsdPerMTok: 'Cache write',
};

interface PriceFormProps {
  readonly model: ModelView;
  readonly provider: ProviderView;
}

/** A price of the person's own; what is left empty costs what the catalog says. Starts over when the config changes it. */
export function PriceForm({ model, provider }: PriceFormProps) {
  const now = priceDraftOf(modelSettings(useConfig().data, model));
  return <Fields key={JSON.stringify(now)} model={model} provider={provider} now={now} />;
}

function Fields({ model, provider, now }: PriceFormProps & { readonly now: PriceDraft }) {
  const managed = useManaged();
  const legend = useId();
  const [draft, setDraft] = useState(now);
  const editor = useEditConfig();
  const problems = priceProblems(draft);
  const save = (prices: PriceDraft, done: string) =>
    editor.save(
      {
        note: `price of ${model.id} changed`,
        change: editModel(model, provider, (config) => withPrices(config, prices)),
      },
      done,
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (Object.keys(problems).length === 0)
      save(draft, `The price of ${model.id} is yours now. New calls are held and charged by it.`);
  };
  return (
    <form onSubmit={submit} noValidate aria-labelledby={legend}>
      <p id={legend} className={classes.legend}>
        Your own price
      </p>
      <p className={classes.text}>In US dollars per million tokens. Left empty, the catalog’s price counts.</p>
      <div className={classes.prices}>
        {PRICES.map((field) => (
          <NumberInput
            key={field}
            label={NAMES[field]}
            placeholder={model[field] === undefined ? 'unknown' : String(model[field])}
            min={0}
            decimalScale={6}
            hideControls
            value={draft[field]}
            disabled={managed}
            error={problems[field]}
            onChange={(value) => setDraft((before) => ({ ...before, [field]: value }))}
          />
        ))}
      </div>
      <EditTroubleNotice trouble={editor.trouble} />
      <div className={classes.foot}>
        {Object.values(now).some((price) => price !== '') && (
          <Button
            size="xs"
            variant="default"
            disabled={managed || editor.busy}
            onClick={() => save(priceDraftOf(undefined), `${model.id} costs what the catalog says.`)}
          >
            Use the catalog’s
          </Button>
        )}
        <Button size="xs" type="submit" loading={editor.busy} disabled={managed || sameItem(draft, now)}>
          Save price
        </Button>
      </div>
    </form>
  );
}
