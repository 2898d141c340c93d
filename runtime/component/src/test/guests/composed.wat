;; Two components: the outer one's function goes through the inner one's, which upper-cases nothing but the length.
(component
  (component $inner
    (core module $m
      (memory (export "memory") 1) (global $top (mut i32) (i32.const 1024))
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (local $p i32)
        (local.set $p (global.get $top)) (global.set $top (i32.add (local.get $p) (local.get 3))) (local.get $p))
      (func (export "twice") (param i32 i32) (result i32)
        (memory.copy (i32.add (local.get 0) (local.get 1)) (local.get 0) (local.get 1))
        (i32.store (i32.const 16) (local.get 0)) (i32.store (i32.const 20) (i32.mul (local.get 1) (i32.const 2)))
        (i32.const 16)))
    (core instance $m (instantiate $m))
    (func (export "twice") (param "s" string) (result string)
      (canon lift (core func $m "twice") (memory (core memory $m "memory")) (realloc (core func $m "realloc")))))
  (component $outer
    (import "twice" (func $twice (param "s" string) (result string)))
    (core module $libc
      (memory (export "memory") 1) (global $top (mut i32) (i32.const 1024))
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (local $p i32)
        (local.set $p (i32.and (i32.add (global.get $top) (i32.const 1)) (i32.const -2)))
        (global.set $top (i32.add (local.get $p) (local.get 3))) (local.get $p)))
    (core instance $libc (instantiate $libc))
    (core func $twice (canon lower (func $twice) (memory (core memory $libc "memory")) (realloc (core func $libc "realloc")) string-encoding=utf16))
    (core module $m (import "" "twice" (func $twice (param i32 i32 i32)))
      (func (export "run") (param i32 i32) (result i32)
        (call $twice (local.get 0) (local.get 1) (i32.const 16)) (i32.const 16)))
    (core instance $m (instantiate $m (with "" (instance (export "twice" (func $twice))))))
    (func (export "run") (param "s" string) (result string)
      (canon lift (core func $m "run") (memory (core memory $libc "memory")) (realloc (core func $libc "realloc")) string-encoding=utf16)))
  (instance $inner (instantiate $inner))
  (instance $outer (instantiate $outer (with "twice" (func $inner "twice"))))
  (export "run" (func $outer "run")))
