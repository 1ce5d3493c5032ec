/** The figures of a request as name and value, in the order a person asks for them. */
import type { Fact } from '../components/Facts.tsx';
import { Money } from '../components/Money.tsx';
import type { ChargedUsageView, LiveRequestView, RequestView } from '../contract-views.ts';
import { formatDuration } from '../format/duration.ts';
import { formatInstant } from '../format/time.ts';
import { formatCount } from '../format/tokens.ts';
import { extraWords, isOpen, protocolWords, providerProtocol, servedName, wasNotCharged } from './request-words.ts';

export function requestFacts(request: LiveRequestView): readonly Fact[] {
  const open = isOpen(request);
  const figures: readonly (Fact | undefined)[] = [
    { name: 'Started', value: formatInstant(request.startedAtMs) },
    fact('Served by', servedName(request), (name) => <span className="mono">{name}</span>),
    { name: 'Attempts', value: request.attempts },
    fact('Tool', request.client),
    fact('Program', request.process),
    fact('Access key', request.accessKeyId),
    fact('Project', request.project),
    { name: 'Protocol', value: protocolWords(request) },
    fact('Saved prompt', request.savedPrompt),
    fact('Spoken to the provider', providerProtocol(request)),
    open ? undefined : { name: 'Cost', value: <Cost request={request} /> },
    open ? undefined : { name: 'Tokens', value: <Tokens usage={request.usage} /> },
    fact('Beside the text', extraWords(request.usage)),
    fact('First token', request.firstTokenMs, (ms) => formatDuration(ms)),
    fact('Duration', request.durationMs, (ms) => formatDuration(ms)),
    fact('Gatehouse’s share', request.overheadMs, (ms) => formatDuration(ms)),
    fact('Finish reason', request.finishReason),
    fact('HTTP status', request.status),
    fact('Warnings', request.warnings, (codes) => <Warnings codes={codes} />),
    { name: 'Config', value: `version ${request.configVersion}` },
    { name: 'Request id', value: <code>{request.id}</code> },
  ];
  return figures.filter((figure) => figure !== undefined);
}

function fact<T>(
  name: string,
  value: T | undefined,
  show: (value: T) => Fact['value'] = (known) => String(known),
): Fact | undefined {
  return value === undefined ? undefined : { name, value: show(value) };
}

const CERTAINTY = {
  exact: 'exact, as the provider reported',
  estimated: 'estimated here',
  unknown: 'the provider reported no usage',
};

function Cost({ request }: { readonly request: RequestView }) {
  if (wasNotCharged(request)) return 'not charged';
  return (
    <>
      <Money nano={request.costNano} />
      {request.certainty !== undefined && <span className="muted"> ({CERTAINTY[request.certainty]})</span>}
    </>
  );
}

function Tokens({ usage }: { readonly usage: ChargedUsageView | undefined }) {
  if (usage === undefined) return <span className="muted">unknown</span>;
  const buckets: readonly [number | undefined, string][] = [
    [usage.inputTokens, 'input'],
    [usage.cacheReadTokens, 'cache read'],
    [usage.cacheWriteTokens, 'cache write'],
    [usage.cacheWrite1hTokens, 'cache write for an hour'],
    [usage.outputTokens, 'output'],
    [usage.reasoningTokens, 'reasoning'],
  ];
  const known = buckets.filter(([count]) => count !== undefined);
  if (known.length === 0) return <span className="muted">unknown</span>;
  return <span className="num">{known.map(([count, name]) => `${formatCount(count)} ${name}`).join(' · ')}</span>;
}

function Warnings({ codes }: { readonly codes: readonly string[] }) {
  return (
    <span>
      {codes.map((code, index) => (
        <span key={code}>
          {index > 0 && ', '}
          <code>{code}</code>
        </span>
      ))}
    </span>
  );
}
