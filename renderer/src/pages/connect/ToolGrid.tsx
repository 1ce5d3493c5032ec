import { Link } from 'wouter';
import { Ago } from '../../components/Ago.tsx';
import { Status } from '../../components/Status.tsx';
import type { ToolView } from '../../contract-views.ts';
import classes from './ToolGrid.module.css';
import { ToolIcon } from './ToolIcon.tsx';
import { groupTools, standing } from './tool-words.ts';
import { useLastCall } from './use-last-call.ts';

/** Every tool there is a way for: those of this machine first. */
export function ToolGrid({ tools }: { readonly tools: readonly ToolView[] }) {
  const { here, others } = groupTools(tools);
  return (
    <>
      {here.length > 0 && <Group title="On this machine" tools={here} />}
      <Group title={here.length > 0 ? 'Other tools and libraries' : 'Tools and libraries'} tools={others} />
    </>
  );
}

function Group({ title, tools }: { readonly title: string; readonly tools: readonly ToolView[] }) {
  return (
    <section className={classes.group} aria-label={title}>
      <h2 className={classes.title}>{title}</h2>
      <ul className={classes.grid}>
        {tools.map((tool) => (
          <li key={tool.id}>
            <ToolCard tool={tool} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function ToolCard({ tool }: { readonly tool: ToolView }) {
  const state = standing(tool);
  const call = useLastCall(tool);
  return (
    <Link href={`/connect/${tool.id}`} className={classes.card}>
      <span className={classes.icon}>
        <ToolIcon kind={tool.kind} />
      </span>
      <span className={classes.words}>
        <span className={classes.name}>{tool.name}</span>
        <span className={classes.summary}>{tool.summary}</span>
        {(state !== undefined || call !== undefined) && (
          <span className={classes.state}>
            {state !== undefined && <Status tone={state.tone}>{state.words}</Status>}
            {call !== undefined && (
              <span className="muted">
                called <Ago atMs={call.atMs} />
              </span>
            )}
          </span>
        )}
      </span>
    </Link>
  );
}
