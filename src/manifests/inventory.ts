import path from 'node:path';
import type { Inventory } from '../model/inventory/found-inventory.js';
import { InventoryBuilder } from '../model/inventory/inventory.js';
import type { ObjectTaker } from '../model/inventory/listed-objects.js';
import { comparePlaces } from '../model/inventory/object-head.js';
import type { PodKind, PodKindSpec } from '../model/inventory/pod-kind.js';
import { PodKindIndex, podKindOf } from '../model/inventory/pod-kind-index.js';
import type { Unseen } from '../model/inventory/unseen-object.js';
import { At } from '../model/problem/at.js';
import { type Problem, placeOf, placeText } from '../model/problem/problem.js';
import { words } from '../model/problem/shown.js';
import { sealedFolder } from '../model/sealing/sealed-path.js';
import type { WorkloadsSpec } from '../model/vocabulary/spec.js';
import { fileEntries } from '../model/vocabulary/workloads.js';
import { besideCluster, headerPrefix } from '../output/header.js';
import { isOwnObject } from '../output/own-object.js';
import { readDocuments } from '../yaml/documents.js';
import { TextPool } from '../yaml/text.js';
import type { Sift } from './changes/sift.js';
import { DiskText, type FoundText, textIn } from './disk-text.js';
import { type EntryInfos, type ManifestFile, type SeenFolders, selectFiles } from './files.js';
import { reasonOf } from './folder-walk.js';
import type { LeftOut } from './left-out.js';
import { type Made, nothingMade } from './made.js';
import { MadeTexts } from './made-texts.js';

const largest = 64 * 1024 * 1024;
/** How standard input is called in messages. */
export const stdinName = '<stdin>';

/** Choice of what to read, and how. */
export interface ReadOptions {
  /** The folder that patterns are relative to. */
  readonly base: string;
  readonly workloads: readonly WorkloadsSpec[];
  /** Manifests of entries that are rendered or followed. @default - nothing */
  readonly made?: Made | undefined;
  /** Bytes that `-` stands for. @default - an entry `-` is an error */
  readonly stdin?: Uint8Array | undefined;
  /** Kinds of the user's own that run pods. @default - none */
  readonly podKinds?: readonly PodKindSpec[] | undefined;
  /** Keeps the values of Secrets, wrapped so that they do not print. @default false */
  readonly keepSecretData?: boolean;
  /** Reads what this package wrote, too. @default false: output is not input */
  readonly readOutput?: boolean;
  /** Tells texts that are parsed from those that are passed over. @default - all are parsed */
  readonly sift?: Sift | undefined;
}

/**
 * Reads manifests into an inventory: each file once, in one pass. Problems never show a value of a Secret, and they
 * come in the order of files and lines.
 *
 * @returns the inventory of all that could be read, and problems of the codes `no-manifests`, `manifest-*` and
 * `pod-kind-invalid`
 */
export function readInventory(options: ReadOptions): InventoryRead {
  return new InventoryReader(options).read();
}

/** Answer of {@link readInventory}. */
export interface InventoryRead {
  readonly inventory: Inventory;
  readonly problems: readonly Problem[];
  /** The files that hold an object. */
  readonly withObjects: ReadonlySet<string>;
  /** The files that entries select, absolute and without links. */
  readonly selected: ReadonlySet<string>;
  /** True if a file among them is one that an earlier run put beside workloads. */
  readonly besideSeen: boolean;
  readonly coverage: Coverage;
}

/** How much was read, and what was left out. */
export interface Coverage {
  readonly files: number;
  /** How many texts were rendered. */
  readonly rendered: number;
  readonly objects: number;
  /** How many objects there are of each kind. */
  readonly kinds: ReadonlyMap<string, number>;
  readonly leftOut: readonly LeftOut[];
  /** Looks for the folders with a kustomization that no entry leads to. */
  readonly idle: () => readonly string[];
}

