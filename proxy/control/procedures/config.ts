/** Config as code, from the window and the CLI. */
import { exportConfigYaml } from '../../config/export-config.ts';
import { parseConfigYaml } from '../../config/parse-config.ts';
import { problemsText } from '../../config/problem.ts';
import { applyChange } from '../apply-change.ts';
import { control } from '../implementer.ts';
import type { ControlParts } from '../types.ts';

export function configProcedures(parts: ControlParts) {
  const { configKeeper } = parts;
  return {
    config: {
      versions: control.config.versions.handler(() => configKeeper.versions()),
      current: control.config.current.handler(() => configKeeper.current()),
      export: control.config.export.handler(() => ({ yaml: exportConfigYaml(configKeeper.current()) })),
      check: control.config.check.handler(({ input }) => {
        const parsed = parseConfigYaml(input.yaml);
        return parsed.ok
          ? { ok: true, problems: [] }
          : { ok: false, problems: parsed.problems.map(({ path, message }) => ({ path, message })) };
      }),
      import: control.config.import.handler(async ({ input, errors }) => {
        const parsed = parseConfigYaml(input.yaml);
        if (!parsed.ok) throw errors.BAD_REQUEST({ message: problemsText(parsed.problems) });
        return { version: await applyChange(parts, errors, 'imported', () => parsed.config, 'cli') };
      }),
    },
  };
}
