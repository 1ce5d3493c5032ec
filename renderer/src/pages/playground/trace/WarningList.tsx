import { Notice } from '../../../components/Notice.tsx';

/** What was not carried over, could not be priced, or was changed on the way. */
export function WarningList({ warnings }: { readonly warnings: readonly string[] }) {
  return (
    <Notice tone="warn" title={warnings.length === 1 ? 'One warning' : `${warnings.length} warnings`}>
      <ul style={{ margin: 0, paddingLeft: 18 }}>
        {warnings.map((warning) => (
          <li key={warning}>
            <code>{warning}</code>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
