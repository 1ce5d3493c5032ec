/** The file is not of a kind that can be edited. `message` says what is in the way, and never quotes the file. */
export class EditRefused extends Error {
  override readonly name = 'EditRefused';
}
