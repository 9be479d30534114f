import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { PodKindSpec } from '../model/inventory/pod-kind.js';
import type { Problem } from '../model/problem/problem.js';
import type { Labelled, PolicyScope } from '../model/reach/policy-scope.js';
import type { ClusterModel } from '../model/vocabulary/cluster.js';
import type { FilePlace } from '../model/vocabulary/file-place.js';
import type { ClusterRecord, RecordedNeed } from './cluster-record.js';
import type { ForeignObjects } from './foreign-objects.js';

// What the helpers of the constructs know of them: so these may know each other, and nothing else goes in circles.

/** A cluster, as it is asked by what belongs to it. */
export interface ClusterScope {
  readonly name: string;
  readonly record: ClusterRecord;
  readonly foreign: ForeignObjects;
  readonly props: { readonly podKinds?: readonly PodKindSpec[] };
  model(): ClusterModel;
  /** The construct that holds the objects of a file. */
  chartOf(at: FilePlace): Construct;
  pullSecret(name: string): PullSecretScope | undefined;
  namespace(
    name: string,
    props?: { readonly declare?: boolean; readonly labels?: Readonly<Record<string, string>> },
  ): NamespaceScope;
  knownNamespace(name: string): NamespaceScope | undefined;
  sourceNamespace(name: string): NamespaceScope;
}

/** A namespace, as it is asked by what belongs to it. */
export interface NamespaceScope extends Construct {
  readonly name: string;
  readonly cluster: ClusterScope;
  readonly labels: ReadonlyMap<string, string>;
  readonly apiObject: ApiObject | undefined;
  need(need: RecordedNeed): void;
  hold(pullSecret: PullSecretScope): unknown;
  grant(grant: { readonly to: string; readonly serviceAccount: string | undefined }): unknown;
  knownAccount(name: string): unknown;
  foreignAccount(name: string): ApiObject | undefined;
  labelledAccount(name: string): Labelled | undefined;
}

/** A pull secret, as it is asked by what belongs to it. */
export interface PullSecretScope {
  readonly name: string;
  readonly cluster: ClusterScope;
  readonly delivery: DeliveryScope | undefined;
}

/** Objects that a pull secret brings along, as workloads ask them. */
export interface DeliveryScope {
  scopeWith(namespace: string): PolicyScope;
  missing(namespace: NamespaceScope): Problem | undefined;
}
