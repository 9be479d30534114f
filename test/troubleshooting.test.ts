// Every broken Deployment of docs/troubleshooting.md is verified, and what is said about it is what the page shows.
import { readFileSync } from 'node:fs';
import { cli, folderOf } from './support.js';

const page = readFileSync('docs/troubleshooting.md', 'utf8');
const sections = page
  .split(/^## /m)
  .slice(1)
  .map((section) => {
    const title = section.slice(0, section.indexOf('\n'));
    const [, yaml = '', shown = ''] =
      /```yaml\n(.*?)```.*?```console\n\$ npx cdk8s-image-pull verify web\.yaml\n(.*?)```/s.exec(section) ?? [];
    return { title, yaml, shown };
  });

test('there are ten of them', () => {
  expect(sections).toHaveLength(10);
});

test.each(sections)('$title', async ({ yaml, shown }) => {
  const { out, err } = await cli(folderOf({ 'web.yaml': yaml }), 'verify', 'web.yaml');
  expect(err).toBe('');
  expect(out).toBe(shown);
  expect(out).toMatch(/^(?:finding|warning) /);
});
