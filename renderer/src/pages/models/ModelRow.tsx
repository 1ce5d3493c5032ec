import { Checkbox } from '@mantine/core';
import { memo } from 'react';
import { CopyIcon } from '../../components/CopyIcon.tsx';
import type { ModelView } from '../../contract-views.ts';
import { formatCount } from '../../format/tokens.ts';
import { UNKNOWN } from '../../format/unknown.ts';
import classes from './ModelsTable.module.css';
import { capabilityWords, priceOf } from './model-words.ts';

interface ModelRowProps {
  readonly model: ModelView;
  readonly index: number;
  /** What the person decided about it: `switched off, preferred`. */
  readonly flag: string | undefined;
  readonly chosen: boolean;
  readonly choosable: boolean;
  readonly onChoose: (id: string) => void;
  readonly onOpen: (id: string) => void;
}

export const ModelRow = memo(function ModelRow({
  model,
  index,
  flag,
  chosen,
  choosable,
  onChoose,
  onOpen,
}: ModelRowProps) {
  const can = model.description ?? capabilityWords(model);
  return (
    <tr aria-rowindex={index + 2} className={classes.row} data-model={model.id}>
      <td className={classes.choose}>
        <Checkbox
          size="xs"
          aria-label={`Compare ${model.id}`}
          checked={chosen}
          disabled={!choosable}
          onChange={() => onChoose(model.id)}
        />
      </td>
      <td>
        <div className={classes.model}>
          <div className={classes.names}>
            <button
              type="button"
              className={`${classes.open} mono truncate`}
              title={model.id}
              onClick={() => onOpen(model.id)}
            >
              {model.id}
            </button>
            <div className={`${classes.second} truncate`} title={can}>
              {flag !== undefined && <strong className={classes.flag}>{flag}</strong>}
              {can}
            </div>
          </div>
          <CopyIcon value={model.id} name={model.id} />
        </div>
      </td>
      <Tokens count={model.contextTokens} />
      <Tokens count={model.maxOutputTokens} minor />
      <Price usdPerMTok={model.inputUsdPerMTok} />
      <Price usdPerMTok={model.outputUsdPerMTok} />
      <Price usdPerMTok={model.cacheReadUsdPerMTok} />
      <td className={`${classes.minor} ${model.tier === undefined ? 'muted' : ''}`}>{model.tier ?? UNKNOWN}</td>
    </tr>
  );
});

function Tokens({ count, minor = false }: { readonly count: number | undefined; readonly minor?: boolean }) {
  const exact = count === undefined ? undefined : `${new Intl.NumberFormat().format(count)} tokens`;
  return (
    <td
      className={`${classes.figure} num ${minor ? classes.minor : ''} ${count === undefined ? 'muted' : ''}`}
      title={exact}
    >
      {formatCount(count)}
    </td>
  );
}

function Price({ usdPerMTok }: { readonly usdPerMTok: number | undefined }) {
  return <td className={`${classes.figure} num ${usdPerMTok === undefined ? 'muted' : ''}`}>{priceOf(usdPerMTok)}</td>;
}
