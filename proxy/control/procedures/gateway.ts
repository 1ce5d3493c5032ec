/** Pause, resume and "stop running calls", answered. */
import { GatehouseError } from '../../core/errors.ts';
import { control } from '../implementer.ts';
import type { ControlParts } from '../types.ts';

export function gatewayProcedures({ killSwitch, pipeline }: ControlParts) {
  return {
    gateway: {
      pause: control.gateway.pause.handler(({ input }) => killSwitch.pause(input?.forMs)),
      resume: control.gateway.resume.handler(({ errors }) => {
        const view = killSwitch.resume();
        if (view.by === 'config') {
          throw errors.MANAGED({
            message: 'The config file holds the kill switch down (killSwitch.global). Lift it there and restart.',
          });
        }
        return view;
      }),
      stopCalls: control.gateway.stopCalls.handler(() => {
        const stopped = pipeline.inFlight();
        pipeline.abortAll(
          new GatehouseError(
            'stopped_by_person',
            'A person stopped all running calls in Gatehouse. New calls are served.',
          ),
        );
        return { stopped };
      }),
    },
  };
}
