/**
 * `error`: broken input, nothing is written, exit 2. `finding`: the answer is incomplete or unsafe, the rest is
 * written, exit 1. `warning`: worth knowing, exit 0.
 */
export type Severity = 'error' | 'finding' | 'warning';

/** What a code means: its severity, how it comes about and what mends it. */
export interface ProblemCodeInfo {
  readonly severity: Severity;
  readonly cause: string;
  readonly mend: string;
}

const error = (cause: string, mend: string): ProblemCodeInfo => ({ severity: 'error', cause, mend });
const finding = (cause: string, mend: string): ProblemCodeInfo => ({ severity: 'finding', cause, mend });
const warning = (cause: string, mend: string): ProblemCodeInfo => ({ severity: 'warning', cause, mend });

const codes = {
  // image references and docker configs
  'image-reference-invalid': finding(
    "The image is not a reference by distribution's grammar; the kubelet answers InvalidImageName.",
    'Correct the image. Variables must be substituted before the manifest is read.',
  ),
  'docker-config-invalid': error(
    'The document is not what the kubelet, the API server or kubectl accept as a docker config.',
    'Make it again with `kubectl create secret docker-registry` or `docker login`, or correct the entry that is named.',
  ),
  'docker-config-inert': warning(
    'The kubelet reads the document without complaint and finds no usable credential in it.',
    'Use entries with user name and password (or `auth`) under `auths`; credential helpers and tokens stay on the machine they were made on.',
  ),
  // manifests
  'manifest-invalid': error(
    'The file is not YAML or JSON.',
    'Correct it at the place that is named, or leave it out with a `!pattern` in workloads.',
  ),
  'manifest-not-text': error(
    'The file holds bytes that are not UTF-8 text.',
    'Leave it out with a `!pattern` in workloads.',
  ),
  'manifest-not-an-object': error(
    'A document is not a Kubernetes object: it has no apiVersion and kind.',
    'Leave the file out with a `!pattern` in workloads; values files and CI definitions are not manifests.',
  ),
  'manifest-wrong-type': error(
    'A field that must be read has another type than Kubernetes expects.',
    'Correct the field.',
  ),
  'manifest-too-large': error(
    'The file is larger than this tool reads at once.',
    'Split it, or leave it out with a `!pattern` in workloads.',
  ),
  'manifest-alias': error(
    'A YAML alias is unknown, loops or multiplies the document beyond all use.',
    'Write the value out.',
  ),
  'manifest-unreadable': error('The file or folder cannot be read.', 'Check the path and its permissions.'),
  'manifest-is-a-base': error(
    'The folder holds a kustomization.yaml or Chart.yaml: what is applied is not what stands in it.',
    'Render it and read the result, from a file or from standard input.',
  ),
  'no-manifests': error(
    'A pattern of workloads matches no file.',
    'Correct the pattern; it is relative to the config file.',
  ),
} satisfies Record<string, ProblemCodeInfo>;

/** The name of a kind of problem. */
export type ProblemCode = keyof typeof codes;

/** Every code with its severity, cause and mend; docs/errors.md is generated from it. */
export const problemCodes: Readonly<Record<ProblemCode, ProblemCodeInfo>> = codes;
