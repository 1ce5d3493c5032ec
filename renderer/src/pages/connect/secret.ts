/** An access key that this page holds in memory, to fill it in; leaving the page forgets it. */
export interface Secret {
  readonly value: string;
  /** `made`: just now, and readable this once. `own`: the person typed it. */
  readonly from: 'made' | 'own';
}
