/**
 * What an answer is grounded on. groundingMetadata names its sources in chunks and says in supports which stretch of the text rests on
 * which of them, by UTF-8 offsets; our citations count characters. citationMetadata lists sources of recited text.
 */
import type { Json, JsonObject } from '../../core/json.ts';
import type { Citation } from '../../core/part.ts';
import { asJsonObject, countField, field, listField, objectField, textField } from './wire.ts';

/** Gathers the sources of one candidate: a stream may name them over several chunks, or repeat them. */
export class GroundingReader {
  #chunks: readonly Json[] = [];
  #supports = new Set<string>();
  #sources = new Set<string>();
  #citedChunks = new Set<number>();

  /** The citations this candidate brings that were not there before. `text`: the answer so far; undefined when it is not kept. */
  read(candidate: JsonObject, text: string | undefined): Citation[] {
    const grounding = objectField(candidate, 'groundingMetadata');
    return [
      ...(grounding === undefined ? [] : this.#readGrounding(grounding, text)),
      ...this.#readSources(objectField(candidate, 'citationMetadata'), text),
    ];
  }

  #readGrounding(grounding: JsonObject, text: string | undefined): Citation[] {
    this.#addChunks(listField(grounding, 'groundingChunks'));
    const cited = listField(grounding, 'groundingSupports').flatMap((value) => {
      const support = asJsonObject(value);
      if (support === undefined || !isNew(this.#supports, support)) return [];
      return this.#readSupport(support, text);
    });
    if (cited.length > 0 || listField(grounding, 'groundingSupports').length > 0) return cited;
    return this.#chunks.flatMap((chunk, index) => (this.#citedChunks.has(index) ? [] : this.#cite(index, chunk, {})));
  }

  /** Later lists go on where earlier ones ended, unless they begin with them. */
  #addChunks(chunks: readonly Json[]): void {
    const repeats =
      chunks.length >= this.#chunks.length &&
      JSON.stringify(chunks.slice(0, this.#chunks.length)) === JSON.stringify(this.#chunks);
    this.#chunks = repeats ? chunks : [...this.#chunks, ...chunks];
  }

  #readSupport(support: JsonObject, text: string | undefined): Citation[] {
    const segment = objectField(support, 'segment');
    const cited = textField(segment, 'text');
    const range = {
      ...(cited === undefined ? {} : { text: cited }),
      ...characterRange(text, countField(segment, 'startIndex') ?? 0, countField(segment, 'endIndex'), cited),
    };
    return listField(support, 'groundingChunkIndices').flatMap((index) => {
      const chunk = typeof index === 'number' ? this.#chunks[index] : undefined;
      return chunk === undefined || typeof index !== 'number' ? [] : this.#cite(index, chunk, range);
    });
  }

  #cite(index: number, chunk: Json, range: Pick<Citation, 'text' | 'start' | 'end'>): Citation[] {
    const object = asJsonObject(chunk);
    const source = objectField(object, 'web') ?? objectField(object, 'retrievedContext') ?? objectField(object, 'maps');
    if (object === undefined || source === undefined) return [];
    this.#citedChunks.add(index);
    const url = textField(source, 'uri');
    const title = textField(source, 'title');
    return [
      { ...(url === undefined ? {} : { url }), ...(title === undefined ? {} : { title }), ...range, raw: object },
    ];
  }

  #readSources(metadata: JsonObject | undefined, text: string | undefined): Citation[] {
    const list = [...listField(metadata, 'citationSources'), ...listField(metadata, 'citations')];
    return list.flatMap((value): Citation[] => {
      const source = asJsonObject(value);
      if (source === undefined || !isNew(this.#sources, source)) return [];
      const url = textField(source, 'uri');
      const title = textField(source, 'title');
      const range = characterRange(
        text,
        countField(source, 'startIndex') ?? 0,
        countField(source, 'endIndex'),
        undefined,
      );
      return [
        {
          ...(url === undefined ? {} : { url }),
          ...(title === undefined ? {} : { title }),
          ...range,
          raw: { citationSource: source },
        },
      ];
    });
  }
}

function isNew(seen: Set<string>, value: JsonObject): boolean {
  const key = JSON.stringify(value);
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
}

/** Nothing where it can't be known: a wrong range marks the wrong words. */
function characterRange(
  text: string | undefined,
  start: number,
  end: number | undefined,
  cited: string | undefined,
): { readonly start?: number; readonly end?: number } {
  if (text === undefined || end === undefined || end < start) return {};
  const bytes = Buffer.from(text);
  if (end <= bytes.length) {
    const from = bytes.toString('utf8', 0, start).length;
    const to = bytes.toString('utf8', 0, end).length;
    if (cited === undefined || text.slice(from, to) === cited) return { start: from, end: to };
  }
  // Offsets count within one part of several: the words themselves tell, where they stand once.
  const first = cited === undefined ? -1 : text.indexOf(cited);
  if (cited === undefined || first < 0 || text.indexOf(cited, first + 1) >= 0) return {};
  return { start: first, end: first + cited.length };
}

/** Citations as the metadata of a candidate. `text`: the whole answer, for offsets; undefined when it is not kept. */
export function encodeCitations(citations: readonly Citation[], text: string | undefined): JsonObject {
  const recited = citations.flatMap(({ raw }) => asJsonObject(raw?.citationSource) ?? []);
  const grounded = citations.filter(({ raw }) => raw?.citationSource === undefined);
  const chunks: JsonObject[] = [];
  const places = new Map<string, number>();
  const supports = new Map<string, { readonly segment: JsonObject; readonly indices: number[] }>();
  for (const citation of grounded) {
    const chunk = chunkOf(citation);
    const key = JSON.stringify(chunk);
    const index = places.get(key) ?? chunks.push(chunk) - 1;
    places.set(key, index);
    const segment = segmentOf(citation, text);
    if (segment === undefined) continue;
    const support = supports.get(JSON.stringify(segment)) ?? { segment, indices: [] };
    support.indices.push(index);
    supports.set(JSON.stringify(segment), support);
  }
  const groundingSupports = [...supports.values()].map(({ segment, indices }) => ({
    segment,
    groundingChunkIndices: indices,
  }));
  return {
    ...(chunks.length === 0
      ? {}
      : {
          groundingMetadata: {
            groundingChunks: chunks,
            ...(groundingSupports.length === 0 ? {} : { groundingSupports }),
          },
        }),
    ...(recited.length === 0 ? {} : { citationMetadata: { citationSources: recited } }),
  };
}

function chunkOf({ url, title, raw }: Citation): JsonObject {
  if (raw !== undefined && ['web', 'retrievedContext', 'maps'].some((kind) => field(raw, kind) !== undefined))
    return raw;
  return { web: { ...(url === undefined ? {} : { uri: url }), ...(title === undefined ? {} : { title }) } };
}

function segmentOf({ text: cited, start, end }: Citation, text: string | undefined): JsonObject | undefined {
  const range =
    text === undefined || start === undefined || end === undefined
      ? {}
      : { startIndex: Buffer.byteLength(text.slice(0, start)), endIndex: Buffer.byteLength(text.slice(0, end)) };
  const segment = { ...range, ...(cited === undefined ? {} : { text: cited }) };
  return Object.keys(segment).length === 0 ? undefined : segment;
}
