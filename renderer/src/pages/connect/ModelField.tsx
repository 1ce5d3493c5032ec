import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../app/session-context.ts';
import { useConfig } from '../../config-edit/use-edit-config.tsx';
import { askableNames } from '../routing/parts/model-names.ts';
import { NameInput } from '../routing/parts/NameInput.tsx';
import classes from './ModelField.module.css';

interface ModelFieldProps {
  /** Undefined: the default. */
  readonly model: string | undefined;
  readonly typed: string;
  readonly onType: (model: string) => void;
}

/** The model that a tool is told. A name nobody here knows is allowed, since its provider may come later, and remarked on. */
export function ModelField({ model, typed, onType }: ModelFieldProps) {
  const unknown = useIsKnown(model) === false;
  return (
    <div>
      <NameInput
        kind="askable"
        label="Model"
        description="What the tool asks for. Any model, mode or virtual model of yours works; you can change it later."
        value={typed}
        onChange={onType}
      />
      <p role="status" className={classes.remark}>
        {unknown && `Nothing here is called ${model}. Calls for it fail until something is.`}
      </p>
    </div>
  );
}

/** Undefined while it is not known what there is. */
function useIsKnown(name: string | undefined): boolean | undefined {
  const models = useQuery(useApi().models.list.queryOptions()).data;
  const config = useConfig().data;
  if (name === undefined || models === undefined || config === undefined) return undefined;
  return askableNames(config, models).some(({ items }) => items.includes(name));
}
