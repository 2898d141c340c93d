// The parts of WASI 0.2 that a small HTTP handler calls, as the Canonical ABI spells them for a 32-bit core module.
//
// How to read the signatures: a handle is an i32; a string or a list is two arguments (pointer, length); a result that
// does not fit into one value is written to the struct behind the last argument. In such a struct `failed` or `present`
// is the discriminant of a WIT result or option, and the payload follows at its own alignment.
#pragma once

typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef int handle;

#define WASI(interface, function) \
    __attribute__((import_module("wasi:" interface "@0.2.12"), import_name(function))) extern

typedef struct {
    const char *start;
    u32 length;
} text;

typedef struct {
    u8 present;
    text value;
} optional_text;

typedef struct {
    u8 failed;
    union {
        handle value;
        u8 error;
    };
} handle_result;

// result<list<u8>, stream-error>
typedef struct {
    u8 failed;
    union {
        text value;
        struct {
            u8 error; // one of STREAM_*
            handle cause;
        };
    };
} bytes_result;

// result<u64, stream-error>
typedef struct {
    u8 failed;
    union {
        u64 value;
        struct {
            u8 error;
            handle cause;
        };
    };
} count_result;

enum { STREAM_FAILED = 0, STREAM_CLOSED = 1 };

// The largest result of all: result<_, error-code>.
typedef struct {
    _Alignas(8) u8 bytes[40];
} code_result;

typedef struct {
    text name;
    text value;
} text_pair;

typedef struct {
    const text_pair *start;
    u32 length;
} text_pairs;

enum method { GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS, TRACE, PATCH, OTHER };

typedef struct {
    u8 kind; // enum method
    text other;
} request_method;

WASI("cli/environment", "get-environment") void environment(text_pairs *result);
WASI("cli/stdout", "get-stdout") handle standard_output(void);
WASI("cli/stderr", "get-stderr") handle standard_error(void);

WASI("clocks/monotonic-clock", "now") u64 monotonic_now(void);
WASI("clocks/monotonic-clock", "subscribe-duration") handle subscribe_duration(u64 nanoseconds);
WASI("random/random", "get-random-u64") u64 random_u64(void);

WASI("io/poll", "[method]pollable.block") void pollable_block(handle self);
WASI("io/poll", "[resource-drop]pollable") void pollable_drop(handle self);
WASI("io/streams", "[method]input-stream.blocking-read")
void stream_blocking_read(handle self, u64 at_most, bytes_result *result);
WASI("io/streams", "[resource-drop]input-stream") void input_stream_drop(handle self);
WASI("io/streams", "[method]output-stream.check-write") void stream_check_write(handle self, count_result *result);
WASI("io/streams", "[method]output-stream.write")
void stream_write(handle self, const char *start, u32 length, bytes_result *result);
WASI("io/streams", "[method]output-stream.flush") void stream_flush(handle self, bytes_result *result);
WASI("io/streams", "[method]output-stream.subscribe") handle stream_subscribe(handle self);
WASI("io/streams", "[method]output-stream.blocking-write-and-flush")
void stream_blocking_write(handle self, const char *start, u32 length, bytes_result *result);
WASI("io/streams", "[method]output-stream.blocking-splice")
void stream_blocking_splice(handle self, handle from, u64 at_most, count_result *result);
WASI("io/streams", "[resource-drop]output-stream") void output_stream_drop(handle self);

