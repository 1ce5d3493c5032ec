import { FormatSection } from './FormatSection.tsx';
import { ParametersSection } from './ParametersSection.tsx';
import { ProjectSection } from './ProjectSection.tsx';
import { SystemSection } from './SystemSection.tsx';
import { ToolsSection } from './ToolsSection.tsx';

/** What goes with every call. It holds for all columns, so that their answers can be compared. */
export function OptionsPanel() {
  return (
    <>
      <SystemSection />
      <ParametersSection />
      <ToolsSection />
      <FormatSection />
      <ProjectSection />
    </>
  );
}
