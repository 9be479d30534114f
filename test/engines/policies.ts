// Policies by hand, for what the tier itself is tested with.

/** Appends a pull secret to pods with an image of registry.example, once. */
export const appendToPods = `
apiVersion: policies.kyverno.io/v1
kind: MutatingPolicy
metadata: { name: append-pull-secret }
spec:
  failurePolicy: Ignore
  autogen: { podControllers: { controllers: [] } }
  matchConstraints:
    resourceRules: [{ apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods] }]
  matchConditions:
    - name: needs-it
      expression: object.spec.containers.exists(c, c.image.startsWith("registry.example/"))
    - name: lacks-it
      expression: '!object.spec.?imagePullSecrets.orValue([]).exists(s, s.name == "example-pull")'
  mutations:
    - patchType: JSONPatch
      jsonPatch:
        expression: |-
          has(object.spec.imagePullSecrets)
            ? [JSONPatch{op: "add", path: "/spec/imagePullSecrets/-", value: {"name": "example-pull"}}]
            : [JSONPatch{op: "add", path: "/spec/imagePullSecrets", value: [{"name": "example-pull"}]}]
`;

/** Clones a Secret into every namespace with a label, now and later. */
export const cloneIntoNamespaces = `
apiVersion: policies.kyverno.io/v1
kind: GeneratingPolicy
metadata: { name: clone-pull-secret }
spec:
  evaluation: { generateExisting: { enabled: true }, synchronize: { enabled: true } }
  matchConstraints:
    namespaceSelector: { matchLabels: { example.com/pull: "true" } }
    resourceRules: [{ apiGroups: [""], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [namespaces] }]
  variables:
    - name: source
      expression: resource.Get("v1", "secrets", "pull-secrets", "example-pull")
  generate:
    - expression: generator.Apply(object.metadata.name, [variables.source])
`;

/** What Kyverno's controllers need for {@link cloneIntoNamespaces}. */
export const cloneRights = `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: example:clone-pull-secret
  labels:
    rbac.kyverno.io/aggregate-to-admission-controller: "true"
    rbac.kyverno.io/aggregate-to-background-controller: "true"
rules:
  - { apiGroups: [""], resources: [secrets], verbs: [get, list, watch, create, update, patch, delete] }
  - { apiGroups: [""], resources: [namespaces], verbs: [get, list, watch] }
`;
