import { error, finding, type ProblemCodeInfo, type Severity, stop, unseen, warning } from './codes/code-info.js';
import { dockerConfigCodes } from './codes/docker-config-codes.js';
import { leastPrivilegeCodes } from './codes/least-privilege-codes.js';
import { proofAccountCodes } from './codes/proof-account-codes.js';
import { proofImageCodes } from './codes/proof-image-codes.js';
import { proofMakerCodes } from './codes/proof-maker-codes.js';
import { proofPolicyCodes } from './codes/proof-policy-codes.js';
import { proofSecretCodes } from './codes/proof-secret-codes.js';

export type { ProblemCodeInfo, Severity } from './codes/code-info.js';

const codes = {
  // image references and docker configs
  'image-reference-invalid': unseen(
    "The image is not a reference by distribution's grammar; the kubelet answers InvalidImageName.",
    'Write host/repository:tag in lower case. Variables must be substituted before the manifest is read.',
  ),
  ...dockerConfigCodes,
  // manifests
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
  // rendering
  'rendering-failed': unseen(
    'kustomize or helm did not render a folder: it failed, took too long, printed too much, or what it needs is not there. What it is made of was not seen; the rest is written.',
    'Run the command of the message by hand and mend what it says.',
  ),
  'rendering-empty': unseen(
    'kustomize or helm rendered no object, so nothing was checked.',
    'Name a folder, release or values that give objects, or take the entry away.',
  ),
  'rendering-remote': unseen(
    'A kustomization names something that kustomize would fetch from elsewhere. Rendering is offline: nothing was started.',
    'Keep a copy in the repository, or render it in a step of your own and list the result with `rendered:`.',
  ),
  'rendering-unsafe': unseen(
    'A kustomization asks for charts, plugins or functions, for which kustomize starts other programs. Nothing was started.',
    'Render it in a step of your own and list the result with `rendered:`; a chart can have an entry `helm:`.',
  ),
  'kustomization-invalid': unseen(
    'A kustomization cannot be read, names something that is not there or lies outside of the repository, or includes itself. Nothing was started.',
    'Correct the line that is named.',
  ),
  'variable-unset': unseen(
    'A variable of a Flux Kustomization has neither a value in the repository nor a default, so that Flux puts nothing in its place, or what only the cluster knows.',
    'Give it a value under postBuild.substitute, or a default behind `:=`.',
  ),
  'chart-missing': unseen(
    'A chart that is published elsewhere does not lie in the folder that `charts` names. Rendering is offline.',
    'Run the command of the hint, or `image-pull charts` for all of them, and commit what it fetches.',
  ),
  'chart-invalid': unseen(
    'A chart has no readable Chart.yaml, lacks charts that it depends on, or leads out of the repository.',
    'Do what the hint says: mostly `helm dependency build`.',
  ),
  'renderer-missing': unseen(
    'kustomize or helm is not on PATH, or does not run. What it renders was not seen; the rest is written.',
    'Install it, and put it on PATH.',
  ),
  'renderer-version': error(
    'The program on PATH has another version than `renderers` pins, so that the same files could give other manifests.',
    'Install the version that is pinned, or change the pin.',
  ),
  'list-shared': finding(
    'A list that must change is reached through an alias or a merge key, or an alias stands for it elsewhere: an edit would change other places too.',
    'Write the list out where it is used, or edit it by hand.',
  ),
  'list-not-editable': finding(
    'A list that must change cannot be edited in place: a template generates it, its form leaves no room for a mark, or the document would not read as it should.',
    'Edit it by hand, as the hint says.',
  ),
  'nothing-read': unseen(
    'An entry of workloads matches files, and not one of them is read: all are left out, hold no object, or were written by this tool.',
    'Name files that hold manifests with an object, or take the entry away.',
  ),
  'destination-unmatched': unseen(
    'GitOps objects apply manifests to a cluster that no cluster of the config stands for.',
    'Say which cluster it is: clusters.<name>.match.',
  ),
  'applied-without-end': unseen(
    'What GitOps objects apply makes GitOps objects again, without end.',
    'End the chain of applications that make each other.',
  ),
  'acknowledgement-invalid': error(
    'An entry of `acknowledge` says nothing about what it is for, or gives no reason.',
    'Give it a path, a kind, a name, a namespace, an image or a code, and a reason.',
  ),
  'match-invalid': error(
    '`match` of a cluster says nothing, so that nothing could be told from other clusters.',
    'Give it the server, the name or the path of the cluster, or leave it out.',
  ),
  'scope-unlimited': warning(
    'A pull secret is copied into every namespace of the cluster, and neither `for` nor `allow` says where it may be.',
    'Give it `for` or `allow`.',
  ),
  'acknowledgement-unused': finding(
    'Nothing matches an entry of `acknowledge`: what it was about is seen now, or is called otherwise.',
    'Take the entry away.',
  ),
  'no-pods': unseen(
    'What workloads names holds no pod, so nothing was checked.',
    'Name what holds pods under workloads: manifests, or a folder that is rendered or followed (docs/repositories.md).',
  ),
  'not-rendered': unseen(
    'An object such as a HelmRelease, Application or Flux Kustomization stands for pods that nobody has read: no entry of workloads follows it.',
    'Follow it: { argocd: <folder> } or { flux: <folder> }; or render what it applies, and list the result under workloads.',
  ),
  'source-elsewhere': unseen(
    'An Application, a Flux Kustomization or a HelmRelease applies what lies in another repository, which is not read.',
    'If the URL is this repository, or lies here as a folder, say so under `repositories`; else render it and list the result under workloads.',
  ),
  'revision-not-read': unseen(
    'A GitOps object applies another branch, a tag or a commit of this repository, and what is checked out was read in its place. HEAD, main and master, and what `branches` lists, are what is checked out.',
    'If the config is on that branch: branches: [<name>]; else run it there, and acknowledge the object: acknowledge: [{ kind: …, name: …, reason: … }].',
  ),
  'sops-not-decrypted': finding(
    'A Flux Kustomization without `spec.decryption` applies a Secret that SOPS encrypted; Flux refuses all of it.',
    'Write decryption: { provider: sops, secretRef: { name: sops-age } } into its spec, or annotate the Secret with kustomize.toolkit.fluxcd.io/decrypt: Disabled where something else decrypts it.',
  ),
  'path-missing': unseen(
    'An Application, a Flux Kustomization or a HelmRelease names a folder or file that the repository does not have.',
    'Correct the path; it is relative to the root of the repository.',
  ),
  'reference-missing': unseen(
    'A GitOps object refers to another object, such as a GitRepository, a HelmRepository or a ConfigMap, that nothing declares.',
    'Name the file that declares it in the entry, or render what makes it.',
  ),
  'values-unknown': unseen(
    'A GitOps object takes values of a chart from a Secret, so what it applies is not wholly known.',
    'Keep what images, names and namespaces are made of in a ConfigMap or in the object itself.',
  ),
  'engine-needed': unseen(
    'A GitOps object uses what only its engine can do: a plugin, Jsonnet, a function of a template.',
    'Render what it applies, list the result under workloads as { rendered: <file>, namespace: <name> }, and acknowledge the object: acknowledge: [{ kind: …, name: …, reason: … }].',
  ),
  'generator-needs-cluster': unseen(
    'An ApplicationSet makes its Applications of what only a cluster, a forge or a plugin knows, so nobody has seen them.',
    'For the clusters that Argo CD knows, say `match: { name, server, labels }` of each cluster. For anything else, write the Applications into a file of the entry, as `argocd appset generate` prints them, and acknowledge the ApplicationSet.',
  ),
  'expansion-too-large': unseen(
    'An ApplicationSet makes more than 10,000 Applications, or more text than is worth reading.',
    'Make several of it, each for a part.',
  ),
  'project-forbids': finding(
    'An AppProject does not allow the source or the destination of an Application, so Argo CD applies nothing of it.',
    'Add it to sourceRepos or destinations of the project, or correct the Application.',
  ),
  'gitops-object-invalid': unseen(
    'A GitOps object lacks what its engine needs, or says two things of which only one can be, so that it applies nothing.',
    'Mend the object as the message says.',
  ),
  'applied-twice': unseen(
    'A GitOps object, or one that it refers to, is declared several times, and each declaration says something else.',
    'Remove all but one, or give each cluster an entry of its own.',
  ),
  'kind-unknown': unseen(
    'An object of a kind that is not in the table of kinds has a list of containers, or an image of a declared registry. Nobody knows whether it runs pods.',
    'Add the line of the hint to podKinds (docs/pod-kinds.md), or leave the file out with a `!pattern` if it runs none.',
  ),
  'pattern-invalid': error(
    'A pattern of workloads is longer than any path, or holds an extended glob, which can take for ever to match.',
    'Write several entries, or braces: `{a,b}`.',
  ),
  'no-manifests': finding(
    'An entry of workloads matches no file, or standard input is empty.',
    'Name a file, folder or pattern that exists; it is relative to the config file.',
  ),
  'pod-kind-invalid': error(
    'An entry of podKinds has a path that leads nowhere, or says nothing about images.',
    'Write keys joined by dots, `[]` for list items and `*` for map values, such as `spec.sidecars[].image`.',
  ),
  // the spec
  'name-invalid': error(
    'A name cannot be the name of what it names in Kubernetes.',
    'Use the letters that the message lists, and no more of them than it says.',
  ),
  'name-dangling': error(
    'A name refers to something that is not declared.',
    'Write one of the names that the hint lists, or declare the one that is meant.',
  ),
  'registry-invalid': error(
    'A registry has no host, or a host or path that no image has.',
    'Take host and path from an image as it stands in a manifest: the host in lower case, the path without slashes around it and without tag.',
  ),
  'registry-key-invalid': error(
    'The key of a registry is no key of a docker config, or one that the kubelet never uses for its images.',
    'Leave `key` out, or write the host with the leading part of the path: quay.io/acme.',
  ),
  'auth-host-invalid': error(
    '`auth` of a registry does not name the registry of another host that issues tokens itself.',
    'Declare a registry for the host that issues the tokens, and name that one.',
  ),
  'credential-in-address': error(
    'A host, path, key or URL holds a user name, a password, a token or a query. What is written would carry it into Git.',
    'Take it out of the address, and declare it as a new one: give it to a source, or to Argo CD as a repository secret.',
  ),
  'option-without-effect': error(
    'A key means nothing beside what was picked: the preset, the distribution or the kind of cluster has no such thing.',
    'Leave the key out, or pick what has it.',
  ),
  'platform-mismatch': error(
    'A key is for OpenShift, for Argo CD or for Flux, and the cluster is of another kind.',
    'Leave the key out, or state what the cluster is: `openshift: "4.20"`, `gitops: flux`.',
  ),
  'registry-duplicate': error(
    'Two registries are the same host and path.',
    'Give one of them a longer path, or use one registry and two pull secrets with `for`.',
  ),
  'pull-secret-late': error(
    'A PullSecret was made after the namespace was asked for that its source lives in, so that namespace is written without it.',
    'Make the PullSecret first, or give its source or distribution another namespace.',
  ),
  'pull-secret-on-nodes': error(
    'A pull secret with distribution globalPullSecret is on every node, and was put on the list of an account.',
    'Leave the call out: pods of every account can use it.',
  ),
  'pull-secret-empty': error(
    'A pull secret names no registry.',
    'Name the registries that it opens: registries: [ghcr].',
  ),
  'registry-takes-none': error(
    "A pull secret names OpenShift's internal registry, which takes none.",
    'Leave it out: access across projects is a grant, which is derived from the images.',
  ),
  'scope-empty': error(
    'What a pull secret is narrowed to leaves no namespace or no service account.',
    'Widen `for`, `allow` or `serviceAccounts`, or remove the pull secret.',
  ),
  'scope-refused': error(
    'The tool that distributes a pull secret cannot be told the namespaces or accounts that it is for.',
    'Name them in a way that the tool knows, as the hint says, or pick distribution kyverno.',
  ),
  'option-refused': error('An option of a program would break what it is there for.', 'Leave the option out.'),
  'options-exclude-each-other': error('Two keys are given of which only one can count.', 'Keep the one that is meant.'),
  'duration-invalid': error(
    'A text is no duration, or none that Kubernetes and Go read.',
    'Write hours, minutes and seconds: 1h, 30m, 1h30m; 0s reads a store once.',
  ),
  'quantity-invalid': error(
    'A text is no quantity of a resource.',
    'Write a number with a unit: memory: 64Mi, cpu: 100m.',
  ),
  'image-not-pinned': error(
    'The image of a program that reads credentials is no reference, or may be another program tomorrow.',
    'Name a version, or a digest.',
  ),
  'global-pull-secret-incomplete': error(
    "Nothing says what else is in OpenShift's global pull secret, and writing it would take that away.",
    'Say `current` for the cluster, or `hosted: true` for a hosted control plane.',
  ),
  'global-pull-secret-mixed': error(
    "The pull secrets that go into OpenShift's global pull secret have different kinds of sources, and one Secret comes from one.",
    'Give all of them, and `current`, the same kind of source.',
  ),
  'auths-key-duplicate': error(
    'Two entries of one docker config have the same key, or are the same to the kubelet once it has taken scheme, /v1/ and /v2/ off their keys: only one can stand.',
    'Use two pull secrets, or registries with different paths; in a docker config file, keep one of the entries.',
  ),
  'source-invalid': error(
    'A pull secret has no source, or several; or a construct was given a file that nobody has read.',
    'Give exactly one: existing, external, sealed, sops or plaintext; constructs take the content of a file, not its name.',
  ),
  'source-incomplete': error(
    'A source lacks what it needs: a store, a remote key, a key for a registry, a file, a user name or a password.',
    'Add it; docs/config.md lists what each source takes.',
  ),
  'credential-shared': error(
    'One remote key, or one user name and password, would have to serve several registries.',
    'Give each registry its own: `keys`, a docker config file, or a pull secret for each.',
  ),
  'credential-invalid': error(
    'A user name or password cannot be sent to a registry as it is: a ":" ends the user name, a line break comes along.',
    'Take the character out; in YAML, write the password with `|-`, or in quotes.',
  ),
  'generator-invalid': error(
    'A field of a generator has another form than the cloud or External Secrets takes.',
    'Write an ID, a name or a reference to a Secret there; values of credentials belong into that Secret.',
  ),
  'generator-for-other-host': error(
    'The tokens of a generator open another host than that of the registry.',
    'Use a pull secret of its own for that registry, or the generator of its cloud.',
  ),
  'refresh-too-late': error(
    'A token would expire before the next one is there.',
    'Leave the interval out: the default fits the lifetime of the token.',
  ),
  'token-expires': warning(
    'A pull secret takes a token that lasts some hours from where nothing of this tool renews it, or a Secret that was read holds one.',
    'Let a generator of External Secrets make it, or renew it in the store in time.',
  ),
  'plaintext-not-accepted': error(
    'A credential would be written into Git readable by everybody.',
    'Use source external, or say acceptPlaintextInGit: true.',
  ),
  'sealed-missing': finding(
    'There is no ciphertext for a pull secret of a namespace, or none for one of its registries; nothing is written for it.',
    'Run `image-pull seal <pull secret>` with the credential and commit what it writes.',
  ),
  'sealed-stale': finding(
    'A ciphertext is another one than the config asks for: of another scope, for other recipients, under other keys, or made of something else.',
    'Run `image-pull seal <pull secret> --rotate` with the credential.',
  ),
  'sealed-invalid': finding(
    'A file of `sealed/` holds no ciphertext that anything could open: cut short, edited, in a merge conflict, or for another namespace. It is not placed.',
    'Take the file back from Git, or seal again with `image-pull seal <pull secret> --rotate`.',
  ),
  'sealed-unrecorded': warning(
    'Another program made or changed a ciphertext, so nobody here knows which registries are in it.',
    'Where that is not meant, run `image-pull seal <pull secret> --rotate` with the credential.',
  ),
  'sealing-incomplete': error(
    'A cluster does not say what to encrypt for.',
    'Say `sealing: { certificate: … }` for SealedSecrets, `sealing: { age: [age1…] }` or a rule in .sops.yaml for SOPS.',
  ),
  'certificate-invalid': error(
    'The certificate of a cluster cannot be used: no certificate, cut short, expired, not valid yet, or with a weak key.',
    'Fetch it from the controller: kubeseal --fetch-cert > certs/<cluster>.pem',
  ),
  'recipient-invalid': error(
    'A recipient of SOPS ciphertext is no public key of age, or is an identity, which is private.',
    'Write the recipient that `age-keygen -y` prints, age1…; replace an identity that was written into a file.',
  ),
  'age-missing': error(
    'The package age-encryption, which encrypts for age recipients, is not installed.',
    'Install it: npm install --save-dev age-encryption',
  ),
  'credential-missing': error(
    'There is nothing to seal with: no credential was given, or none for a registry that needs one.',
    'Give it with --from <config.json>, --from -, or --username and --password-stdin.',
  ),
  'credential-not-compared': warning(
    'A credential was given for something that is sealed already, and nothing tells whether it is the same.',
    'Say --rotate to replace it, or seal with --checksum-key, by which later runs can tell.',
  ),
  'checksum-key-invalid': error(
    'The key for checksums cannot be used.',
    'Make one outside of Git: openssl rand -hex 32 > seal.key',
  ),
  'sealed-for-other-key': warning(
    'A SealedSecret is sealed for another certificate than the config names. A controller that has renewed its key still opens it; another one does not.',
    'Seal anew with the credential: `image-pull seal <pull secret> --rotate`.',
  ),
  'sealed-unneeded': finding(
    'Files of `sealed/` are for namespaces or pull secrets that nothing needs any more.',
    'Run `image-pull seal --prune`, which removes them.',
  ),
  'rotation-due': warning(
    'A credential expires soon.',
    'Make a new one; where it is sealed, run `image-pull seal <pull secret> --rotate`, and take `expires` of the config along.',
  ),
  'rotation-overdue': finding(
    'A credential has expired.',
    'Make a new one; where it is sealed, run `image-pull seal <pull secret> --rotate`, and take `expires` of the config along.',
  ),
  'output-exposed': error(
    'A file that is about to be written would hold a credential outside of encrypted fields. Nothing is written.',
    'Take it out of the config or the manifest that it comes from, and make a new one if it was ever committed.',
  ),
  'secret-exposed': finding(
    'A credential stands in a file outside of encrypted fields.',
    'Take it out, and make a new one if it was ever committed: Git forgets nothing.',
  ),
  'combination-refused': error(
    'Source, distribution, attachment, engine, platform and versions do not go together.',
    'See the compatibility table in docs/choices.md.',
  ),
  'combination-warned': warning(
    'The combination works, with a drawback that the message names.',
    'See the compatibility table in docs/choices.md.',
  ),
  'metadata-invalid': error(
    'A label or annotation is not what Kubernetes accepts.',
    'Write a key of letters, digits, "-", "_" and ".", with a DNS name and "/" before it if need be (team, acme.example/team); a label value is at most 63 of the same characters, an annotation may hold any text.',
  ),
  'metadata-reserved': error(
    'A label or annotation is one by which this tool knows its objects, or by which another one copies them.',
    'Remove it, or give it another prefix.',
  ),
  'cluster-missing': error('The config names no cluster.', 'clusters: { prod: {} }'),
  'version-invalid': error(
    'A version of a cluster is none.',
    'Write major and minor version in quotes, else YAML reads a number: "1.35".',
  ),
  'provider-invalid': error(
    'A credential provider of nodes has a name or an entry of matchImages that the kubelet refuses, or that matches nothing.',
    "Copy name and matchImages from the kubelet's CredentialProviderConfig: nodes: { providers: [{ name: ecr-credential-provider, matchImages: ['*.dkr.ecr.*.amazonaws.com'] }] }.",
  ),
  'bootstrap-invalid': error(
    'A key of the bootstrap of a cluster has a value that Argo CD or Flux does not take, or the cluster has no files of its own.',
    'path is a folder without dots, shards a number from 1 to 256, destination has a server or a name, sourceRef names an object; docs/argocd.md and docs/flux.md show them.',
  ),
  'bootstrap-incomplete': error(
    'The bootstrap of a cluster does not say where the output comes from.',
    'Give `repository` for Argo CD, `sourceRef` for Flux.',
  ),
  'grant-invalid': error(
    'A grant gives a namespace access to its own images, which it always has.',
    'Remove the grant.',
  ),
  'exclude-invalid': error(
    'An entry of exclude would match everything.',
    'Name a namespace, service account or pull secret.',
  ),
  'overlap-invalid': error('overlap is not a pair of pull secrets.', 'overlap: [first, second]'),
  // needs
  'registry-undeclared': finding(
    'An image lies in no declared registry, so nobody knows whether a pull needs a credential.',
    'Declare the registry; `access: public` where no credential is needed.',
  ),
  'pull-secret-missing': finding(
    'An image needs a credential and no pull secret has its registry on this cluster and in this namespace.',
    'Declare a pull secret with that registry, or widen its `for`.',
  ),
  'auth-secret-missing': warning(
    'A registry signs in at another host (`auth`), and no pull secret opens that host. On Kubernetes nothing looks for it; on OpenShift it is a pull-secret-missing.',
    'Declare a pull secret for the auth host, or leave `auth` out.',
  ),
  'auth-credentials-differ': warning(
    'A registry and its auth host have different credentials.',
    'Give both the same: pods sign in with the first, imports and builds of OpenShift with the second.',
  ),
  'image-stream-not-resolved': warning(
    'A short name is that of an image stream, but nothing asks OpenShift to resolve it: it is pulled from Docker Hub.',
    'Set spec.lookupPolicy.local on the image stream, or the annotation that the hint names on the pod template.',
  ),
  'image-stream-unknown': warning(
    'A pod is to pull by an image stream of another namespace that no manifest declares, so nobody knows where its tag points.',
    'Name the manifest of the image stream in workloads.',
  ),
  'secret-type-inert': finding(
    'A Secret that a list names, or that has the name of a pull secret that is needed there, is of a type that the kubelet passes over in silence.',
    'Make it kubernetes.io/dockerconfigjson with the key .dockerconfigjson; the type of a Secret cannot be changed, so delete it first.',
  ),
  'secret-type-converted': warning(
    'A Secret that is read as a source has a type that the kubelet passes over in silence; what is written has the type that it reads.',
    'Nothing needs to be done. The Secret that was read is of no use as a pull secret.',
  ),
  'pull-secret-ambiguous': error(
    'Several pull secrets have the same registry in the same namespace.',
    'Narrow them with `for`, or list two in `overlap` while one replaces the other.',
  ),
  'not-allowed': finding(
    'A namespace needs what `allow` or `share` does not give it; nothing is written for it.',
    'Ask the owners of the list to add the namespace.',
  ),
  'namespace-unstated': finding(
    'A manifest names no namespace, so it is unknown where its pods run.',
    'Write metadata.namespace, or give the entry of workloads a `namespace:`.',
  ),
  'namespace-later': finding(
    'A namespace that the output needs is declared by a manifest that may be applied after it.',
    'Move the Namespace to an application that syncs earlier, and say `declare: false` for it under namespaces; or say `placement: beside`, by which the same application orders both.',
  ),
  'pods-too-early': finding(
    'Argo CD makes a pod in a hook before the sync, or in a wave before ours, and its pull secret lies beside it in the same application: it waits for what comes after it.',
    'Let the pull secret come from an application that syncs earlier (`placement: central`), or move the pod to a later wave or hook.',
  ),
  'folder-unclear': finding(
    'With `placement: beside` it is not clear which folder the workloads of a namespace are applied from.',
    'Name it: namespaces.<namespace>.folder.',
  ),
  'kustomization-renames': finding(
    'A kustomization gives other names to what it lists, and what is written beside its workloads must keep its names.',
    'List the file in a kustomization that renames nothing, or use placement central.',
  ),
  'account-undeclared': finding(
    'Pods run as a service account that no manifest declares: a chart or an operator may own it.',
    'Declare it, or let it be written: namespaces.<namespace>.serviceAccounts.<name>.create: true.',
  ),
  'account-declared-twice': finding(
    'Two manifests declare the same service account, so it is unknown which list counts. `attach` then edits nothing.',
    'Remove one of them, or leave it out with a `!pattern` in workloads.',
  ),
  'declared-elsewhere': finding(
    'A manifest declares an object that the output would declare too; two owners fight for ever.',
    'Remove the manifest, or use source existing for that pull secret.',
  ),
  'source-declared-elsewhere': error(
    'A manifest declares a Secret of the name and namespace in which the source of a pull secret would be written.',
    'Remove the manifest, give the source another namespace, or use source existing without a distribution.',
  ),
  'policy-gap': finding(
    'A policy, or what copies without one, does not reach what needs its pull secret: the namespace or account is outside of its scope, the engine leaves the namespace out, or the image is not pulled by the pod.',
    'Widen the scope, or give the pull secret another attachment, as the hint says.',
  ),
  'policy-window': warning(
    'A policy acts some seconds after it was applied, lets pass what comes before that, and never changes pods that run; copies come late, too.',
    'Apply policies and sources before the workloads, and delete pods that were made without the pull secret.',
  ),
  'account-list-fights': finding(
    'A manifest declares the list of a service account to which a policy or imagepullsecret-patcher appends: whoever applies the manifest takes the name off again.',
    'Add the name to the list, or take the list out of the manifest.',
  ),
  'dockercfg-needed': error(
    'A pod on OpenShift also pulls from the internal registry, and its own list would take that away from it.',
    'Use a policy, which adds to what the account gives: attachment: { podPolicy: kyverno }, kyvernoLegacy or native.',
  ),
  'template-unknown': finding(
    'The pod is made from an object whose list of pull secrets has no place in its manifest.',
    'Use attachment serviceAccount for it; a BuildConfig names one pull secret in its strategy.',
  ),
  'edit-refused': warning(
    'The API server takes no other list of pull secrets for an object that is there: applying what `attach` wrote fails.',
    'Delete the object before the edit is applied, let a hook make it anew each time, or let the engine replace it: Argo CD by the sync options Force=true,Replace=true, Flux by the annotation kustomize.toolkit.fluxcd.io/force: enabled.',
  ),
  'image-in-text': warning(
    'A ConfigMap, an argument or a variable names an image of a private registry. Who makes a pod of it is not known, and nothing that is written covers that pod.',
    'If a pod is made of it, give its namespace the pull secret by hand: namespaces: { <namespace>: { pullSecrets: [<name>] } }.',
  ),
  'image-chosen-by-operator': warning(
    'The object names no image: its operator chooses one, which nobody can check here.',
    'Name the image in the manifest.',
  ),
  // output
  'output-not-writable': error(
    'The output cannot be written: a file stands where a folder must be, or the disk refuses.',
    'Mend what is named and run again; nothing half-written is left behind.',
  ),
  'output-foreign-file': error(
    'Something that this tool did not write stands where it must write a file.',
    'Move or delete it, or choose another output folder.',
  ),
  'output-path-outside': error(
    'A path of the output leaves the output folder, by itself or through a symbolic link.',
    'Replace the link by a folder, or choose another output folder.',
  ),
  'docker-config-lacks-registry': error(
    'A docker config has no usable entry for a registry of the pull secret.',
    'Log in to that registry without a credential store, or name another file.',
  ),
  // config
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
  // synthesis
  'validation-failed': error(
    'A construct of the app says that it is not valid; the message is its own.',
    'See the documentation of that construct: the place names it.',
  ),
  'object-duplicate': error(
    'Two constructs declare an object of the same group, kind, namespace and name.',
    'Remove one of them, or let both use the same construct.',
  ),
  'secret-too-large': error(
    'A Secret is larger than the API server takes.',
    'Name fewer registries in one pull secret.',
  ),
  'output-collision': error(
    'Two charts would write the same file, or files that are the same where the disk ignores case.',
    'Give one of them another id.',
  ),
  'application-large': warning(
    'One Application or Kustomization holds more than 2,000 objects; Argo CD compares all of them at every refresh, Flux at every interval.',
    'Spread the namespaces over several with `bootstrap.shards`.',
  ),
  'provider-reads-many': warning(
    'A pull secret with source external would read its provider from more than 100 namespaces, each at every refresh; providers limit and bill reads.',
    'Say `fanOut: hub`: the provider is read once per cluster, and the namespaces read that.',
  ),
  'access-leaves': stop(
    'The run would take a pull secret, an entry of one or an attachment away that the files in the output folder give. Nothing is written.',
    'If nothing needs it any more, name it in `retire`, which lets it leave in two steps (docs/migrating.md); --now takes it away at once.',
  ),
  'retire-invalid': error(
    'An entry of retire would match everything.',
    'Name a pull secret, or a namespace and if need be a service account.',
  ),
  'retired-still-listed': warning(
    'A list in a manifest of yours names a pull secret that is retired and will leave in a later step.',
    'Take the name off the list before the entry of `retire` goes; `attach` takes back only what it put there.',
  ),
  'retire-unneeded': warning(
    'An entry of retire matches nothing in the files of the output folder: what it let go is gone, or never was there.',
    'Delete the entry.',
  ),
  'retire-needed': warning(
    'Everything that an entry of retire matches is still needed, so nothing of it is retired.',
    'Take the need away, or delete the entry.',
  ),
  'retire-unseen': finding(
    'retire keeps what the files in the output folder have, and the folder has no file of an earlier run. What is retired is not in what was written.',
    'Bring the output folder back (git checkout) and run `npx cdk8s-image-pull synth`: `cdk8s synth` empties the folder before this tool sees it.',
  ),
  'prunes-everything': error('The run would remove every file of the output.', 'If that is meant, say --now.'),
  usage: error(
    'The command line asks for something that cannot be done.',
    'Read the message; --help lists the options.',
  ),
  'subject-unknown': error(
    'What is to be explained is not in what was read.',
    'Check name and namespace, and name the files that hold it.',
  ),
  'namespace-mismatch': error(
    'attachFor was asked for a workload of another namespace.',
    'Ask the namespace that the workload is in.',
  ),
  'telemetry-ends': warning(
    'The document that is to be the global pull secret of OpenShift has no entry for cloud.openshift.com, with which the cluster reports to Telemetry and Insights.',
    'Take the entry over from the cluster, unless it reports nothing on purpose.',
  ),
  'global-pull-secret-owned': warning(
    'The run writes the global pull secret of OpenShift for the first time: from then on Git describes the whole of it, and what others change in the cluster is overwritten.',
    'Make sure that `current` is the document as the cluster has it, and change it there from now on.',
  ),
  'mirror-not-covered': finding(
    "A mirror of OpenShift needs a credential, and the global pull secret of the cluster has none for it: CRI-O never uses a pod's pull secrets for a mirror.",
    'Give a pull secret with the registry of the mirror `distribution: globalPullSecret`.',
  ),
  'on-list-idle': warning(
    '`onList: false` stands where no pull secrets are named.',
    'Name the pull secrets that only have to be in the namespace, or take it away.',
  ),
  'key-not-for-builds': finding(
    'A build, or a pod that mounts the Secret, matches keys of a docker config by whole segments and none that ends in a slash, and the key that is written ends in one.',
    'Give the registry a key without the slash at its end; the kubelet then takes it for a plain prefix.',
  ),
  'key-does-not-match': finding(
    'The key of a registry in the docker config does not match an image of it, by the rules of the kubelet.',
    'Give the registry the `key` that the hint names.',
  ),
  'clusters-disagree': error(
    'Clusters share a manifest and need different pull secrets on its list.',
    'Give each cluster a manifest of its own, or the same pull secrets.',
  ),
  // what the proof finds
  ...proofImageCodes,
  ...proofSecretCodes,
  ...proofAccountCodes,
  ...proofMakerCodes,
  ...proofPolicyCodes,
  ...leastPrivilegeCodes,
} satisfies Record<string, ProblemCodeInfo>;

/** The name of a kind of problem. */
export type ProblemCode = keyof typeof codes;

/** The codes of some severities. */
export type CodeOf<Grade extends Severity> = {
  [Code in ProblemCode]: (typeof codes)[Code]['severity'] extends Grade ? Code : never;
}[ProblemCode];

/** Every code with its severity, cause and mend; docs/errors.md is generated from it. */
export const problemCodes: Readonly<Record<ProblemCode, ProblemCodeInfo>> = codes;
