/** The alerts on record, who was told of them, and a test event. */
import { AlertCursorError } from '../../alerts/types.ts';
import { control } from '../implementer.ts';
import type { ControlParts } from '../types.ts';

export function alertProcedures({ alerts }: ControlParts) {
  return {
    alerts: {
      list: control.alerts.list.handler(({ input, errors }) => {
        try {
          return alerts.list({ limit: input.limit, ...(input.cursor === undefined ? {} : { cursor: input.cursor }) });
        } catch (error) {
          if (!(error instanceof AlertCursorError)) throw error;
          throw errors.BAD_REQUEST({ message: `${error.message} Start again from the first page.` });
        }
      }),
      deliveries: control.alerts.deliveries.handler(({ input }) => alerts.deliveries(input.alertId)),
      targets: control.alerts.targets.handler(() => alerts.targets()),
      test: control.alerts.test.handler(async ({ input, errors }) => {
        const delivery = await alerts.test(input.target);
        if (delivery === undefined)
          throw errors.NOT_FOUND({ message: 'The config has no such receiver any more. Load the page again.' });
        return delivery;
      }),
    },
  };
}
