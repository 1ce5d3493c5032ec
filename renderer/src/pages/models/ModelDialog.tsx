import { Modal } from '@mantine/core';
import { CopyIcon } from '../../components/CopyIcon.tsx';
import { ScrollRegion } from '../../components/ScrollRegion.tsx';
import type { ModelView } from '../../contract-views.ts';
import { ModelControls } from './ModelControls.tsx';
import classes from './ModelDialog.module.css';
import { lowestOf, MODEL_FACTS } from './model-facts.ts';

interface ModelDialogProps {
  readonly models: readonly ModelView[];
  /** One to look at, several to compare; undefined: closed. */
  readonly ids: readonly string[] | undefined;
  readonly onClose: () => void;
}

/** Everything known about a model, or about up to four of them side by side. */
export function ModelDialog({ models, ids, onClose }: ModelDialogProps) {
  // In the order they were chosen; one that is gone meanwhile is left out.
  const shown = (ids ?? []).map((id) => models.find((model) => model.id === id)).filter((model) => model !== undefined);
  const [only] = shown;
  return (
    <Modal
      opened={ids !== undefined}
      onClose={onClose}
      size={shown.length > 1 ? 240 + shown.length * 190 : 520}
      title={shown.length > 1 ? `Compare ${shown.length} models` : 'Model'}
    >
      <ScrollRegion className={classes.scroller} aria-label="What is known">
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">Property</span>
              </th>
              {shown.map(({ id }) => (
                <th key={id} scope="col">
                  <span className={classes.name}>
                    <span className="mono">{id}</span>
                    <CopyIcon value={id} name={id} />
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {MODEL_FACTS.map((fact) => (
              <tr key={fact.name}>
                <th scope="row">{fact.name}</th>
                {shown.map((model) => {
                  const words = fact.words(model);
                  const lowest = shown.length > 1 && fact.usd !== undefined && lowestOf(fact.usd, shown, model);
                  return (
                    <td key={model.id} className={words === 'unknown' ? 'muted num' : 'num'}>
                      {lowest ? <strong>{words} (lowest)</strong> : words}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {only !== undefined && shown.length === 1 && <ModelControls key={only.id} model={only} />}
    </Modal>
  );
}
