import { Card } from '../../components/Card.tsx';
import type { ToolView } from '../../contract-views.ts';
import { CallFigures } from './CallFigures.tsx';
import { useLastCall } from './use-last-call.ts';

/** The last call that came with this tool's key, live. */
export function LastCallCard({ tool }: { readonly tool: ToolView }) {
  const call = useLastCall(tool);
  return (
    <Card title="Last call">
      {call === undefined ? (
        <p className="muted">
          {tool.key === undefined
            ? `None yet. Calls of ${tool.name} are told apart by its key.`
            : `None yet. The next call with the key ${tool.key.id} appears here the moment it arrives.`}
        </p>
      ) : (
        <CallFigures requestId={call.requestId} live={call.request} />
      )}
    </Card>
  );
}
