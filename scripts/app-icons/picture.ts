/** A square picture, as a file and as its points. */
export interface Picture {
  readonly sizePx: number;
  readonly png: Buffer;
  /** Row by row from the top: red, green, blue, alpha. */
  readonly rgba: Uint8Array;
}
