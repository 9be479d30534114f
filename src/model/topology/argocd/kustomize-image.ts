/** An entry of `images` in a kustomization. */
export interface KustomizeImage {
  readonly name: string;
  readonly newName?: string;
  readonly newTag?: string;
  readonly digest?: string;
}

/**
 * Reads what `kustomize edit set image` makes of `[name=]image[:tag][@digest]`.
 *
 * @see https://github.com/kubernetes-sigs/kustomize/blob/master/kustomize/commands/edit/set/setimage.go parse()
 */
export function kustomizeImage(text: string): KustomizeImage {
  const equals = text.indexOf('=');
  const image = equals < 0 ? text : text.slice(equals + 1);
  const at = image.indexOf('@');
  const tagged = at < 0 ? image : image.slice(0, at);
  const colon = tagged.lastIndexOf(':');
  const hasTag = colon > tagged.lastIndexOf('/');
  const path = hasTag ? tagged.slice(0, colon) : tagged;
  return {
    name: equals < 0 ? path : text.slice(0, equals),
    ...(equals >= 0 && path !== '' && { newName: path }),
    ...(hasTag && { newTag: tagged.slice(colon + 1) }),
    ...(at >= 0 && { digest: image.slice(at + 1) }),
  };
}
