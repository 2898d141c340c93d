;; A world that imports a function by itself, and an interface that holds types only.
(component
  (import "local:app/types@1.0.0" (instance $types
    (type $level' (enum "low" "high")) (export "level" (type (eq $level')))))
  (alias export $types "level" (type $level))
  (import "limit-of" (func $limit-of (param "l" $level) (result u32)))
  (core func $limit-of (canon lower (func $limit-of)))
  (core module $m (import "" "f" (func $f (param i32) (result i32)))
    (func (export "twice") (param i32) (result i32) (i32.mul (i32.const 2) (call $f (local.get 0)))))
  (core instance $m (instantiate $m (with "" (instance (export "f" (func $limit-of))))))
  (func (export "twice") (param "l" $level) (result u32) (canon lift (core func $m "twice"))))
