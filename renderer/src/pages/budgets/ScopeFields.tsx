import { Autocomplete, Group, Select } from '@mantine/core';
import { type Scope, type ScopeKind, scopeKindWords, scopeNameHint } from './scope-words.ts';
import { useScopeNames } from './use-scope-names.ts';

const NAMES_SHOWN_MAX = 50;

interface ScopeFieldsProps {
  readonly label: string;
  readonly kinds: readonly ScopeKind[];
  readonly scope: Scope;
  readonly problem: string | undefined;
  readonly onScope: (scope: Scope) => void;
}

/** What something applies to: a kind, and which one of it. */
export function ScopeFields({ label, kinds, scope, problem, onScope }: ScopeFieldsProps) {
  const names = useScopeNames(scope.kind);
  return (
    <Group gap="sm" align="flex-start" grow>
      <Select
        label={label}
        data={kinds.map((kind) => ({ value: kind, label: scopeKindWords(kind) }))}
        value={scope.kind}
        allowDeselect={false}
        data-autofocus
        onChange={(value) => {
          const kind = kinds.find((known) => known === value);
          if (kind !== undefined && kind !== scope.kind) onScope({ kind, name: '' });
        }}
      />
      {scope.kind !== 'global' && (
        <Autocomplete
          label={`Which ${scopeKindWords(scope.kind).toLowerCase()}`}
          description={scopeNameHint(scope.kind)}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data={[...names]}
          limit={NAMES_SHOWN_MAX}
          value={scope.name}
          onChange={(name) => onScope({ kind: scope.kind, name })}
          error={problem}
          autoComplete="off"
          spellCheck={false}
        />
      )}
    </Group>
  );
}
