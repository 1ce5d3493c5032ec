/** What a model's name tells of its generation. Aliases like `gemini-flash-latest` are taken for the newest. */

export interface Generation {
  /** Undefined for names without a version: an alias of the newest, or a model of another family. */
  readonly version: number | undefined;
  readonly pro: boolean;
  /** Insists on thought signatures, takes thinkingLevel, media in function responses, tools beside a response schema. */
  readonly third: boolean;
  readonly thinks: boolean;
}

export function generationOf(model: string): Generation {
  const found = /gemini-(\d+(?:\.\d+)?)/.exec(model);
  const version = found === null ? undefined : Number(found[1]);
  const isGemini = /gemini/.test(model);
  const third = version === undefined ? isGemini : version >= 3;
  return { version, pro: /-pro\b/.test(model), third, thinks: version === undefined ? isGemini : version >= 2.5 };
}

/** `models/gemini-2.5-flash` and `gemini-2.5-flash` are the same model. */
export function bareModelName(name: string): string {
  return name.replace(/^models\//, '');
}
