;; A core module whose start function does not return.
(component
  (core module $m (func $spin (loop $l (br $l))) (start $spin))
  (core instance $m (instantiate $m)))
