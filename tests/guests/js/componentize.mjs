// node componentize.mjs JCO_PACKAGE spidermonkey|quickjs SOURCE WIT_FILE WORLD OUTPUT
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync, cpSync } from 'node:fs';
import { tmpdir } from 'node:os';

const [jco, engine, source, wit, world, output] = process.argv.slice(2);

async function spiderMonkey(witPath) {
  // Its bundled WIT reader sees only the folders that the file-system shim opens for it.
  const shim = createRequire(import.meta.resolve('@bytecodealliance/componentize-js')).resolve('@bytecodealliance/preview2-shim/filesystem');
  const { _addPreopen } = await import(pathToFileURL(shim));
  _addPreopen('/', '/');
  const { componentize } = await import('@bytecodealliance/componentize-js');
  return componentize(readFileSync(source, 'utf8'), { sourceName: 'handler.js', witPath, worldName: world, disableFeatures: ['fetch-event'] });
}

async function quickJs(witPath) {
  const { componentize } = await import('componentize-qjs');
  return componentize({ witPath, jsSource: readFileSync(source, 'utf8'), jsPath: source, world, sync: true, optSize: true });
}

const folder = mkdtempSync(join(tmpdir(), 'wit-'));
try {
  const wasi = join(jco, 'lib/wit/builtin/0.2.12');
  for (const name of readdirSync(wasi)) {
    cpSync(join(wasi, name), join(folder, 'deps', name), { recursive: true });
  }
  cpSync(wit, join(folder, 'world.wit'));
  const { component } = engine === 'quickjs' ? await quickJs(folder) : await spiderMonkey(folder);
  writeFileSync(output, component);
} finally {
  rmSync(folder, { recursive: true });
}
