import { problemText } from '../../../src/model/problem/problem.js';
import { editLists } from '../../../src/yaml/edits/edit-lists.js';
import type { ListRequest } from '../../../src/yaml/edits/list-request.js';
import { attach, file, requestsFor } from './lists.js';

const account = (list: string) => `apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: a }\n${list}`;
const texts = (text: string, wanted: readonly string[]) => attach(text, wanted).problems.map(problemText);

describe('taking back', () => {
  test.each([
    [
      'marked entries whose names are not wanted, and no others',
      'imagePullSecrets:\n- name: own\n- name: old # image-pull\n- name: hub # image-pull\n- name: mine # not image-pull\n',
      'imagePullSecrets:\n- name: own\n- name: hub # image-pull\n- name: mine # not image-pull\n',
    ],
    [
      'an entry that was given another name, by the name that stands there',
      'imagePullSecrets:\n- name: renamed # image-pull\n- name: hub\n',
      'imagePullSecrets:\n- name: hub\n',
    ],
    [
      'an entry in the place of which another one comes',
      'imagePullSecrets:\n  - name: old # image-pull\n',
      'imagePullSecrets:\n  - name: hub # image-pull\n',
    ],
    [
      'an entry of several lines, its comments with it',
      'imagePullSecrets:\n# ours\n-\n  name: old # image-pull, since May # image-pull\n  note: x\n- name: hub\n',
      'imagePullSecrets:\n# ours\n- name: hub\n',
    ],
    [
      'an entry whose mark has company',
      'imagePullSecrets:\n- { name: old } # image-pull # by hand\n- "name": hub\n',
      'imagePullSecrets:\n- "name": hub\n',
    ],
    [
      'an entry between brackets, whatever its place',
      'imagePullSecrets: [{ name: old }, { name: own }, { name: hub }] # image-pull: old, hub\n',
      'imagePullSecrets: [{ name: own }, { name: hub }] # image-pull: hub\n',
    ],
    [
      'entries between brackets in the place of which another one comes',
      'imagePullSecrets: [{ name: own }, { name: old }, { name: older }] # image-pull: old, older\n',
      'imagePullSecrets: [{ name: own }, { name: hub }] # image-pull: hub\n',
    ],
    [
      'entries on lines of their own between brackets',
      'imagePullSecrets: [\n  { name: old },\n  { name: hub } # mine\n] # image-pull: old\n',
      'imagePullSecrets: [\n  { name: hub } # mine\n]\n',
    ],
    [
      'the last of two entries of one name between brackets',
      'imagePullSecrets: [{ name: old }, { name: hub }, { name: old }] # image-pull: old\n',
      'imagePullSecrets: [{ name: old }, { name: hub }]\n',
    ],
    [
      'an entry with its anchor',
      'imagePullSecrets: [&x { name: old }, &y { name: hub }] # image-pull: old\n',
      'imagePullSecrets: [&y { name: hub }]\n',
    ],
  ])('takes %s', (_what, before, after) => {
    expect(attach(account(before), ['hub'])).toMatchObject({ text: account(after), problems: [] });
  });

  test.each([
    ['a comment that only begins like a mark', 'imagePullSecrets:\n- name: own # image-pull secret of the hub\n'],
    ['a mark of brackets behind an entry of a block', 'imagePullSecrets:\n- name: own # image-pull: own\n'],
    ['a mark in a text', 'imagePullSecrets:\n- name: "own # image-pull"\n'],
    ['a mark in a block scalar', 'imagePullSecrets:\n- name: |-\n    own # image-pull\n'],
    ['a mark above', 'imagePullSecrets:\n# image-pull\n- name: own\n'],
    ['a mark of names that are not on the list', 'imagePullSecrets: [{ name: own }] # image-pull: gone\n'],
  ])('does not take %s for a mark', (_what, list) => {
    expect(attach(account(list), [])).toEqual({ text: account(list), changes: [], inJson: [], problems: [] });
  });

  test('leaves the key of a list that a user has written on', () => {
    const edited = account('imagePullSecrets: # of ours\n- name: hub # image-pull\n');
    expect(attach(edited, []).text).toBe(account('imagePullSecrets: # of ours\n'));
  });

  test('leaves what a user has added to a map that was made', () => {
    const spec = 'spec:\n  taskSpec: { steps: [{ image: docker.io/acme/t }] }\n';
    const head = `apiVersion: tekton.dev/v1\nkind: TaskRun\nmetadata: { name: t }\n${spec}`;
    const made = attach(head, ['hub']).text.replace('  podTemplate:\n', '  podTemplate:\n    hostNetwork: true\n');
    expect(attach(made, []).text).toBe(`${head}  podTemplate:\n    hostNetwork: true\n`);
  });

  test('refuses where an alias stands for what goes', () => {
    const list = 'imagePullSecrets:\n- &x { name: old } # image-pull\nother: *x\n';
    expect(attach(account(list), []).text).toBe(account(list));
    expect(texts(account(list), [])).toEqual([
      'x.yaml:4:1: imagePullSecrets cannot be edited in place: the document would not read as it should [list-not-editable]\n' +
        '  take the marked entries off by hand',
    ]);
  });
});

