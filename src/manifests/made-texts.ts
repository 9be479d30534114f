import type { EntryInfo, EntryInfos, ManifestFile } from './files.js';
import type { Made, MadeManifest } from './made.js';

/** A text with all that its appliers say about the objects in it. */
interface MadeText {
  readonly file: string;
  readonly text: string;
  readonly infos: EntryInfos;
}

/** The manifests that were made, each text once: what several objects apply is in the namespace of each of them. */
export class MadeTexts {
  readonly #texts = new Map<string, MadeText>();

  constructor({ manifests }: Pick<Made, 'manifests'>) {
    for (const manifest of manifests) {
      const { file, text } = manifest;
      const known = this.#texts.get(file);
      const info = infoOf(manifest);
      this.#texts.set(file, { file, text, infos: known ? withInfo(known.infos, info) : [info] });
    }
  }

  /** Gives what is known about a file that is read anyway; it is none of the {@link others} from then on. */
  withFile({ file, infos }: ManifestFile): EntryInfos {
    const own = this.#texts.get(file);
    this.#texts.delete(file);
    return (own?.infos ?? []).reduce(withInfo, infos);
  }

  /** The texts of which no file was asked for. */
  others(): Iterable<MadeText> {
    return this.#texts.values();
  }
}

function infoOf({ namespace, source }: MadeManifest): EntryInfo {
  return { ...(namespace !== undefined && { namespace }), ...(source && { source }) };
}

/** Counts in each namespace that is given, and in none only where none is. */
function withInfo(infos: EntryInfos, info: EntryInfo): EntryInfos {
  if (info.namespace === undefined || infos.some(({ namespace }) => namespace === info.namespace)) return infos;
  const [first, ...others] = infos;
  return first.namespace === undefined ? [{ ...first, ...info }, ...others] : [...infos, info];
}
