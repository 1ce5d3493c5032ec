/** A label names one version of a prompt for good. */
export class LabelTaken extends Error {
  override readonly name = 'LabelTaken';

  constructor(version: number) {
    super(`Version ${version} has this label already, and versions are never changed. Choose another label.`);
  }
}
