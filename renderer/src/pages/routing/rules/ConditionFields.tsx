import { Chip, Group, Input, NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import { useId } from 'react';
import type { FieldProblems } from '../../../config-edit/config-problems.ts';
import classes from './ConditionFields.module.css';
import type { RuleDraft, YesNoAny } from './rule-draft.ts';
import { DAY_WORDS, DAYS } from './rule-words.ts';

interface ConditionFieldsProps {
  readonly draft: RuleDraft;
  readonly problems: FieldProblems;
  readonly onDraft: (part: Partial<RuleDraft>) => void;
}

const PATTERNS = [
  ['model', 'Model asked for', 'gpt-4*'],
  ['client', 'Tool', 'cline'],
  ['key', 'Access key', 'ci-*'],
  ['project', 'Project', 'acme'],
] as const;

/** What has to hold, all of it; what is left empty does not count. */
export function ConditionFields({ draft, problems, onDraft }: ConditionFieldsProps) {
  const daysId = useId();
  return (
    <fieldset className={classes.field}>
      <legend className={classes.legend}>When all of this holds</legend>
      <p className={classes.text}>What you leave empty does not count. In names, * stands for any text.</p>
      <div className={classes.fields}>
        <TextInput
          className={classes.wide}
          label="The last message matches"
          description="A regular expression (RE2). (?i) at its start: whatever the case"
          placeholder="(?i)stack trace"
          classNames={{ input: 'mono' }}
          value={draft.promptMatches}
          error={problems['when.promptMatches']}
          onChange={(event) => onDraft({ promptMatches: event.currentTarget.value })}
          autoComplete="off"
          spellCheck={false}
        />
        {PATTERNS.map(([field, label, example]) => (
          <TagsInput
            key={field}
            label={label}
            placeholder={draft[field].length === 0 ? `any, or e.g. ${example}` : ''}
            acceptValueOnBlur
            value={[...draft[field]]}
            error={problems[`when.${field}`]}
            onChange={(values) => onDraft({ [field]: values })}
          />
        ))}
        <Tokens
          label="Input tokens, at least"
          value={draft.inputTokensMin}
          error={problems['when.inputTokensMin']}
          onValue={(inputTokensMin) => onDraft({ inputTokensMin })}
        />
        <Tokens
          label="Input tokens, at most"
          value={draft.inputTokensMax}
          error={problems['when.inputTokensMax']}
          onValue={(inputTokensMax) => onDraft({ inputTokensMax })}
        />
        <WithOrWithout label="Tools" value={draft.tools} onValue={(tools) => onDraft({ tools })} />
        <WithOrWithout label="Images" value={draft.images} onValue={(images) => onDraft({ images })} />
        <TextInput
          label="Time of day"
          description="In the time zone of Settings"
          placeholder="22:00-06:00"
          value={draft.timeOfDay}
          error={problems['when.timeOfDay']}
          onChange={(event) => onDraft({ timeOfDay: event.currentTarget.value })}
          autoComplete="off"
        />
        <Input.Wrapper
          label="Days"
          labelElement="div"
          labelProps={{ id: daysId }}
          description="None chosen: every day"
          error={problems['when.days']}
        >
          <Chip.Group multiple value={[...draft.days]} onChange={(days) => onDraft({ days: inOrder(days) })}>
            <Group gap={4} role="group" aria-labelledby={daysId}>
              {DAYS.map((day) => (
                <Chip
                  key={day}
                  value={day}
                  size="xs"
                  variant="outline"
                  icon={null}
                  classNames={{ label: classes.day, iconWrapper: classes.noIcon }}
                >
                  {DAY_WORDS[day]}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
        </Input.Wrapper>
      </div>
    </fieldset>
  );
}

interface TokensProps {
  readonly label: string;
  readonly value: number | string;
  readonly error: string | undefined;
  readonly onValue: (value: number | string) => void;
}

function Tokens({ label, value, error, onValue }: TokensProps) {
  return (
    <NumberInput
      label={label}
      placeholder="any"
      min={0}
      allowDecimal={false}
      allowNegative={false}
      thousandSeparator
      hideControls
      value={value}
      error={error}
      onChange={onValue}
    />
  );
}

interface WithOrWithoutProps {
  readonly label: string;
  readonly value: YesNoAny;
  readonly onValue: (value: YesNoAny) => void;
}

function WithOrWithout({ label, value, onValue }: WithOrWithoutProps) {
  return (
    <Select
      label={label}
      allowDeselect={false}
      data={[
        { value: 'any', label: 'with or without' },
        { value: 'yes', label: 'only with' },
        { value: 'no', label: 'only without' },
      ]}
      value={value}
      onChange={(chosen) => onValue(chosen === 'yes' || chosen === 'no' ? chosen : 'any')}
    />
  );
}

/** As a week goes, whatever order they were chosen in. */
function inOrder(days: readonly string[]): string[] {
  return DAYS.filter((day) => days.includes(day));
}
