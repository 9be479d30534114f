import { type Words, words } from '../../problem/shown.js';
import { Field } from '../field.js';
import type { KeptObject } from '../kept-object.js';
import { isMap, mergedValues } from '../merged-values.js';
import { sayRevision } from '../revision.js';
import { ExpansionBudget, ExpansionFault } from '../template/expansion-fault.js';
import { isEmpty, type Parameters } from '../template/parameters.js';
import { actionsIn, filled, templateEngine } from '../template/text-template.js';
import type { Trail } from '../trail.js';
import type { GeneratorContext } from './generator-context.js';
import { generated, maxApplications } from './generators.js';
import { mergePatch } from './merge-patch.js';

/**
 * Follows an ApplicationSet: makes its Applications, in its own namespace, where no generator needs a cluster.
 *
 * @see https://github.com/argoproj/argo-cd/blob/v3.5.1/applicationset/controllers/template/template.go
 */
export function followApplicationSet(trail: Trail): void {
  const { spec } = trail.object;
  const budget = new ExpansionBudget();
  const isGo = spec.get('goTemplate').isTrue();
  const context: GeneratorContext = {
    view: trail.view,
    clusters: trail.clusters,
    actions: actionsIn(spec.plain()),
    isGo,
    engine: templateEngine(isGo, spec.get('goTemplateOptions').texts(), budget),
    strictEngine: templateEngine(isGo, ['missingkey=error'], budget),
  };
  const made: KeptObject[] = [];
  let at = spec.get('generators');
  try {
    for (const generator of spec.get('generators').items()) {
      at = generator;
      sayRevisions(generator, trail);
      const template = templateOf(spec, generator);
      for (const parameters of generated(generator.plain(), context))
        made.push(applicationOf(template, parameters, trail, context));
      if (made.length > maxApplications)
        throw ExpansionFault.of(
          'expansion-too-large',
          words`makes more than ${maxApplications} Applications`,
          'make several of it',
        );
    }
    trail.made.push(...made);
  } catch (fault) {
    if (!(fault instanceof ExpansionFault)) throw fault;
    trail.say(fault.code, at, fault.what, hintOf(fault, trail.object.name));
  }
}

/** Hint of a fault; what the engine alone knows can be written out in any case. */
function hintOf({ code, hint }: ExpansionFault, name: string): Words {
  if (hint === undefined) return writeOut(name);
  return code === 'generator-needs-cluster' ? words`${hint}; or ${writeOut(name)}` : hint;
}

/** Hint that mends everything which only the engine can expand. */
function writeOut(name: string): Words {
  return words`write its Applications into a file of the entry, as argocd appset generate prints them, and acknowledge: [{ kind: ApplicationSet, name: ${name}, reason: written out }]`;
}

/** Says which revisions git generators look at, also those in other generators. */
function sayRevisions(generator: Field, trail: Trail): void {
  const git = generator.get('git');
  if (trail.view.pathOfUrl(git.get('repoURL').text() ?? '') === '.')
    sayRevision(trail, git.get('revision'), git.get('revision').scalar());
  for (const [, inner] of generator.entries())
    for (const each of inner.get('generators').items()) sayRevisions(each, trail);
}

/** The template of the ApplicationSet with what that of a generator says in place of it. */
function templateOf(spec: Field, generator: Field): unknown {
  const own = spec.get('template').plain();
  const [kind] = generator.entries().filter(([key]) => key !== 'selector');
  const override = kind?.[1].get('template').plain();
  return isMap(own) && isMap(override) ? mergedValues(own, withoutEmpty(override)) : own;
}

function withoutEmpty(value: Parameters): Parameters {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, part]) => {
      if (isMap(part)) return [[key, withoutEmpty(part)]];
      return isEmpty(part) ? [] : [[key, part]];
    }),
  );
}

function applicationOf(template: unknown, parameters: Parameters, trail: Trail, context: GeneratorContext): KeptObject {
  const { object } = trail;
  const plain = Object.keys(parameters).length === 0 ? template : filled(template, parameters, context.engine);
  const application = Field.made(patched(plain, parameters, trail, context), object.place);
  const name = application.get('metadata', 'name').text();
  if (name === undefined)
    throw ExpansionFault.of(
      'gitops-object-invalid',
      'makes an Application without a name',
      'write template.metadata.name',
    );
  return {
    group: 'argoproj.io',
    kind: 'Application',
    name,
    ...(object.namespace !== undefined && { namespace: object.namespace }),
    spec: application.get('spec'),
    data: Field.made(undefined, undefined),
    annotations: application.get('metadata', 'annotations'),
    destination: object.destination,
    place: object.place,
  };
}

/** An Application with `templatePatch` on it, which cannot change its project. */
function patched(
  application: unknown,
  parameters: Parameters,
  { object, view }: Trail,
  { engine }: GeneratorContext,
): unknown {
  const text = object.spec.get('templatePatch').text();
  if (text === undefined) return application;
  const patch = view.parse(engine.fill(text, parameters));
  if (!isMap(patch) || JSON.stringify(patch).includes('"$patch"'))
    throw ExpansionFault.of('engine-needed', 'has a templatePatch that is not understood here');
  const result = Field.made(mergePatch(application, patch), undefined);
  const project = Field.made(application, undefined).get('spec', 'project').plain();
  return mergePatch(result.plain(), { spec: { project: project ?? null } });
}