WASI("http/types", "[constructor]fields") handle fields_new(void);
WASI("http/types", "[method]fields.append")
void fields_append(handle self, const char *name, u32 name_length, const char *value, u32 length, u8 *result);
WASI("http/types", "[method]fields.entries") void fields_entries(handle self, text_pairs *result);
WASI("http/types", "[resource-drop]fields") void fields_drop(handle self);
WASI("http/types", "[method]incoming-request.method") void request_method_of(handle self, request_method *result);
WASI("http/types", "[method]incoming-request.path-with-query") void request_path(handle self, optional_text *result);
WASI("http/types", "[method]incoming-request.headers") handle request_headers(handle self);
WASI("http/types", "[method]incoming-request.consume") void request_consume(handle self, handle_result *result);
WASI("http/types", "[resource-drop]incoming-request") void request_drop(handle self);
WASI("http/types", "[method]incoming-body.stream") void incoming_body_stream(handle self, handle_result *result);
WASI("http/types", "[resource-drop]incoming-body") void incoming_body_drop(handle self);
WASI("http/types", "[constructor]outgoing-response") handle response_new(handle headers);
WASI("http/types", "[method]outgoing-response.set-status-code") int response_set_status(handle self, int status);
WASI("http/types", "[method]outgoing-response.body") void response_body(handle self, handle_result *result);
WASI("http/types", "[method]outgoing-body.write") void outgoing_body_write(handle self, handle_result *result);
WASI("http/types", "[static]outgoing-body.finish")
void outgoing_body_finish(handle self, int has_trailers, handle trailers, code_result *result);
WASI("http/types", "[resource-drop]outgoing-body") void outgoing_body_drop(handle self);
// The second argument of set is result<outgoing-response, error-code>, laid flat: with `failed` 0 only `response` counts.
WASI("http/types", "[static]response-outparam.set")
void response_set(handle outparam, int failed, int response, int a, u64 b, int c, int d, int e, int f);

// The host asks for memory here when it hands over a string or a list. One request is served at a time and keeps
// nothing, so the arena starts anew with every request.
#ifndef ARENA_BYTES
#define ARENA_BYTES 32768
#endif
static _Alignas(16) u8 arena[ARENA_BYTES];
static u32 arena_used;

__attribute__((export_name("cabi_realloc"))) void *cabi_realloc(void *old, u32 old_size, u32 align, u32 size) {
    arena_used = (arena_used + align - 1) & ~(align - 1);
    u8 *block = arena + arena_used;
    if (size > sizeof arena - arena_used) {
        __builtin_trap();
    }
    arena_used += size;
    for (u32 i = 0; i < old_size; i++) {
        block[i] = ((u8 *)old)[i];
    }
    return block;
}

#define TEXT(literal) ((text){(literal), sizeof(literal) - 1})

static int text_equal(text a, text b) {
    if (a.length != b.length) {
        return 0;
    }
    for (u32 i = 0; i < a.length; i++) {
        if (a.start[i] != b.start[i]) {
            return 0;
        }
    }
    return 1;
}

// Text is built up in one buffer; what does not fit is cut.
typedef struct {
    char bytes[4096];
    u32 length;
} builder;

static void put(builder *into, text piece) {
    for (u32 i = 0; i < piece.length && into->length < sizeof into->bytes; i++) {
        into->bytes[into->length++] = piece.start[i];
    }
}

static void put_number(builder *into, u64 number) {
    char digits[20];
    u32 count = 0;
    do {
        digits[count++] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    while (count) {
        put(into, (text){&digits[--count], 1});
    }
}

static void header(handle fields, text name, text value) {
    u8 result[2];
    fields_append(fields, name.start, name.length, value.start, value.length, result);
}

// Sends the head at once and answers the body, which the caller has to finish.
static handle respond(handle outparam, int status, handle headers) {
    handle response = response_new(headers);
    handle_result body;
    response_set_status(response, status);
    response_body(response, &body);
    response_set(outparam, 0, response, 0, 0, 0, 0, 0, 0);
    return body.value;
}

static void finish(handle body) {
    code_result result;
    outgoing_body_finish(body, 0, 0, &result);
}

// blocking-write-and-flush takes 4096 bytes at most, which is what a builder holds.
static void send(handle body, const builder *content) {
    handle_result stream;
    bytes_result written;
    outgoing_body_write(body, &stream);
    stream_blocking_write(stream.value, content->bytes, content->length, &written);
    output_stream_drop(stream.value);
    finish(body);
}
