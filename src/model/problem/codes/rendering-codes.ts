import { error, finding, unseen, warning } from './code-info.js';

/** Codes about what is rendered and followed. */
export const renderingCodes = {
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
    'A variable of a Flux Kustomization has neither a value in the repository nor a default, or one that only the cluster knows. Without one Flux applies nothing of it; before kustomize-controller 1.9 it puts nothing in its place.',
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
  'applied-in-a-ring': unseen(
    'GitOps objects apply each other in a ring, so that deleting one of them deletes all. What they apply was read.',
    'Have one of them applied from outside of the ring alone; if it is meant: acknowledge: [{ kind: …, name: …, reason: … }].',
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
  'apply-suspended': unseen(
    'An object of Flux is suspended, or Argo CD is told to pass over an Application: the cluster keeps what was applied before, and what is checked out was read in its place.',
    'Resume it; or acknowledge the object: acknowledge: [{ kind: …, name: …, reason: … }].',
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
  'template-unused': unseen(
    'An object of the cluster that others take pods from, such as a ClusterWorkflowTemplate or a ClusterTask, is used by nothing that was read, so nobody knows in which namespaces its images are pulled.',
    'List the manifests that use it; or say by hand what their namespaces need, and acknowledge the object.',
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
};
