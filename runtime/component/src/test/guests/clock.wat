;; Stands between the host's clock and other components: exports the interface that it imports, a thousand later.
(component
  (import "test:host/clock@1.0.0" (instance $clock (export "now" (func (result u32)))))
  (core func $now (canon lower (func $clock "now")))
  (core module $m (import "" "now" (func $now (result i32)))
    (func (export "now") (result i32) (i32.add (call $now) (i32.const 1000))))
  (core instance $m (instantiate $m (with "" (instance (export "now" (func $now))))))
  (func $later (result u32) (canon lift (core func $m "now")))
  (instance $out (export "now" (func $later)))
  (export "test:host/clock@1.0.0" (instance $out)))
