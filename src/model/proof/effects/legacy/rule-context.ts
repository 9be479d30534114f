import { ImageReference } from '../../../image/image-reference.js';
import type { ContainerSeen } from '../../effects.js';
import { evaluateJmes } from '../jmespath/jmespath.js';
import { fault, unknown, type Value, ValueMap } from '../language/value.js';
import { at, itemsOf, textOf } from '../plain.js';
import type { Matched } from '../subject.js';
import { substituted } from './substitution.js';

/** The variables that expressions of a rule may use about an object. */
export function ruleContext(matched: Matched, object: ValueMap, containers: readonly ContainerSeen[] = []): ValueMap {
  const { operation, namespace, name, kind, group, version } = matched;
  const request = ValueMap.open({
    operation,
    object,
    ...(operation === 'CREATE' && { oldObject: undefined }),
    ...(namespace.name !== undefined && { namespace: namespace.name }),
    ...(name !== undefined && { name }),
    kind: new ValueMap(Object.entries({ group, version, kind })),
  });
  return ValueMap.open({ request, images: imagesOf(containers), element: undefined, elementIndex: undefined });
}

/** The same with the `context` of a rule: what is fetched from elsewhere is not known. */
export function withContext(root: ValueMap, context: unknown): ValueMap {
  let made = root;
  for (const entry of itemsOf(context)) {
    const name = textOf(at(entry, 'name')) ?? '';
    made = made.with(name, variableOf(at(entry, 'variable'), made));
  }
  return made;
}

function variableOf(variable: unknown, root: ValueMap): Value {
  if (variable === undefined) return unknown;
  const path = substituted(at(variable, 'jmesPath'), root);
  const given = at(variable, 'value');
  const value = given === undefined ? undefined : substituted(given, root);
  const fallback = at(variable, 'default');
  let found: Value = value ?? fault;
  if (typeof path === 'string') found = evaluateJmes(path, value === undefined ? root : value);
  else if (path !== null) return unknown;
  if (found !== fault && found !== null) return found;
  return fallback === undefined ? unknown : substituted(fallback, root);
}

const lists = ['containers', 'initContainers', 'ephemeralContainers'] as const;

/** The `images` of Kyverno (pkg/utils/api/image.go): by list, then by the name of the container. */
function imagesOf(containers: readonly ContainerSeen[]): Value {
  return new ValueMap(
    lists.flatMap((list) => {
      const own = containers.filter((each) => each.list === list);
      return own.length === 0
        ? []
        : [[list, new ValueMap(own.map(({ name, image }) => [name, imageOf(image)]))] as const];
    }),
  );
}

function imageOf(text: string): Value {
  const reference = ImageReference.tryParse(text);
  if ('error' in reference) return unknown;
  const { domain, path } = reference;
  // Without a host Kyverno leaves out `library/`.
  const own = domain === 'docker.io' ? undefined : { path, name: path.replace(/.*\//, '') };
  return ValueMap.open({ registry: domain, ...own });
}
