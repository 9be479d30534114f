import { headText, type ObjectContext } from './object-head.js';
import { groupOf } from './pod-kind-index.js';
import type { Tree } from './tree.js';
import { follow, parseTreePath } from './tree-path.js';

/** A kind whose objects hold others, which somebody makes of them as they stand or with parameters in them. */
interface Embedding {
  readonly group: string;
  readonly kind: string;
  /** The paths of the objects, or of lists of them. */
  readonly objects: readonly string[];
  /** Where the parameters stand, by which field they have a value, and how a text names one. @default - there are none */
  readonly parameters?: { readonly at: string; readonly value: string; readonly variable: RegExp };
  /** Whether objects that name no namespace are made in that of the object around them. @default false */
  readonly isLocal?: boolean;
}

const openShiftTemplate = {
  kind: 'Template',
  objects: ['objects[]'],
  parameters: { at: 'parameters[]', value: 'value', variable: /\$\{\{?([A-Za-z0-9_]+)\}?\}/g },
};

/** Every such kind that is known. */
const embeddings: readonly Embedding[] = [
  // OpenShift: github.com/openshift/api template/v1; its first version had no group
  { group: 'template.openshift.io', ...openShiftTemplate },
  { group: '', ...openShiftTemplate },
  // Tekton: github.com/tektoncd/triggers pkg/apis/triggers/v1beta1
  {
    group: 'triggers.tekton.dev',
    kind: 'TriggerTemplate',
    objects: ['spec.resourcetemplates[]'],
    parameters: { at: 'spec.params[]', value: 'default', variable: /\$\(tt\.params\.([\w-]+)\)/g },
    isLocal: true,
  },
  // Argo Events: github.com/argoproj/argo-events pkg/apis/events/v1alpha1/sensor_types.go
  {
    group: 'argoproj.io',
    kind: 'Sensor',
    objects: ['k8s', 'argoWorkflow'].map((trigger) => `spec.triggers[].template.${trigger}.source.resource`),
    isLocal: true,
  },
];

/** An object inside of another one, and what is known of it from there. */
export interface EmbeddedObject {
  readonly object: Tree;
  readonly context: ObjectContext;
}

/** The objects that an object holds, with its parameters in them; undefined for a kind that holds none. */
export function embeddedIn(object: Tree, context: ObjectContext): readonly EmbeddedObject[] | undefined {
  const apiVersion = object.get('apiVersion')?.string() ?? context.apiVersion ?? '';
  const kind = object.get('kind')?.string() ?? context.kind ?? '';
  const embedding = embeddings.find((each) => each.kind === kind && each.group === groupOf(apiVersion));
  if (!embedding) return undefined;
  const name = object.get('metadata')?.get('name')?.string() ?? '';
  const own = object.get('metadata')?.get('namespace')?.string();
  const namespace = embedding.isLocal && own ? own : context.namespace;
  const fill = fillerOf(object, embedding);
  return embedding.objects
    .flatMap((path) => below(object, path))
    .filter((each) => each.kind === 'map')
    .map((each) => ({
      object: fill ? new FilledTree(each, fill) : each,
      // What stands in it is edited where it stands, by people.
      context: {
        ...(namespace !== undefined && { namespace }),
        source: context.source ?? { rendered: headText({ kind, name, namespace: own }) },
      },
    }));
}

function below(object: Tree, path: string): Tree[] {
  const parsed = parseTreePath(path);
  if (typeof parsed === 'string') return [];
  return follow({ tree: object, path: [] }, parsed.steps, () => undefined).map(({ tree }) => tree);
}

type Fill = (text: string) => string;

/** A parameter without a value stays as it stands, so that an image with it is a finding. */
function fillerOf(object: Tree, { parameters }: Embedding): Fill | undefined {
  if (!parameters) return undefined;
  const values = new Map(
    below(object, parameters.at).map((each) => [
      each.get('name')?.string() ?? '',
      each.get(parameters.value)?.string(),
    ]),
  );
  return (text) => text.replace(parameters.variable, (all, name: string) => values.get(name) ?? all);
}

/** A tree in whose texts, but not in its keys, parameters have their values. */
class FilledTree implements Tree {
  readonly #tree: Tree;
  readonly #fill: Fill;

  constructor(tree: Tree, fill: Fill) {
    this.#tree = tree;
    this.#fill = fill;
  }

  get kind(): Tree['kind'] {
    return this.#tree.kind;
  }

  get(key: string): Tree | undefined {
    const value = this.#tree.get(key);
    return value && new FilledTree(value, this.#fill);
  }

  items(): readonly Tree[] {
    return this.#tree.items().map((item) => new FilledTree(item, this.#fill));
  }

  entries(): readonly (readonly [string, Tree])[] {
    return this.#tree.entries().map(([key, value]) => [key, new FilledTree(value, this.#fill)]);
  }

  string(): string | undefined {
    const text = this.#tree.string();
    return text === undefined ? undefined : this.#fill(text);
  }

  boolean(): boolean | undefined {
    return this.#tree.boolean();
  }

  number(): number | undefined {
    return this.#tree.number();
  }

  place(): ReturnType<Tree['place']> {
    return this.#tree.place();
  }

  marks(): readonly string[] {
    return this.#tree.marks();
  }
}
