/** An exchange that begins when its request is ready, and behaves to its owner as if it had begun at once. */
import { GatehouseError } from '../../core/errors.ts';
import type { UpstreamExchange, UpstreamSink } from '../../core/upstream.ts';

/** `begin` is called at once. Aborted before it is done: the exchange it gives is aborted, and the sink hears nothing. */
export function deferredExchange(begin: () => Promise<UpstreamExchange>, sink: UpstreamSink): UpstreamExchange {
  let exchange: UpstreamExchange | undefined;
  let aborted = false;
  begin().then(
    (begun) => {
      exchange = begun;
      if (aborted) begun.abort();
    },
    (error: unknown) => {
      if (!aborted) sink.onError(toGatehouseError(error));
    },
  );
  return {
    resume: () => exchange?.resume(),
    abort() {
      aborted = true;
      exchange?.abort();
    },
  };
}

function toGatehouseError(error: unknown): GatehouseError {
  if (error instanceof GatehouseError) return error;
  return new GatehouseError('internal_error', 'The request could not be signed, so it was not sent.', { cause: error });
}
