import { error, unseen } from './code-info.js';

/** Codes about what manifests are and hold. */
export const manifestCodes = {
  'manifest-invalid': unseen(
    'The file is not YAML or JSON.',
    'Mend the line that is named, or leave the file out with a `!pattern` in workloads.',
  ),
  'manifest-not-text': unseen(
    'The file holds bytes that are not UTF-8 text.',
    'Leave it out with a `!pattern` in workloads.',
  ),
  'manifest-not-an-object': unseen(
    'A document is not a Kubernetes object: it has no apiVersion and kind.',
    'Leave the file out with a `!pattern` in workloads; values files and CI definitions are not manifests.',
  ),
  'manifest-wrong-type': unseen(
    'A field that must be read has another type than Kubernetes expects, or is missing: an object without a name, a container without an image.',
    'Write the field as the Kubernetes API has it: text in quotes, a list where a list belongs, every name and image.',
  ),
  'manifest-name-invalid': unseen(
    'A manifest has a namespace or service account that Kubernetes does not take; nothing is written for that workload.',
    'Use the letters that the message lists.',
  ),
  'manifest-too-large': unseen(
    'The file is larger than this tool reads at once.',
    'Split it, or leave it out with a `!pattern` in workloads.',
  ),
  'manifest-alias': unseen(
    'A YAML alias is unknown, loops or multiplies the document beyond all use.',
    'Write the value out.',
  ),
  'manifest-unreadable': unseen('The file or folder cannot be read.', 'Check the path and its permissions.'),
  'manifest-not-editable': error(
    'A manifest that `attach` must edit is a link, read-only, outside of the repository or gone. No file is touched.',
    'Mend what is named, or edit that manifest by hand.',
  ),
  'manifest-changed': error('A manifest changed while `attach` was at work. No file is touched.', 'Run attach again.'),
  'manifest-is-a-base': unseen(
    'The folder holds a kustomization.yaml or Chart.yaml: what is applied is not what stands in it.',
    'List { kustomize: <folder> }, or { helm: <folder>, release: <name>, namespace: <name> }, under workloads, or leave the folder out with a `!pattern`.',
  ),
};
