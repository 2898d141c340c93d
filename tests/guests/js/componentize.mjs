// node componentize.mjs JCO_PACKAGE spidermonkey|quickjs SOURCE WIT_FILE WORLD OUTPUT
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';

const VERSION = '0.2.12';
const [jco, engine, source, wit, world, output] = process.argv.slice(2);

// Copies the world and the WIT packages of WASI, under another version where asked for.
function copyWit(folder, version) {
  const copy = (from, to) => writeFileSync(to, readFileSync(from, 'utf8').replaceAll(VERSION, version));
  const wasi = join(jco, 'lib/wit/builtin', VERSION);
  for (const name of readdirSync(wasi)) {
    mkdirSync(join(folder, 'deps', name), { recursive: true });
    copy(join(wasi, name, 'package.wit'), join(folder, 'deps', name, 'package.wit'));
  }
  copy(wit, join(folder, 'world.wit'));
}

async function spiderMonkey(folder) {
  copyWit(folder, VERSION);
  // Its bundled WIT reader sees only the folders that the file-system shim opens for it.
  const shim = createRequire(import.meta.resolve('@bytecodealliance/componentize-js')).resolve('@bytecodealliance/preview2-shim/filesystem');
  const { _addPreopen } = await import(pathToFileURL(shim));
  _addPreopen('/', '/');
  const { componentize } = await import('@bytecodealliance/componentize-js');
  const made = await componentize(readFileSync(source, 'utf8'), {
    sourceName: 'handler.js', witPath: folder, worldName: world, disableFeatures: ['fetch-event'],
  });
  return made.component;
}

// At build time it starts the guest with WASI 0.2 of its own and stubs for the rest, and the two halves of wasi:http then
// do not fit together. Under a version it does not know all of ours is stubbed; the finished component gets the version
// 0.2.11, which has as many letters, so that no length in the binary changes.
async function quickJs(folder) {
  const unknown = '0.9.11';
  copyWit(folder, unknown);
  const { componentize } = await import('componentize-qjs');
  const { component } = await componentize({
    witPath: folder, jsSource: readFileSync(source, 'utf8').replaceAll(VERSION, unknown), jsPath: source, world, sync: true,
  });
  return Buffer.from(component.toString('latin1').replaceAll(`@${unknown}`, '@0.2.11'), 'latin1');
}

const folder = mkdtempSync(join(tmpdir(), 'wit-'));
try {
  writeFileSync(output, engine === 'quickjs' ? await quickJs(folder) : await spiderMonkey(folder));
} finally {
  rmSync(folder, { recursive: true });
}
