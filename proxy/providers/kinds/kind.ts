/** What makes one kind of provider different from the others: a small delta over its protocol. */
import type { Protocol } from '../../core/protocol.ts';
import type { Quirks } from '../../protocols/translation.ts';
import type { Authenticate } from '../authentication.ts';
import type { ModelList } from '../model-lists/model-list.ts';

export interface Kind {
  readonly label: string;
  /** Where it is unless the config says otherwise. Undefined: the config has to say it. */
  readonly baseUrl?: string;
  readonly needsCredential: boolean;
  /** The page where a person makes a key. */
  readonly keysUrl?: string;
  /** What it speaks; the first is what other protocols are translated to. */
  readonly protocols: readonly [Protocol, ...Protocol[]];
  readonly quirks: Readonly<Quirks>;
  /** What some of its models refuse on top of that, told by their names: providers give no other sign. */
  readonly quirksOfModel?: (modelId: string) => Readonly<Quirks>;
  readonly authenticate: Authenticate;
  /** Undefined: it has no list of models that its credential may read. */
  readonly modelList?: ModelList;
  /** Runs on the person's own hardware: its models cost nothing by the token. */
  readonly ownHardware?: true;
}
