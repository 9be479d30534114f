/** Kinds of things that a field of a kustomization names. */
export type NamedBy =
  /** A file with objects, or a folder with a kustomization. */
  | 'resource'
  /** A folder with a component. */
  | 'component'
  /** A file. */
  | 'file'
  /** A file behind an optional `key=`. */
  | 'keyed file'
  /** A file with a patch, or the patch itself. */
  | 'patch'
  /** A file or folder with the configuration of a transformer or generator, or the configuration itself. */
  | 'configuration';

/** A field that names files, by the keys that lead to it; a list stands for each of its items. */
export interface NamingField {
  readonly keys: readonly string[];
  readonly names: NamedBy;
}

const sources: readonly NamingField[] = [
  { keys: ['files'], names: 'keyed file' },
  { keys: ['envs'], names: 'file' },
  { keys: ['env'], names: 'file' },
];

/** The fields of a kustomization that name files: `api/types/kustomization.go` of sigs.k8s.io/kustomize. */
export const namingFields: readonly NamingField[] = [
  { keys: ['resources'], names: 'resource' },
  { keys: ['bases'], names: 'resource' },
  { keys: ['components'], names: 'component' },
  { keys: ['crds'], names: 'file' },
  { keys: ['configurations'], names: 'file' },
  { keys: ['generators'], names: 'configuration' },
  { keys: ['transformers'], names: 'configuration' },
  { keys: ['validators'], names: 'configuration' },
  { keys: ['patches', 'path'], names: 'file' },
  { keys: ['patchesJson6902', 'path'], names: 'file' },
  { keys: ['patchesStrategicMerge'], names: 'patch' },
  { keys: ['replacements', 'path'], names: 'file' },
  { keys: ['openapi', 'path'], names: 'file' },
  ...['configMapGenerator', 'secretGenerator'].flatMap((generator) =>
    sources.map(({ keys, names }) => ({ keys: [generator, ...keys], names })),
  ),
];

/** Fields for which kustomize starts helm. */
export const chartFields: readonly string[] = ['helmCharts', 'helmChartInflationGenerator'];

/** Fields that name no file. */
const silentFields = [
  ...['apiVersion', 'kind', 'metadata', 'namePrefix', 'nameSuffix', 'namespace', 'commonLabels', 'labels'],
  ...['commonAnnotations', 'images', 'imageTags', 'replicas', 'vars', 'sortOptions', 'generatorOptions'],
  ...['buildMetadata', 'helmGlobals'],
];

/** Every field that is known, in small letters. */
export const knownFields: ReadonlySet<string> = new Set(
  [...silentFields, ...chartFields, ...namingFields.map(({ keys }) => keys[0]!)].map(foldedKey),
);

/** Fields of files that the built-in transformers and generators read, by their kind. */
export const builtinFields: ReadonlyMap<string, readonly NamingField[]> = new Map<string, readonly NamingField[]>([
  ['PatchTransformer', [{ keys: ['path'], names: 'file' }]],
  ['PatchJson6902Transformer', [{ keys: ['path'], names: 'file' }]],
  ['PatchStrategicMergeTransformer', [{ keys: ['paths'], names: 'patch' }]],
  ['ReplacementTransformer', [{ keys: ['replacements', 'path'], names: 'file' }]],
  ['ConfigMapGenerator', sources],
  ['SecretGenerator', sources],
  ...[
    ...['AnnotationsTransformer', 'HashTransformer', 'IAMPolicyGenerator', 'ImageTagTransformer', 'LabelTransformer'],
    ...['NamespaceTransformer', 'PrefixTransformer', 'PrefixSuffixTransformer', 'ReplicaCountTransformer'],
    ...['SortOrderTransformer', 'SuffixTransformer', 'ValueAddTransformer', 'LegacyOrderTransformer'],
  ].map((kind): [string, readonly NamingField[]] => [kind, []]),
]);

/** A key as Go's JSON compares it, which does not tell large letters from small ones. */
export function foldedKey(key: string): string {
  return key.replaceAll('\u017f', 's').replaceAll('\u212a', 'k').toLowerCase();
}
