import { error, finding, stop, warning } from './code-info.js';

/** Codes about synthesis. */
export const synthesisCodes = {
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
};