class InventoryReader {
  readonly #options: ReadOptions;
  readonly #problems: Problem[] = [];
  readonly #pool = new TextPool();
  readonly #disk = new DiskText();
  /** The files that hold an object, or about which a problem says something. */
  readonly #told = new Set<string>();
  readonly #withObjects = new Set<string>();
  /** Where ciphertext is placed. */
  readonly #sealed: string;
  #files = 0;
  readonly #kinds = new Map<string, number>();
  #besideSeen = false;
  /** How many files were passed over that this package wrote. */
  #output = 0;
  /** How many that it reads as a config. */
  #configs = 0;

  constructor(options: ReadOptions) {
    this.#options = options;
    this.#sealed = path.resolve(options.base, sealedFolder) + path.sep;
  }

  read(): InventoryRead {
    const { base, workloads, stdin: input, made = nothingMade } = this.#options;
    const builder = new InventoryBuilder(new PodKindIndex(this.#podKinds()));
    const { files, stdin, entries, leftOut, problems } = selectFiles(base, fileEntries(workloads), seenBy(made, base));
    for (const problem of [...problems, ...made.problems]) this.#miss(problem, builder);
    if (stdin && input) this.#found(textIn(input, largest), stdinName, stdin, builder);
    else if (stdin) this.#unreadable(stdinName, 'nothing was handed in as standard input', builder);
    const texts = new MadeTexts(made);
    for (const file of files) this.#file({ ...file, infos: texts.withFile(file) }, builder);
    for (const { file, text, infos } of texts.others()) this.#found({ text }, file, infos, builder);
    for (const { isManaged, ...namespace } of made.namespaces) if (isManaged) builder.create(namespace);
    this.#problems.push(...this.#emptyEntries([...entries, ...(stdin ? [['-', new Set([stdinName])] as const] : [])]));
    if (this.#configs > 0) leftOut.note('a config of this tool', 'image-pull.yaml', this.#configs);
    if (this.#output > 0) leftOut.note('written by this tool', 'output', this.#output);
    const inventory = withoutFollowed(builder.build(this.#files), made);
    // What several objects apply is one text.
    const rendered = new Set(made.manifests.flatMap(({ file, source }) => (source ? [file] : []))).size;
    return {
      inventory,
      problems: inOrder(this.#problems),
      withObjects: this.#withObjects,
      selected: new Set(files.map((file) => file.path)),
      besideSeen: this.#besideSeen,
      coverage: {
        files: this.#files - rendered,
        rendered,
        objects: inventory.objects,
        kinds: this.#kinds,
        leftOut: leftOut.all(),
        idle: made.idle,
      },
    };
  }

  #podKinds(): PodKind[] {
    const kinds: PodKind[] = [];
    for (const [index, spec] of (this.#options.podKinds ?? []).entries()) {
      const { kind, problems } = podKindOf(spec, ['podKinds', index]);
      if (kind) kinds.push(kind);
      this.#problems.push(...problems);
    }
    return kinds;
  }

  /**
   * Notes what cannot be read, which costs no more than that: what it was given before stays, as nobody knows what it
   * needs.
   */
  #miss(problem: Problem, builder: InventoryBuilder): void {
    this.#problems.push(problem);
    // Of an object that is read but for a field the builder knows more.
    if (problem.code !== 'manifest-wrong-type') builder.miss({ file: placeOf(problem)?.file ?? '' });
  }

  /** Entries whose files hold no object at all, and nothing that is said about them. */
  #emptyEntries(entries: readonly (readonly [string, ReadonlySet<string>])[]): Problem[] {
    return entries.flatMap(([pattern, files]): Problem[] => {
      if ([...files].some((file) => this.#told.has(file))) return [];
      return [
        At.of().find(
          'nothing-read',
          words`workloads: no file that ${JSON.stringify(pattern)} matches holds an object`,
          'correct the entry, or take it away; what this tool wrote is not read back',
        ),
      ];
    });
  }

  #file({ path: real, file, infos }: ManifestFile, builder: InventoryBuilder): void {
    let found: FoundText;
    try {
      found = this.#disk.read(real, largest);
    } catch (error) {
      return this.#unreadable(file, reasonOf(error), builder);
    }
    const { readOutput, sift } = this.#options;
    if (!readOutput && real.startsWith(this.#sealed) && isCiphertext(file, found)) this.#output++;
    else if (sift?.keeps({ path: real, file, found, infos }) === false) this.#passOver(file);
    else this.#found(found, file, infos, builder);
  }

  /** A file that is passed over holds objects all the same. */
  #passOver(file: string): void {
    this.#told.add(file);
    this.#withObjects.add(file);
  }

  #found(found: FoundText, file: string, infos: EntryInfos, builder: InventoryBuilder): void {
    if (typeof found === 'string') {
      const at = At.of(startOf(file));
      this.#told.add(file);
      return this.#miss(
        found === 'too large'
          ? at.find('manifest-too-large', 'the file is larger than 64 MiB')
          : at.find('manifest-not-text', 'the file is not UTF-8 text'),
        builder,
      );
    }
    const { text } = found;
    // A stream may begin with output and go on with other manifests.
    if (file !== stdinName && !this.#options.readOutput && text.startsWith(headerPrefix)) {
      this.#besideSeen ||= besideCluster(text) !== undefined;
      this.#output++;
      return;
    }
    if (isConfigText(text)) {
      this.#configs++;
      return;
    }
    this.#files++;
    const { keepSecretData = false, readOutput = false } = this.#options;
    const [info, ...further] = infos;
    const take: ObjectTaker = (object, hint) => {
      // Comments do not outlive a rendering; labels do.
      if (!readOutput && isOwnObject(object)) return [];
      this.#told.add(file);
      this.#withObjects.add(file);
      const kind = object.get('kind')?.string() || hint.kind || '';
      this.#kinds.set(kind, (this.#kinds.get(kind) ?? 0) + 1);
      return builder.add(object, { ...hint, ...info, keepSecretData }, further);
    };
    for (const problem of readDocuments({ file, text }, take, this.#pool)) {
      this.#told.add(file);
      this.#miss(problem, builder);
    }
  }

  #unreadable(file: string, reason: string, builder: InventoryBuilder): void {
    this.#told.add(file);
    this.#miss(At.of().find('manifest-unreadable', words`${file} cannot be read: ${reason}`), builder);
  }
}

/** A config lies in the folder of manifests where an entry is `.`: one document, and no object. */
function isConfigText(text: string): boolean {
  const isLike = text.includes('\nclusters:') && /^version: 1\s*$/m.test(text);
  return isLike && !/^["']?(?:kind|apiVersion)["']?\s*:|\n---/m.test(text);
}

/** True for ciphertext that is placed, whoever made it; other manifests may lie beside such files. */
function isCiphertext(file: string, found: FoundText): boolean {
  if (typeof found === 'string') return false;
  let isOther = false;
  const problems = readDocuments({ file, text: found.text }, (object, hint) => {
    isOther ||= !/^(?:Sealed)?Secret$/.test(object.get('kind')?.string() || hint.kind || '');
    return [];
  });
  return !isOther && problems.every(({ code }) => code !== 'manifest-not-an-object');
}

/** Files that renderings have seen; the files of plain folders are read like others. */
function seenBy({ reached, unrendered, manifests }: Made, base: string): SeenFolders {
  const plain = new Set(manifests.flatMap(({ file, source }) => (source ? [] : path.resolve(base, file))));
  return { reached: new Set([...reached].filter((each) => !plain.has(each))), unrendered };
}

/**
 * GitOps objects that were followed stand for nothing that was not seen; where nothing could be rendered, the images in
 * their values are all that is known.
 */
function withoutFollowed(inventory: Inventory, { followed, failed }: Made): Inventory {
  if (followed.size === 0) return inventory;
  const unseen = inventory.unseen.flatMap((each): Unseen[] => {
    if (each.is !== 'stand-in' || !each.place || !followed.has(placeText(each.place))) return [each];
    const isKnown = failed.has(placeText(each.place)) && each.images.some(({ isNamed }) => isNamed);
    return isKnown ? [{ ...each, isFollowed: true }] : [];
  });
  return { ...inventory, unseen };
}

function startOf(file: string): { file: string; line: number; column: number } {
  return { file, line: 1, column: 1 };
}

function inOrder(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) => comparePlaces(placeOf(a), placeOf(b)));
}