describe('requests', () => {
  test('tell what was added and taken back, and where', () => {
    const text = account('imagePullSecrets:\n- name: own\n- name: old # image-pull\nsecrets: []\n');
    const [request] = requestsFor(text, ['hub', 'own', 'hub']);
    expect(attach(text, ['hub', 'own', 'hub']).changes).toEqual([
      { request, added: ['hub'], takenBack: ['old'], place: { file, line: 6, column: 1 } },
    ]);
    expect(attach(account(''), ['hub']).changes[0]?.place).toEqual({ file, line: 4, column: 1 });
  });

  test('of one list are taken together, whatever their order', () => {
    const text = account('');
    const requests = ['b', 'a'].flatMap((name) => requestsFor(text, [name]));
    const after = account('imagePullSecrets:\n- name: a # image-pull\n- name: b # image-pull\n');
    expect(editLists({ file, text }, requests).text).toBe(after);
    expect(editLists({ file, text }, requests.reverse())).toMatchObject({
      text: after,
      changes: [{ added: ['a', 'b'] }],
    });
  });

  test('that nothing is to be done for are silent, even where nothing could be', () => {
    const text = account('imagePullSecrets: &list\n- name: "{{ x }}"\n- name: hub\nother: *list\n');
    expect(attach(text, ['hub'])).toEqual({ text, changes: [], inJson: [], problems: [] });
  });

  test('write items of text', () => {
    const text = 'resources:\n  - a.yaml\n';
    const request: ListRequest = {
      object: { file, line: 1, column: 1 },
      path: ['resources'],
      wanted: ['./b c.yaml', 'a.yaml', './d.yaml'],
      item: 'text',
    };
    const after = 'resources:\n  - a.yaml\n  - "./b c.yaml" # image-pull\n  - ./d.yaml # image-pull\n';
    expect(editLists({ file, text }, [request]).text).toBe(after);
    expect(editLists({ file, text: after }, [{ ...request, wanted: [] }]).text).toBe(text);
    expect(editLists({ file, text: 'resources: [a.yaml]\n' }, [{ ...request, wanted: ['./d.yaml'] }]).text).toBe(
      'resources: [a.yaml, ./d.yaml] # image-pull: ./d.yaml\n',
    );
  });

  test('follow indices', () => {
    const text = 'tasks:\n- name: a\n- name: b\n  list: []\n- ~\n';
    const object = { file, line: 1, column: 1 };
    const edit = editLists({ file, text }, [
      { object, path: ['tasks', 0, 'list'], wanted: ['hub'] },
      { object, path: ['tasks', 1, 'list'], wanted: ['hub'] },
      { object, path: ['tasks', 2, 'list'], wanted: ['hub'] },
      { object, path: ['tasks', 3, 'list'], wanted: ['hub'] },
      { object, path: ['tasks', 0, 'name', 'list'], wanted: ['hub'] },
      { object, path: ['tasks', 0, 'name'], wanted: ['hub'] },
      { object, path: ['none', 0, 'list'], wanted: ['hub'] },
    ]);
    expect(edit.text).toBe(
      'tasks:\n- name: a\n  list:\n  - name: hub # image-pull\n- name: b\n  list: [{ name: hub }] # image-pull: hub\n- ~\n',
    );
    expect(edit.problems.map(problemText).map((line) => line.split('\n')[0])).toEqual([
      'x.yaml:1:1: none[0].list lies in a list that is not there [list-not-editable]',
      'x.yaml:2:1: tasks[3].list lies in a list that has no such item [list-not-editable]',
      'x.yaml:2:9: tasks[0].name is no list [list-not-editable]',
      'x.yaml:2:9: tasks[0].name.list lies in something that is no map [list-not-editable]',
      'x.yaml:5:3: tasks[2].list lies in an item that is null [list-not-editable]',
    ]);
  });

  test('for an object that is not there any more are reported', () => {
    const text = account('');
    const at = (line: number, column: number) =>
      editLists({ file, text }, [{ object: { file, line, column }, path: ['imagePullSecrets'], wanted: ['hub'] }]);
    for (const [line, column] of [
      [2, 1],
      [1, 3],
      [99, 1],
      [3, 99],
    ] as const) {
      expect(at(line, column)).toMatchObject({ text, changes: [], problems: [{ code: 'list-not-editable' }] });
    }
    expect(editLists({ file, text: '' }, requestsFor(text, ['hub']))).toMatchObject({ text: '', problems: [{}] });
  });

  test('that cannot be met leave the others of the document alone', () => {
    const text = `${account('imagePullSecrets: !own []\n')}---\n${account('')}`;
    const edit = attach(text, ['hub']);
    expect(edit.text).toBe(`${text}imagePullSecrets:\n- name: hub # image-pull\n`);
    expect(edit.problems).toHaveLength(1);
    const items = 'apiVersion: v1\nkind: List\nitems:\n';
    const item = '- apiVersion: v1\n  kind: ServiceAccount\n  metadata: { name: a }\n';
    const bad = `${item.slice(0, -1).replace('a }', 'a, imagePullSecrets: [], note: "x')}\n    y" }\n`;
    const mixed = editLists({ file, text: items + item + bad + item }, [
      { object: { file, line: 4, column: 3 }, path: ['imagePullSecrets'], wanted: ['hub'] },
      { object: { file, line: 7, column: 3 }, path: ['metadata', 'imagePullSecrets'], wanted: ['hub'] },
      { object: { file, line: 11, column: 3 }, path: ['imagePullSecrets'], wanted: ['hub'] },
    ]);
    const list = '  imagePullSecrets:\n  - name: hub # image-pull\n';
    expect(mixed.text).toBe(items + item + list + bad + item + list);
    expect(mixed.problems.map(({ message }) => message)).toEqual([
      'metadata.imagePullSecrets cannot be edited in place: the document would not read as it should',
    ]);
  });
});

describe('JSON', () => {
  const object = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'a' } };

  test.each([
    ['a file of that name', 'a.json', JSON.stringify(object, null, 2)],
    ['a file of another name', 'a.yaml', `${JSON.stringify(object)}\n${JSON.stringify(object)}\n`],
    ['a file with a byte order mark', 'a.yaml', `\ufeff${JSON.stringify(object)}`],
  ])('has no room for marks in %s', (_what, name, text) => {
    const [request] = requestsFor(text, ['hub']);
    const edit = editLists({ file: name, text }, request ? [request] : []);
    expect(edit).toEqual({ text, changes: [], inJson: [request], problems: [] });
  });

  test('is silent where nothing is to be done', () => {
    const text = JSON.stringify({ ...object, imagePullSecrets: [{ name: 'hub' }] });
    expect(attach(text, ['hub'])).toEqual({ text, changes: [], inJson: [], problems: [] });
  });

  test('behind a marker is YAML', () => {
    const text = `---\n${JSON.stringify(object)}\n`;
    const after = attach(text, ['hub']).text;
    expect(after).toBe(`${text.slice(0, -2)}, imagePullSecrets: [{name: hub}]} # image-pull: hub\n`);
    expect(attach(after, []).text).toBe(text);
  });
});
