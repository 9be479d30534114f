import { error, finding, warning } from './code-info.js';

/** Codes about what a spec says. */
export const specCodes = {
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
    'There is no ciphertext for a pull secret of a namespace, or none for one of its registries. What was placed before stays; nothing new is written for it.',
    'Run `image-pull seal <pull secret>` with the credential and commit what it writes.',
  ),
  'sealed-stale': finding(
    'A ciphertext is another one than the config asks for: of another scope, for other recipients, under other keys, or made of something else.',
    'Run `image-pull seal <pull secret> --rotate` with the credential.',
  ),
  'sealed-invalid': finding(
    'A file of `sealed/` holds no ciphertext that anything could open: cut short, edited, in a merge conflict, or for another namespace. It is not placed; what was placed before stays.',
    'Take the file back from Git, or delete it and run `image-pull seal <pull secret>` with the credential.',
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
};
