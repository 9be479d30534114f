/**
 * Meaning of an error code of the parser of YAML. The parser's own messages quote the file, where a credential may
 * stand; these are the same for every file.
 */
export function yamlMessage(code: string): string {
  return messages[code] ?? 'this cannot be read as YAML';
}

const messages: Readonly<Record<string, string | undefined>> = {
  ALIAS_PROPS: 'an alias cannot have an anchor or a tag',
  BAD_ALIAS: 'this is no name for an alias',
  BAD_COLLECTION_TYPE: 'the tag belongs to another type of value',
  BAD_DIRECTIVE: 'the directive is not one of YAML',
  BAD_DQ_ESCAPE: 'the escape after "\\" is not one of YAML',
  BAD_INDENT: 'the indentation does not fit the lines before, or a bracket is not closed',
  BAD_PROP_ORDER: 'the anchor or tag stands in the wrong place',
  BAD_SCALAR_START: 'a value cannot begin with this character unless it is in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a second key cannot begin here: the value needs quotes or a line of its own',
  BLOCK_IN_FLOW: 'inside of brackets only values in brackets can stand',
  DUPLICATE_KEY: 'the key occurs twice in one map',
  IMPOSSIBLE: 'this cannot be read as YAML',
  KEY_OVER_1024_CHARS: 'the key is longer than 1024 characters',
  MISSING_CHAR: 'a quote, bracket, colon, comma or space is missing',
  MULTILINE_IMPLICIT_KEY: 'a key must stand on one line: a ":" may be missing',
  MULTIPLE_ANCHORS: 'a value can have one anchor only',
  MULTIPLE_DOCS: 'a second document begins here',
  MULTIPLE_TAGS: 'a value can have one tag only',
  NON_STRING_KEY: 'a key must be text',
  RESOURCE_EXHAUSTION: 'the document is nested too deeply',
  TAB_AS_INDENT: 'a tab cannot indent: use spaces',
  TAG_RESOLVE_FAILED: 'the tag cannot be read',
  UNEXPECTED_TOKEN: 'this was not expected here',
};
