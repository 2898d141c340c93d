;; Imports what loop-b exports, which imports what this exports.
(component
  (import "test:loop/b" (instance $in (export "f" (func (result u32)))))
  (core func $f (canon lower (func $in "f")))
  (core module $m (import "" "f" (func $f (result i32))) (func (export "f") (result i32) (call $f)))
  (core instance $m (instantiate $m (with "" (instance (export "f" (func $f))))))
  (func $out (result u32) (canon lift (core func $m "f")))
  (instance $o (export "f" (func $out)))
  (export "test:loop/a" (instance $o)))
