import { Autocomplete } from '@mantine/core';
import { useNames } from './use-names.ts';

interface NameInputProps {
  readonly kind: 'askable' | 'target';
  readonly label: string;
  /** The label is only for screen readers: the field stands in a row. */
  readonly bare?: boolean;
  readonly description?: string;
  readonly placeholder?: string;
  readonly value: string;
  readonly error?: string | undefined;
  readonly autoFocus?: boolean;
  readonly onChange: (name: string) => void;
}

/** A name of a model, typed or picked. */
export function NameInput(props: NameInputProps) {
  const { kind, label, bare = false, description, placeholder, value, error, autoFocus = false, onChange } = props;
  return (
    <Autocomplete
      {...(bare ? { 'aria-label': label } : { label })}
      {...(autoFocus ? { 'data-autofocus': true } : {})}
      description={description}
      placeholder={placeholder ?? 'provider/model'}
      data={useNames(kind)}
      limit={60}
      maxDropdownHeight={300}
      value={value}
      error={error}
      openOnFocus={false}
      onChange={onChange}
      autoComplete="off"
      spellCheck={false}
    />
  );
}
