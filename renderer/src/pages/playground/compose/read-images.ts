/** Pictures that a person picked, pasted or dropped, read into memory. Nothing is written anywhere. */
import { IMAGE_BYTES_MAX, IMAGE_TYPES, IMAGES_MAX } from '../../../../../proxy/contract/playground.ts';
import { formatBytes } from '../../../format/bytes.ts';
import type { AttachedImage } from '../state/conversation.ts';

export interface ReadImages {
  readonly images: readonly AttachedImage[];
  /** One sentence for each file that was not taken. */
  readonly refused: readonly string[];
}

/** `already`: how many the message has. Throws nothing: a file that cannot be read is refused in words. */
export async function readImages(files: readonly File[], already: number): Promise<ReadImages> {
  const images: AttachedImage[] = [];
  const refused: string[] = [];
  for (const file of files) {
    const trouble = troubleWith(file, already + images.length);
    if (trouble !== undefined) {
      refused.push(trouble);
      continue;
    }
    const dataUrl = await dataUrlOf(file);
    if (dataUrl === undefined) refused.push(`${file.name} could not be read.`);
    else images.push({ id: crypto.randomUUID(), name: file.name, bytes: file.size, dataUrl });
  }
  return { images, refused };
}

/** Why a file is not taken; undefined: it is. */
export function troubleWith(file: Pick<File, 'name' | 'type' | 'size'>, already: number): string | undefined {
  const types: readonly string[] = IMAGE_TYPES;
  if (!types.includes(file.type)) return `${file.name} is not a PNG, JPEG, WebP or GIF.`;
  if (file.size > IMAGE_BYTES_MAX) {
    return `${file.name} has ${formatBytes(file.size)}; an image may have ${formatBytes(IMAGE_BYTES_MAX)} at most.`;
  }
  return already >= IMAGES_MAX ? `A message takes ${IMAGES_MAX} images at most; ${file.name} was left out.` : undefined;
}

function dataUrlOf(file: File): Promise<string | undefined> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(typeof reader.result === 'string' ? reader.result : undefined);
    reader.onerror = () => resolve(undefined);
    reader.readAsDataURL(file);
  });
}
