import { Radio, Skeleton } from '@mantine/core';
import { useEffect, useState } from 'react';
import { type ToolId, toolId } from '../../../../proxy/contract/connect.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import type { ToolView } from '../../contract-views.ts';
import { SetupCard } from '../connect/SetupCard.tsx';
import type { Secret } from '../connect/secret.ts';
import { ToolIcon } from '../connect/ToolIcon.tsx';
import { groupTools } from '../connect/tool-words.ts';
import { useModelChoice } from '../connect/use-model-choice.ts';
import { useTool, useTools } from '../connect/use-tool.ts';
import { StepFrame, type StepProps } from './StepFrame.tsx';
import classes from './ToolStep.module.css';

/** One tool, pointed at the gateway with a key of its own. */
export function ToolStep({ setup, save, onBack, onNext }: StepProps) {
  const list = useTools();
  const chosen = toolId.safeParse(setup.tool).data;
  // Applied with a key of the person's own, there is none that was made here.
  const applied = list.data?.tools.find(({ id }) => id === chosen)?.applied !== undefined;
  return (
    <StepFrame
      title="Connect a tool"
      text="Pick one you use. It gets a key of its own, so you see what it spends and can stop it alone. Others follow whenever you like."
      done={setup.keyId !== undefined || applied}
      onBack={onBack}
      onNext={onNext}
    >
      {list.isError && <ErrorState what="the tools" error={list.error} onRetry={() => void list.refetch()} />}
      {list.data === undefined && !list.isError && <Skeleton height={220} radius={10} aria-busy="true" />}
      {list.data !== undefined && (
        <ToolPicker tools={list.data.tools} chosen={chosen} onChoose={(tool) => save({ tool })} />
      )}
      {chosen !== undefined && <ChosenTool key={chosen} id={chosen} keyId={setup.keyId} save={save} />}
    </StepFrame>
  );
}

interface ToolPickerProps {
  readonly tools: readonly ToolView[];
  readonly chosen: ToolId | undefined;
  readonly onChoose: (tool: ToolId) => void;
}

function ToolPicker({ tools, chosen, onChoose }: ToolPickerProps) {
  const { here, others } = groupTools(tools);
  return (
    <Radio.Group
      label="Tool"
      classNames={{ label: 'visually-hidden' }}
      value={chosen ?? null}
      onChange={(value) => {
        const tool = toolId.safeParse(value);
        if (tool.success) onChoose(tool.data);
      }}
    >
      <div className={classes.tools}>
        {[...here, ...others].map((tool) => (
          <Radio.Card key={tool.id} value={tool.id} className={classes.tool} aria-label={tool.name}>
            <ToolIcon kind={tool.kind} size={18} />
            <span className={classes.words}>
              <span className={classes.name}>{tool.name}</span>
              {tool.installed === 'yes' && <span className={classes.found}>found here</span>}
            </span>
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  );
}

interface ChosenToolProps extends Pick<StepProps, 'save'> {
  readonly id: ToolId;
  readonly keyId: string | undefined;
}

function ChosenTool({ id, keyId, save }: ChosenToolProps) {
  const { model, typed, type } = useModelChoice();
  const [secret, setSecret] = useState<Secret>();
  const { tool, model: shownModel } = useTool(id, model);
  const made = tool.data?.key?.id;
  useEffect(() => {
    if (made !== undefined && made !== keyId) save({ keyId: made });
  }, [made, keyId, save]);
  if (tool.isError) {
    return <ErrorState what="this tool" error={tool.error} onRetry={() => void tool.refetch()} />;
  }
  if (tool.data === undefined) return <Skeleton height={300} radius={10} aria-busy="true" />;
  return (
    <SetupCard
      tool={tool.data}
      model={model}
      modelTyped={typed ?? shownModel}
      onModel={type}
      secret={secret}
      onSecret={setSecret}
    />
  );
}
