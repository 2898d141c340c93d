// Makes the guests of the tests: *.wat beside this file, and echo.wat, which is written here since it repeats itself.
//   node build.mjs   (needs the npm package @bytecodealliance/jco where node finds it)
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from '@bytecodealliance/jco';

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, '../resources/guests');

// name, type, flat parameters, whether the result is one core value
const TYPES = [
  ['bool', 'bool', 'i32', 'i32'], ['s8', 's8', 'i32', 'i32'], ['u8', 'u8', 'i32', 'i32'], ['s16', 's16', 'i32', 'i32'],
  ['u16', 'u16', 'i32', 'i32'], ['s32', 's32', 'i32', 'i32'], ['u32', 'u32', 'i32', 'i32'], ['s64', 's64', 'i64', 'i64'],
  ['u64', 'u64', 'i64', 'i64'], ['f32', 'f32', 'f32', 'f32'], ['f64', 'f64', 'f64', 'f64'], ['char', 'char', 'i32', 'i32'],
  ['string', 'string', 'i32 i32', null], ['bytes', '(list u8)', 'i32 i32', null],
  ['numbers', '(list u32)', 'i32 i32', null], ['names', '(list string)', 'i32 i32', null],
  ['pair', '(tuple u8 s64)', 'i32 i64', null], ['point', '$point', 'i32 f64 i32 i32', null],
  ['shape', '$shape', 'i32 i64 i32', null], ['color', '$color', 'i32', 'i32'], ['rights', '$rights', 'i32', 'i32'],
  ['maybe', '(option u32)', 'i32 i32', null], ['outcome', '(result string (error u8))', 'i32 i32 i32', null],
  ['many', '$many', 'i32', null],
];
const params = (flat) => flat.split(' ');
const many = Array.from({ length: 17 }, (_, i) => `(field "f${i}" u16)`).join(' ');

function echo(encoding) {
  const types = `(type $point' (record (field "x" s32) (field "y" f64) (field "name" string)))
    (export "point" (type $point (eq $point')))
    (type $shape' (variant (case "dot") (case "circle" f64) (case "label" string) (case "wide" u64)))
    (export "shape" (type $shape (eq $shape')))
    (type $color' (enum "red" "green" "blue")) (export "color" (type $color (eq $color')))
    (type $rights' (flags "read" "write" "run")) (export "rights" (type $rights (eq $rights')))
    (type $many' (record ${many})) (export "many" (type $many (eq $many')))`;
  const named = ['point', 'shape', 'color', 'rights', 'many'];
  return `(component
  (import "test:host/values@0.2.3" (instance $h ${types}
    ${TYPES.map(([n, t]) => `(export "echo-${n}" (func (param "v" ${t}) (result ${t})))`).join('\n    ')}))
  ${named.map((n) => `(alias export $h "${n}" (type $${n}))`).join('\n  ')}
  (core module $libc (memory (export "memory") 2) (global $top (mut i32) (i32.const 4096))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (local $p i32)
      (local.set $p (i32.and (i32.add (global.get $top) (i32.sub (local.get 2) (i32.const 1))) (i32.sub (i32.const 0) (local.get 2))))
      (global.set $top (i32.add (local.get $p) (local.get 3)))
      (if (i32.gt_u (global.get $top) (i32.mul (memory.size) (i32.const 65536)))
        (then (drop (memory.grow (i32.add (i32.div_u (local.get 3) (i32.const 65536)) (i32.const 1))))))
      (local.get $p))
    (func (export "reset") (global.set $top (i32.const 4096))))
  (core instance $libc (instantiate $libc))
  ${TYPES.map(([n]) => `(core func $l-${n} (canon lower (func $h "echo-${n}") (memory (core memory $libc "memory")) (realloc (core func $libc "realloc")) string-encoding=${encoding}))`).join('\n  ')}
  (core module $m
    ${TYPES.map(([n, , f, r]) => `(import "h" "${n}" (func $${n} (param ${f}${r ? '' : ' i32'})${r ? ` (result ${r})` : ''}))`).join('\n    ')}
    (import "libc" "reset" (func $reset))
    (func (export "post") (param i32) (call $reset))
    ${TYPES.map(([n, , f, r]) => `(func (export "${n}") (param ${f}) (result ${r ?? 'i32'})
      (call $${n} ${params(f).map((_, i) => `(local.get ${i})`).join(' ')}${r ? '' : ' (i32.const 1024)'})${r ? '' : ' (i32.const 1024)'})`).join('\n    ')})
  (core instance $m (instantiate $m (with "libc" (instance $libc)) (with "h" (instance
    ${TYPES.map(([n]) => `(export "${n}" (func $l-${n}))`).join(' ')}))))
  ${TYPES.map(([n, t, , r]) => `(func $${n} (param "v" ${t}) (result ${t}) (canon lift (core func $m "${n}") (memory (core memory $libc "memory")) (realloc (core func $libc "realloc")) string-encoding=${encoding}${r ? '' : ' (post-return (core func $m "post"))'}))`).join('\n  ')}
  (instance $out ${named.map((n) => `(export "${n}" (type $${n}))`).join(' ')}
    ${TYPES.map(([n]) => `(export "echo-${n}" (func $${n}))`).join(' ')})
  (export "test:guest/values@0.2.9" (instance $out)))`;
}

const texts = { 'echo-utf8': echo('utf8'), 'echo-utf16': echo('utf16'), 'echo-latin1': echo('latin1+utf16') };
for (const file of readdirSync(here).filter((each) => each.endsWith('.wat'))) {
  texts[file.replace('.wat', '')] = readFileSync(join(here, file), 'utf8');
}
for (const [name, text] of Object.entries(texts)) {
  const binary = await parse(text);
  writeFileSync(join(target, `${name}.wasm`), binary);
  console.log(name, binary.length);
}
