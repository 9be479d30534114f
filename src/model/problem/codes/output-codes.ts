import { error } from './code-info.js';

/** Codes about the output folder. */
export const outputCodes = {
  'output-not-writable': error(
    'The output cannot be written: a file stands where a folder must be, or the disk refuses.',
    'Mend what is named and run again; nothing half-written is left behind.',
  ),
  'output-foreign-file': error(
    'Something that this tool did not write stands where it must write a file.',
    'Move or delete it, or choose another output folder.',
  ),
  'output-path-outside': error(
    'A path of the output leaves the output folder, by itself or through a symbolic link.',
    'Replace the link by a folder, or choose another output folder.',
  ),
  'docker-config-lacks-registry': error(
    'A docker config has no usable entry for a registry of the pull secret.',
    'Log in to that registry without a credential store, or name another file.',
  ),
};
