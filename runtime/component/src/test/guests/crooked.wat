;; Results that break the Canonical ABI.
(component
  (core module $m
    (memory (export "memory") 1)
    (data (i32.const 0) "\10\00\00\00\02\00\00\00")  ;; string of 2 bytes at 16
    (data (i32.const 16) "\c3\28")                   ;; not UTF-8
    (data (i32.const 32) "\ff\ff\00\00\20\00\00\00") ;; 32 bytes at 65535
    (data (i32.const 40) "\02\00\00\00\01\00\00\00") ;; one u32 at 2
    (data (i32.const 48) "\00\00\00\00\ff\ff\ff\ff") ;; 2^32-1 elements at 0
    (data (i32.const 56) "\00\00\00\00\00\40\00\00") ;; 16384 elements at 0
    (data (i32.const 64) "\07")                      ;; case 7
    (func (export "area") (param i32) (result i32) (local.get 0))
    (func (export "number") (param i32) (result i32) (local.get 0)))
  (core instance $m (instantiate $m))
  (func (export "text") (param "at" u32) (result string) (canon lift (core func $m "area") (memory (core memory $m "memory"))))
  (func (export "numbers") (param "at" u32) (result (list u32)) (canon lift (core func $m "area") (memory (core memory $m "memory"))))
  (func (export "texts") (param "at" u32) (result (list (tuple u8))) (canon lift (core func $m "area") (memory (core memory $m "memory"))))
  (func (export "maybe") (param "at" u32) (result (option u32)) (canon lift (core func $m "area") (memory (core memory $m "memory"))))
  (func (export "character") (param "v" u32) (result char) (canon lift (core func $m "number")))
  (type $color' (enum "red" "green"))
  (export $color "color-type" (type $color'))
  (func (export "color") (param "v" u32) (result $color) (canon lift (core func $m "number"))))
