import { SecretValue } from '../docker-config/secret-value.js';
import type { DeclaredSecret, SecretMaker } from './declared-object.js';
import { keptAnnotations } from './kept-annotations.js';
import { isLive, located, named, type ObjectHead, textsOf } from './object-head.js';
import type { Tree } from './tree.js';

/** Reads a Secret; its values only where they are to be kept. */
export function readSecret(object: Tree, head: ObjectHead, keep: boolean): DeclaredSecret {
  return {
    kind: 'Secret',
    ...named(head),
    ...typed(object),
    encrypted: object.get('sops')?.kind === 'map',
    ...keptAnnotations(object),
    ...(object.get('immutable')?.boolean() === true && { isImmutable: true }),
    ...(isLive(object) && { isLive: true }),
    ...(keep && { data: values(object.get('data')), stringData: values(object.get('stringData')) }),
    ...located(head),
  };
}

/**
 * Reads a SealedSecret: the Secret has its name and namespace.
 *
 * @see https://github.com/bitnami-labs/sealed-secrets
 */
export function readSealedSecret(object: Tree, head: ObjectHead, keep: boolean): DeclaredSecret {
  const template = object.get('spec')?.get('template');
  return {
    kind: 'SealedSecret',
    ...named(head),
    ...typed(template),
    encrypted: false,
    ...keptAnnotations(template),
    ...(template?.get('immutable')?.boolean() === true && { isImmutable: true }),
    maker: makerOf(object, head, template),
    ...(keep && { templateData: values(template?.get('data')) }),
    ...located(head),
  };
}

/**
 * Reads an ExternalSecret: the name of the Secret is `spec.target.name`, by default its own.
 *
 * @see https://external-secrets.io/latest/api/externalsecret/
 */
export function readExternalSecret(object: Tree, head: ObjectHead, keep: boolean): DeclaredSecret {
  const target = object.get('spec')?.get('target');
  const template = target?.get('template');
  return {
    kind: 'ExternalSecret',
    ...named(head),
    name: target?.get('name')?.string() || head.name,
    ...typed(template),
    encrypted: false,
    ...keptAnnotations(template),
    ...(target?.get('immutable')?.boolean() === true && { isImmutable: true }),
    maker: makerOf(object, head, template, target?.get('creationPolicy')?.string()),
    ...(keep && { templateData: values(template?.get('data')) }),
    ...located(head),
  };
}

function makerOf(
  object: Tree,
  { apiVersion, name }: ObjectHead,
  template: Tree | undefined,
  creationPolicy?: string,
): SecretMaker {
  return {
    apiVersion,
    name,
    ...keptAnnotations(object),
    ...(creationPolicy !== undefined && { creationPolicy }),
    hasTemplate: template?.kind === 'map',
  };
}

function typed(tree: Tree | undefined): { type?: string } {
  const type = tree?.get('type')?.string();
  return type ? { type } : {};
}

function values(tree: Tree | undefined): Map<string, SecretValue> {
  return new Map([...textsOf(tree)].map(([key, value]) => [key, SecretValue.of(value)]));
}
