;; Imports the counters of another component and the host's clock, from which it starts to count.
(component
  (import "test:shared/counters@0.1.0" (instance $counters
    (export "counter" (type $c (sub resource)))
    (export "[constructor]counter" (func (param "start" u32) (result (own $c))))
    (export "[method]counter.next" (func (param "self" (borrow $c)) (result u32)))
    (export "total" (func (result u32)))))
  (import "test:host/clock@1.0.0" (instance $clock (export "now" (func (result u32)))))
  (alias export $counters "counter" (type $c))
  (core func $new (canon lower (func $counters "[constructor]counter")))
  (core func $next (canon lower (func $counters "[method]counter.next")))
  (core func $total (canon lower (func $counters "total")))
  (core func $drop (canon resource.drop $c))
  (core func $now (canon lower (func $clock "now")))
  (core module $m
    (import "" "new" (func $new (param i32) (result i32))) (import "" "next" (func $next (param i32) (result i32)))
    (import "" "total" (func $total (result i32))) (import "" "drop" (func $drop (param i32)))
    (import "" "now" (func $now (result i32)))
    (func (export "run") (result i32) (local $c i32)
      (local.set $c (call $new (call $now)))
      (drop (call $next (local.get $c))) (drop (call $next (local.get $c)))
      (call $drop (local.get $c))
      (call $total)))
  (core instance $m (instantiate $m (with "" (instance
    (export "new" (func $new)) (export "next" (func $next)) (export "total" (func $total))
    (export "drop" (func $drop)) (export "now" (func $now))))))
  (func (export "run") (result u32) (canon lift (core func $m "run"))))
