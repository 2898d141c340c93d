;; A core module with exception handling, which the engine may refuse.
(component
  (core module $m (tag (param i32)) (func (export "f")))
  (core instance $m (instantiate $m)))
