// node componentize.mjs JCO_PACKAGE CORE_WASM WORLD_WIT WORLD OUTPUT [WIT_FILE...]
//
// Wraps a core module as a component of the given world. The WIT packages of WASI come with jco; they go in as one text,
// because the bundled wasm-tools sees no file system of ours.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [jco, core, world, worldName, output, ...extra] = process.argv.slice(2);
const tools = await import(pathToFileURL(createRequire(join(jco, 'package.json')).resolve('@bytecodealliance/jco-transpile/wasm-tools')));

// "package a:b@1; rest" becomes "package a:b@1 { rest }", the form a nested package has.
function nested(file) {
  const source = readFileSync(file, 'utf8');
  const found = source.match(/^package\s+([^;]+);/m);
  return `package ${found[1]} {\n${source.slice(found.index + found[0].length)}\n}\n`;
}

const wasi = join(jco, 'lib/wit/builtin/0.2.12');
const packages = [...readdirSync(wasi).sort().map((folder) => join(wasi, folder, 'package.wit')), ...extra];
const witSource = readFileSync(world, 'utf8') + packages.map(nested).join('');

const embedded = await tools.componentEmbed({ binary: readFileSync(core), witSource, world: worldName, stringEncoding: 'utf8' });
writeFileSync(output, await tools.componentNew(embedded, []));
