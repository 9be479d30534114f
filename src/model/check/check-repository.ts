import { ImageReference } from '../image/image-reference.js';
import type { At } from '../problem/at.js';
import { shown, words } from '../problem/shown.js';

const schemeForm = /^[a-z]+:\/\//i;

/** Checks a host and a path: they are right if an image below them is a reference that comes back with the same host. */
export function checkRepository(host: string, path: string | undefined, ofHost: At, ofPath: At): void {
  const isWrong = ofHost.hears(() => checkHost(host, ofHost));
  if (!isWrong && path !== undefined) checkPath(host, path, ofPath);
}

function checkHost(host: string, at: At): void {
  if (schemeForm.test(host))
    return at.refuse(
      'registry-invalid',
      words`host "${host}" has a scheme`,
      words`write ${host.replace(schemeForm, '')}`,
    );
  if (host.includes('/'))
    return at.refuse(
      'registry-invalid',
      words`host "${host}" has a path`,
      'write the part behind the first "/" as path',
    );
  const image = ImageReference.tryParse(`${host}/x`);
  if ('error' in image || (image.domain !== host && host !== 'index.docker.io'))
    return at.refuse(
      'registry-invalid',
      words`host "${host}" is not the host of any image`,
      /^[^.:]+$/.test(host)
        ? 'a host has a "." or a port, or is localhost; everything else is a path on Docker Hub'
        : 'write the host as it stands in images, such as ghcr.io or registry.example.com:5000',
    );
  if (host !== host.toLowerCase())
    at.refuse(
      'registry-invalid',
      words`host "${host}" has upper case`,
      words`images and keys are compared letter by letter: write ${shown(host) === host ? host.toLowerCase() : 'lower case'}`,
    );
}

function checkPath(host: string, path: string, at: At): void {
  if (/^\/|\/$/.test(path))
    return at.refuse(
      'registry-invalid',
      words`path "${path}" begins or ends with "/"`,
      words`write ${path.replace(/^\/+|\/+$/g, '')}`,
    );
  const image = ImageReference.tryParse(`${host}/${path}/x`);
  if ('error' in image || image.tag !== undefined || image.digest !== undefined || image.path !== `${path}/x`)
    at.refuse(
      'registry-invalid',
      words`path "${path}" is not the path of any image`,
      'write the leading segments of the repository, such as acme or project/repo, without tag',
    );
}
