import { Group, NumberInput } from '@mantine/core';
import { RATE_FIELDS, type RateField } from './rate-limit-draft.ts';
import type { TypedNumber } from './typed-number.ts';

const LABELS: Record<RateField, string> = {
  requestsPerMinute: 'Requests a minute',
  tokensPerMinute: 'Tokens a minute',
  concurrency: 'Calls at once',
};

interface RateFieldsProps {
  readonly values: Readonly<Record<RateField, TypedNumber>>;
  readonly problems: { readonly [Field in RateField]?: string };
  readonly onChange: (field: RateField, value: TypedNumber) => void;
}

/** The three rates; one left empty is not limited. */
export function RateFields({ values, problems, onChange }: RateFieldsProps) {
  return (
    <Group gap="sm" align="flex-start" grow>
      {RATE_FIELDS.map((field) => (
        <NumberInput
          key={field}
          label={LABELS[field]}
          placeholder="no limit"
          min={1}
          allowDecimal={false}
          thousandSeparator={field === 'tokensPerMinute'}
          value={values[field]}
          onChange={(value) => onChange(field, value)}
          error={problems[field]}
          hideControls
        />
      ))}
    </Group>
  );
}
