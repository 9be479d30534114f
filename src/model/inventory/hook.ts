/** Whether an object is a hook of Argo CD or Helm, by its annotations. */
export function isHook(annotations: ReadonlyMap<string, string> | undefined): boolean {
  return annotations?.has('argocd.argoproj.io/hook') === true || annotations?.has('helm.sh/hook') === true;
}
