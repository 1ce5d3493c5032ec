/** Config as code, from the window and the CLI. */
import { exportConfigYaml } from '../../config/export-config.ts';
import { parseConfigYaml } from '../../config/parse-config.ts';
import { problemsText } from '../../config/problem.ts';
import type { Config } from '../../contract/config.ts';
import { routingFindings } from '../../pipeline/routing-findings.ts';
import { patternsReady } from '../../routing/pattern-engine.ts';
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
      check: control.config.check.handler(async ({ input }) => {
        await patternsReady(input.yaml);
        const parsed = parseConfigYaml(input.yaml, routingFindings);
        return parsed.ok
          ? { ok: true, problems: [] }
          : { ok: false, problems: parsed.problems.map(({ path, message }) => ({ path, message })) };
      }),
      import: control.config.import.handler(async ({ input, errors }) => {
        await patternsReady(input.yaml);
        const parsed = parseConfigYaml(input.yaml, routingFindings);
        if (!parsed.ok) throw errors.BAD_REQUEST({ message: problemsText(parsed.problems) });
        return { version: await applyChange(parts, errors, 'imported', () => parsed.config, 'cli') };
      }),
      replace: control.config.replace.handler(async ({ input, errors }) => {
        if (input.baseVersion !== configKeeper.version())
          throw errors.CONFLICT({
            message: 'The settings were changed in the meantime. Look at them as they are now, and change them again.',
          });
        return { version: await applyChange(parts, errors, input.note, () => input.config) };
      }),
      version: control.config.version.handler(({ input, errors }) => {
        const config = configAt(parts, errors, input.number);
        return { yaml: exportConfigYaml(config), config };
      }),
      rollBack: control.config.rollBack.handler(async ({ input, errors }) => {
        const config = configAt(parts, errors, input.number);
        return { version: await applyChange(parts, errors, `back to version ${input.number}`, () => config) };
      }),
    },
  };
}

function configAt(
  { configKeeper }: ControlParts,
  errors: { NOT_FOUND(options: { message: string }): Error },
  number: number,
): Config {
  const config = configKeeper.versionAt(number);
  if (config === undefined) throw errors.NOT_FOUND({ message: `There is no version ${number} that can be read.` });
  return config;
}
