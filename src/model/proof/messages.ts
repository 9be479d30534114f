/** Something that a program says when a pull, or a pull secret, fails. */
export interface KnownMessage {
  /** The words by which it is known. */
  readonly text: string;
  /** Who says it. */
  readonly by: string;
  /** Meaning: one sentence or two. */
  readonly means: string;
  /** Steps to take, in order. */
  readonly mend: readonly string[];
}

/** The messages that people search for, word for word. */
export const knownMessages: readonly KnownMessage[] = [
  {
    text: 'requested access to the resource is denied',
    by: 'Docker Hub and registries built on distribution, in the event Failed of the pod',
    means:
      'The repository does not exist, or it is private and the credential that came is none or is not of somebody who may pull it; the registry does not say which.',
    mend: [
      'check the name of the image: without a host it is one of Docker Hub',
      'see which credential the kubelet offers: image-pull explain pod/<name> -n <namespace> -',
      'if one is offered, ask the registry with it: docker login, then docker pull',
    ],
  },
  {
    text: 'no basic auth credentials',
    by: 'containerd or Docker, in the event Failed of the pod, mostly of ECR',
    means: 'The registry asked for a user name and password, and the pod has none that match the image.',
    mend: [
      'see which entries do not match and why: image-pull explain pod/<name> -n <namespace> -',
      'for ECR, use a generator: a token lives for twelve hours',
    ],
  },
  {
    text: '401 Unauthorized',
    by: 'the registry, in the event Failed of the pod',
    means:
      'No credential was offered, or the one that was tried first is wrong or has expired; there is never an anonymous attempt after a credential has failed.',
    mend: [
      'see what is offered, and in which order: image-pull explain pod/<name> -n <namespace> -',
      'a public image is refused too where a credential that has expired matches it: take the entry away or renew it',
    ],
  },
  {
    text: 'authentication required',
    by: 'registries built on distribution, in the event Failed of the pod',
    means: 'The registry got no credential that it takes for this repository.',
    mend: ['see what is offered: image-pull explain pod/<name> -n <namespace> -'],
  },
  {
    text: 'toomanyrequests',
    by: 'Docker Hub, in the event Failed of the pod',
    means:
      'The limit of pulls is reached: 100 in six hours for an address without a credential, 200 for one of a free account.',
    mend: [
      'give Docker Hub a pull secret: registries: { hub: { preset: docker-hub, access: optional } } and a pull secret for it',
    ],
  },
  {
    text: 'manifest unknown',
    by: 'the registry, in the event Failed of the pod',
    means: 'The credential was taken, and the repository has no such tag or digest.',
    mend: ['correct the tag; no pull secret helps'],
  },
  {
    text: 'Unable to retrieve some image pull secrets',
    by: 'the kubelet, in the event FailedToRetrieveImagePullSecret',
    means:
      'Names on the list of the pod are no Secrets of its namespace. The pull goes on without them; from Kubernetes 1.37 on the event comes only after a pull has failed.',
    mend: [
      'make the Secret in the namespace of the pod, or correct the name; a pod that lists it takes it when it comes',
      'see which one is missing: image-pull verify',
    ],
  },
  {
    text: "couldn't parse image name",
    by: 'the kubelet, with the reason InvalidImageName',
    means: 'The image is no reference: upper case in the path, a scheme, a variable that nobody replaced.',
    mend: ['write host/repository:tag in lower case, without https://'],
  },
  {
    text: 'illegal base64 data at input byte',
    by: 'the kubelet, or kubectl',
    means:
      'An `auth` of the docker config, or the value in `data` of the Secret, is not standard base64: a missing =, a blank, or the URL-safe alphabet. The kubelet fails every pull of a pod that lists such a Secret.',
    mend: ['make the Secret again: kubectl create secret docker-registry', 'find it: image-pull verify'],
  },
  {
    text: 'unable to parse auth field',
    by: 'the kubelet, in the status of the pod',
    means:
      'An `auth` is base64 of something without a colon. Every pull of a pod that lists the Secret fails, of public images too.',
    mend: ['write base64 of user:password, or make the Secret again: kubectl create secret docker-registry'],
  },
  {
    text: 'data[.dockerconfigjson]: Invalid value',
    by: 'the API server, when the Secret is applied',
    means:
      'The value is no JSON object. Often it is SOPS ciphertext that nobody decrypted, a document that was encoded twice, or an empty value.',
    mend: [
      'put the JSON into stringData, or its base64 once into data',
      'with SOPS and Flux, give the Kustomization spec.decryption',
    ],
  },
  {
    text: 'data[.dockerconfigjson]: Required value',
    by: 'the API server, when the Secret is applied',
    means:
      'A Secret of type kubernetes.io/dockerconfigjson has no key .dockerconfigjson; config.json and auth.json are other keys.',
    mend: ['name the key .dockerconfigjson'],
  },
  {
    text: 'no objects passed to create',
    by: 'kubectl create or apply',
    means: 'The file is empty, or holds nothing but comments: mostly the command in front of the pipe has failed.',
    mend: ['run the command in front of the pipe by itself'],
  },
  {
    text: 'field is immutable',
    by: 'the API server, when a Secret or RoleBinding is applied again',
    means: 'The type of a Secret, the data of one with `immutable: true`, and the roleRef of a binding cannot change.',
    mend: [
      'delete the object and apply it again; Argo CD does so with Replace=true,Force=true on that object alone, Flux with force: enabled',
    ],
  },
  {
    text: 'error looking up service account',
    by: 'the API server, when a pod is created',
    means: 'The pod names a service account that is not in its namespace, so no pod is made at all.',
    mend: ['declare the account, in an earlier wave than the pod, or correct serviceAccountName'],
  },
  {
    text: 'pod updates may not change fields other than',
    by: 'the API server',
    means: 'The list of pull secrets of a pod cannot change. A pod keeps the list that it was created with.',
    mend: ['change the template or the account, then delete the pod', 'let policies match the CREATE of pods only'],
  },
  {
    text: 'ErrImageNeverPull',
    by: 'the kubelet',
    means:
      'imagePullPolicy is Never, and the image is not on the node; from Kubernetes 1.35 on also where it is, and this pod has no credential that it was ever pulled with.',
    mend: ['use IfNotPresent, and give the pod the pull secret that the image was pulled with'],
  },
  {
    text: 'x509: certificate signed by unknown authority',
    by: 'the container runtime',
    means: 'The node does not trust the certificate of the registry. No credential was sent.',
    mend: ['put the authority of the registry on the nodes; a pull secret does not help'],
  },
];

const shortest = 8;

/** The known messages that a text holds, or that hold it; none for a text that could be something else. */
export function messagesLike(text: string): readonly KnownMessage[] {
  const wanted = plain(text);
  const exact = knownMessages.filter((each) => wanted.includes(plain(each.text)));
  if (exact.length > 0 || wanted.length < shortest || !/\s/.test(text.trim())) return exact;
  return knownMessages.filter((each) => plain(each.text).includes(wanted));
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9[\].]+/g, ' ')
    .trim();
}
