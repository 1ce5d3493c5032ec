import { ActionIcon, Button, NumberInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { FieldProblems } from '../../../config-edit/config-problems.ts';
import { NameInput } from '../parts/NameInput.tsx';
import { nextKey } from '../parts/named-lines.ts';
import classes from '../parts/OrderedNames.module.css';
import own from './ArmFields.module.css';
import { type ArmDraft, percentWords, shares } from './split-draft.ts';

interface ArmFieldsProps {
  readonly arms: readonly ArmDraft[];
  /** By field: `0.use`, `1.weight`. */
  readonly problems: FieldProblems;
  readonly onArms: (arms: readonly ArmDraft[]) => void;
}

export function ArmFields({ arms, problems, onArms }: ArmFieldsProps) {
  const parts = shares(arms.map(({ weight }) => weight));
  return (
    <fieldset className={classes.field}>
      <legend className={classes.legend}>Arms</legend>
      <p className={classes.text}>Each gets calls by its weight. If one cannot serve a call, the others step in.</p>
      {arms.map((arm, index) => {
        const share = parts?.[index];
        return (
          <div key={arm.key} className={classes.line}>
            <div className={classes.name}>
              <NameInput
                kind="target"
                bare
                label={`Arm ${index + 1}, model`}
                value={arm.use}
                error={problems[`${index}.use`]}
                onChange={(use) => onArms(arms.with(index, { ...arm, use }))}
              />
            </div>
            <NumberInput
              className={own.weight}
              aria-label={`Arm ${index + 1}, weight`}
              min={0}
              hideControls
              value={arm.weight}
              error={problems[`${index}.weight`]}
              onChange={(weight) => onArms(arms.with(index, { ...arm, weight }))}
            />
            <span className={`${own.share} num`}>{share === undefined ? '' : percentWords(share)}</span>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={32}
              aria-label={`Remove arm ${index + 1}`}
              disabled={arms.length === 1}
              onClick={() => onArms(arms.toSpliced(index, 1))}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </div>
        );
      })}
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlus size={14} />}
        onClick={() => onArms([...arms, { key: nextKey(arms), use: '', weight: 10 }])}
      >
        Add arm
      </Button>
    </fieldset>
  );
}
