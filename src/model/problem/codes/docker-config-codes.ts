import { error, type ProblemCodeInfo, warning } from './code-info.js';

/** Codes of what is wrong with a docker config, or reads otherwise than it looks. */
export const dockerConfigCodes = {
  'docker-config-invalid': error(
    'The document is not what the kubelet, the API server or kubectl accept as a docker config.',
    'Make it again with `kubectl create secret docker-registry` or `docker login`.',
  ),
  'docker-config-empty': warning(
    'The document is well-formed and has no entry under `auths`, so it gives no credential.',
    'Add an entry with user name and password under `auths`.',
  ),
  'docker-config-shape': warning(
    'The document has the shape of the other type of pull secret: registries at the top in type kubernetes.io/dockerconfigjson, or a config.json in type kubernetes.io/dockercfg. The kubelet finds no usable entry and says nothing.',
    'Use type kubernetes.io/dockerconfigjson with the key .dockerconfigjson, and put the registries under `auths`.',
  ),
  'docker-config-key-ignored': warning(
    'The key of an entry does not parse as a URL, and the kubelet drops that entry without a word.',
    'Write the key as host[:port][/path], without white space, with * as the only wildcard.',
  ),
  'docker-config-key-dead': warning(
    'The key of an entry is kept, and no image that is named the usual way matches it: another scheme than http or https, upper case, `:443`, a tag, a glob in the path, `/v1` without its final slash, another name of Docker Hub than docker.io.',
    'Write the key as host[:port][/path], as the images have it; `docker.io` for Docker Hub.',
  ),
  'docker-config-key-cut': warning(
    'The kubelet drops a part of a key: what stands before an `@`, and all from a `?` or `#` on.',
    'Write the key as host[:port][/path].',
  ),
  'docker-config-blank': warning(
    'An entry has no user name or no password. It counts as a match, and the runtime pulls anonymously with it.',
    'Give the entry a user name and a password, or remove it.',
  ),
  'docker-config-token': warning(
    'An entry holds an identitytoken or a registrytoken in place of a password, as `az acr login` writes it. The kubelet reads neither, and pulls anonymously.',
    'Use a token of the registry, or a service principal with its password.',
  ),
  'docker-config-helper': warning(
    'A credential store or a credential helper of the machine that wrote the document stands for the credential, and the kubelet reads neither.',
    'Log in without a credential store, or write user name and password into an entry under `auths`.',
  ),
  'docker-config-line-break': warning(
    'A password ends in a line break, or a user name holds one; the kubelet sends it to the registry as it is.',
    'Make the document again with `printf %s` or `echo -n` in place of `echo`.',
  ),
  'docker-config-user-colon': warning(
    'A user name holds a colon, at which `auth` and HTTP basic authentication end it.',
    'Use a user name without colon.',
  ),
  'docker-config-prefix': warning(
    'A key with a path is a plain prefix to the kubelet: `quay.io/acme` also matches `quay.io/acme-labs/web`.',
    'End the key with a slash where only the kubelet reads it; containers/image passes over such a key.',
  ),
  'docker-config-duplicate': warning(
    'Several keys of one document come to the same for the kubelet and hold different credentials; which is tried first differs from pull to pull.',
    'Keep one of them.',
  ),
  'docker-config-shadowed': warning(
    'An entry for `docker.io` matches every image of Docker Hub, so that the entry for `index.docker.io`, which counts only where nothing else matches, is never used.',
    'Keep one of them.',
  ),
  'docker-config-glob': warning(
    'A key with a wildcard in its host has a longer path than one without that matches the same images. The kubelet tries keys in descending order of their text, so the one without the wildcard comes first.',
    'Write the host out, without wildcard, where the entry with the longer path is to come first.',
  ),
} satisfies Record<string, ProblemCodeInfo>;
