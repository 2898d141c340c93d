// Turns .wast files into <name>.json (commands) and <name>.<n>.wasm (binaries) for ConformanceTest.
//   node convert.mjs <folder of the npm package @bytecodealliance/jco> <folder of .wast> <output folder>
// The parser that jco bundles makes the binaries.
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

const [jco, root, target] = process.argv.slice(2);
const { parse: encode } = await import(pathToFileURL(join(jco, JSON.parse(readFileSync(join(jco, 'package.json'))).exports['.'].default)));

const SPACE = /\s/;

function stringAt(text, start) {
  let bytes = [];
  let at = start + 1;
  const escapes = { t: 9, n: 10, r: 13, '"': 34, "'": 39, '\\': 92 };
  while (text[at] !== '"') {
    if (text[at] !== '\\') {
      const point = text.codePointAt(at);
      bytes.push(...Buffer.from(String.fromCodePoint(point)));
      at += point > 0xffff ? 2 : 1;
    } else if (text[at + 1] in escapes) {
      bytes.push(escapes[text[at + 1]]);
      at += 2;
    } else if (text[at + 1] === 'u') {
      const end = text.indexOf('}', at);
      bytes.push(...Buffer.from(String.fromCodePoint(parseInt(text.slice(at + 3, end), 16))));
      at = end + 1;
    } else {
      bytes.push(parseInt(text.slice(at + 1, at + 3), 16));
      at += 3;
    }
  }
  return [Buffer.from(bytes), at + 1];
}

// S-expressions as { list, start, end }, { string } and { atom }.
function expressions(text) {
  let at = 0;
  function skip() {
    for (;;) {
      if (at < text.length && SPACE.test(text[at])) at++;
      else if (text.startsWith(';;', at)) at = (text.indexOf('\n', at) + 1) || text.length;
      else if (text.startsWith('(;', at)) {
        let depth = 1;
        at += 2;
        while (depth > 0) {
          if (text.startsWith('(;', at)) { depth++; at += 2; }
          else if (text.startsWith(';)', at)) { depth--; at += 2; }
          else at++;
        }
      } else return;
    }
  }
  function one() {
    const start = at;
    if (text[at] === '(') {
      at++;
      const list = [];
      for (skip(); text[at] !== ')'; skip()) list.push(one());
      at++;
      return { list, start, end: at };
    }
    if (text[at] === '"') {
      const [bytes, end] = stringAt(text, at);
      at = end;
      return { string: bytes };
    }
    while (at < text.length && !SPACE.test(text[at]) && !'()";'.includes(text[at])) at++;
    return { atom: text.slice(start, at) };
  }
  const all = [];
  for (skip(); at < text.length; skip()) all.push(one());
  return all;
}

const text = (node) => node.string.toString('utf8');

// A field's value stands with or without parentheses.
function field(node) {
  return value(node.list[2].list ? node.list[2] : { list: node.list.slice(2) });
}

function value(node) {
  const [head, ...rest] = node.list;
  const kind = head.atom.replace('.const', '');
  switch (kind) {
    case 'str': return { kind: 'string', value: text(rest[0]) };
    case 'char': return { kind, value: rest[0].string ? text(rest[0]) : rest[0].atom };
    case 'list': case 'tuple': return { kind, values: rest.map(value) };
    case 'record': return { kind, values: rest.map(field) };
    case 'variant': return { kind, label: text(rest[0]), value: rest[1] ? value(rest[1]) : null };
    case 'enum': return { kind, label: text(rest[0]) };
    case 'flags': return { kind, labels: rest.map(text) };
    case 'option.none': return { kind: 'case', index: 0, value: null };
    case 'option.some': return { kind: 'case', index: 1, value: value(rest[0]) };
    case 'result.ok': return { kind: 'case', index: 0, value: rest[0] ? value(rest[0]) : null };
    case 'result.err': return { kind: 'case', index: 1, value: rest[0] ? value(rest[0]) : null };
    default: return { kind, value: rest[0].atom.replaceAll('_', '') };
  }
}

function invocation(node) {
  const rest = node.list.slice(1);
  const id = rest[0].atom ? rest.shift().atom : null;
  return { id, name: text(rest.shift()), arguments: rest.map(value) };
}

async function component(source, node, save) {
  const words = node.list.slice(0, 4).map((each) => each.atom);
  const definition = words[1] === 'definition';
  const id = words.slice(1, 3).find((word) => word?.startsWith('$')) ?? null;
  if (words.includes('binary')) {
    const bytes = Buffer.concat(node.list.filter((each) => each.string).map((each) => each.string));
    return { id, definition, file: save(bytes) };
  }
  if (words.includes('quote')) return { id, definition, text: true };
  const form = source.slice(node.start, node.end).replace(/^\(component\s+definition\b/, '(component');
  try {
    return { id, definition, file: save(Buffer.from(await encode(form))) };
  } catch (failure) {
    return { id, definition, text: true, failure: String(failure.message ?? failure).split('\n')[0] };
  }
}

async function convert(file, name, output) {
  const source = readFileSync(file, 'utf8');
  const commands = [];
  let count = 0;
  const save = (bytes) => {
    const saved = `${name}.${count++}.wasm`;
    writeFileSync(join(output, saved), bytes);
    return saved;
  };
  for (const node of expressions(source)) {
    const line = source.slice(0, node.start).split('\n').length;
    const [head, first, ...rest] = node.list;
    const message = rest.length && rest[rest.length - 1].string ? text(rest[rest.length - 1]) : '';
    const base = { line, command: head.atom };
    const inner = first?.list?.[0]?.atom;
    if (head.atom === 'component' && first?.atom === 'instance') {
      commands.push({ ...base, command: 'instance', id: rest[0]?.atom ?? null, of: rest[1]?.atom ?? null });
    } else if (head.atom === 'component') {
      commands.push({ ...base, ...(await component(source, node, save)) });
    } else if (head.atom === 'invoke') {
      commands.push({ ...base, ...invocation(node) });
    } else if (head.atom === 'assert_return' || inner === 'invoke') {
      commands.push({ ...base, ...invocation(first), message,
        expected: head.atom === 'assert_return' ? rest.map(value) : null });
    } else if (inner === 'component' && first.list[1]?.atom === 'instance') {
      commands.push({ ...base, action: 'instance', of: first.list[3]?.atom ?? null, message });
    } else if (inner === 'component') {
      commands.push({ ...base, action: 'component', ...(await component(source, first, save)), message });
    } else {
      commands.push({ ...base, unknown: true });
    }
  }
  writeFileSync(join(output, `${name}.json`), JSON.stringify(commands, null, 1));
}

function* walk(folder) {
  for (const each of readdirSync(folder).sort()) {
    const path = join(folder, each);
    if (statSync(path).isDirectory()) yield* walk(path);
    else if (path.endsWith('.wast')) yield path;
  }
}

for (const file of walk(root)) {
  const name = relative(root, file).replace(/\.wast$/, '');
  mkdirSync(join(target, dirname(name)), { recursive: true });
  await convert(file, name, target);
  console.log(name);
}
