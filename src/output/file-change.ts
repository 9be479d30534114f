import fs from 'node:fs';
import { diskCode } from './disk-error.js';

/** The change of a file or folder that is prepared and not yet made. */
export interface FileChange {
  readonly file: string;
  /** Where it is prepared, or where what was is kept until all changes are made. */
  readonly temporary: string;
  /** True where the temporary file outlives the change. */
  readonly keeps?: true;
  /** Makes it, or throws and leaves what was. */
  make(): void;
  /** Gives back what was, after {@link make}. */
  takeBack(): void;
}

/** A file or folder that was not there. */
export function creation(file: string, temporary: string): FileChange {
  return {
    file,
    temporary,
    make: () => fs.renameSync(temporary, file),
    takeBack: () => fs.renameSync(file, temporary),
  };
}

/** A file that another one takes the place of, at once. */
export function replacement(file: string, temporary: string, stats: fs.Stats): FileChange {
  let former: Buffer;
  return {
    file,
    temporary,
    make: () => {
      former = fs.readFileSync(file);
      fs.renameSync(temporary, file);
    },
    takeBack: () => {
      writeNew(temporary, former);
      giveLooks(temporary, stats);
      fs.renameSync(temporary, file);
    },
  };
}

/**
 * A file whose bytes are written anew. It keeps its links and its owner, which no other file can take over, and so it
 * is not replaced at once: whoever reads in this moment may read half of it. What a kill in this moment cuts is whole
 * in the temporary file.
 */
export function overwriting(file: string, temporary: string, text: string): FileChange {
  let former: Buffer;
  const takeBack = () => overwrite(file, former);
  return {
    file,
    temporary,
    keeps: true,
    make: () => {
      former = fs.readFileSync(file);
      try {
        overwrite(file, Buffer.from(text));
      } catch (error) {
        takeBack();
        throw error;
      }
    },
    takeBack,
  };
}

/** A file that goes. It is put aside first: a name is given back where a text could not be. */
export function removal(file: string, temporary: string): FileChange {
  return {
    file,
    temporary,
    keeps: true,
    make: () => fs.renameSync(file, temporary),
    takeBack: () => fs.renameSync(temporary, file),
  };
}

/** Writes a file that must not exist; a secret one is for its owner alone. */
export function writeNew(file: string, text: string | Buffer, isSecret = false): void {
  fs.writeFileSync(file, text, { flag: 'wx', mode: isSecret ? 0o600 : 0o644 });
}

/** Gives a file that has just been made, exclusively, owner and mode of another. Says whether the owner could be given. */
export function giveLooks(made: string, { uid, gid, mode }: fs.Stats): boolean {
  const own = fs.lstatSync(made);
  const isOwners = (own.uid === uid && own.gid === gid) || giveTo(made, uid, gid);
  if (mode !== own.mode) fs.chmodSync(made, mode & 0o7777);
  return isOwners;
}

function giveTo(made: string, uid: number, gid: number): boolean {
  try {
    fs.chownSync(made, uid, gid);
    return true;
  } catch (error) {
    if (diskCode(error) === undefined) throw error;
    return false;
  }
}

/** Shortens it last: a longer text never loses its end on the way. */
function overwrite(file: string, bytes: Buffer): void {
  const descriptor = fs.openSync(file, fs.constants.O_RDWR | (fs.constants.O_NOFOLLOW ?? 0));
  try {
    fs.writeFileSync(descriptor, bytes);
    fs.ftruncateSync(descriptor, bytes.length);
  } finally {
    fs.closeSync(descriptor);
  }
}
