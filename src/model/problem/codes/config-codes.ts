import { error } from './code-info.js';

/** Codes about the config file. */
export const configCodes = {
  'config-missing': error('There is no image-pull.yaml.', 'Run `init`, or name the file with --config.'),
  'config-invalid': error(
    'image-pull.yaml is not YAML, or holds a key that no file should hold.',
    'Mend the line that is named; `npx cdk8s-image-pull init -c new.yaml` shows a config that is right.',
  ),
  'config-unknown-key': error(
    'A key is not part of the vocabulary.',
    'Write the key as docs/config.md has it, where docs/config.md has it.',
  ),
  'config-wrong-type': error(
    'A value has another type or form than its key takes.',
    'Write it in one of the forms that docs/config.md lists.',
  ),
};
