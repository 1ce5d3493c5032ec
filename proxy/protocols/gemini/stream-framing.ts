/** The two forms in which a streamed answer reaches a client: server-sent events (alt=sse), or one JSON list. */

export interface StreamFraming {
  readonly form: 'sse' | 'list';
  chunk(json: string): string;
  /** After the last chunk of a stream that ended well. */
  end(): string;
}

/** Lines end as Google's do. */
export function sseFraming(): StreamFraming {
  return { form: 'sse', chunk: (json) => `data: ${json}\r\n\r\n`, end: () => '' };
}

/** One for each stream: it remembers whether the list has begun. */
export function listFraming(): StreamFraming {
  let begun = false;
  return {
    form: 'list',
    chunk: (json) => {
      const text = `${begun ? ',\r\n' : '['}${json}`;
      begun = true;
      return text;
    },
    end: () => (begun ? ']' : '[]'),
  };
}
