// A guest that misbehaves on request, so that tests can watch the host keep its limits.
//
//   /loop               runs for ever            /grow               grows its memory until that fails, then traps
//   /trap               unreachable              /recurse            overflows the call stack
//   /never              waits for ever           /silent             returns without a response
//   /error              answers internal-error   /cut                drops the body unfinished after 5 bytes
//   /status?code=N      answers N                /slow?ms=N          waits, then answers
//   /spam?lines=N       floods stdout            /stderr?bytes=N     one line of N bytes on stderr
//   /big?bytes=N        streams N bytes          /echo               echoes through its own memory
//   /headers            lists the request's      /env                lists the environment
//   /trailers           sends trailers           /outbound           tries to call out
//   /random?bytes=N     asks for random bytes    /overrun            writes more than check-write allowed
//   /log                logs two messages    /config             reads greeting from wasi:config
//   /pollables?count=N  keeps N pollables open   /count              counts the requests of this instance
#include "../../../examples/hello/wasi.h"

WASI("io/poll", "poll") void poll_list(const handle *pollables, u32 count, text *ready);
WASI("random/random", "get-random-bytes") void random_bytes(u64 count, text *result);
WASI("http/types", "[constructor]outgoing-request") handle outgoing_request_new(handle headers);
WASI("http/outgoing-handler", "handle")
void send_request(handle request, int has_options, handle options, code_result *result);

__attribute__((import_module("wasi:logging/logging@0.1.0-draft"), import_name("log"))) extern void log_message(
        int level, const char *context, u32 context_length, const char *message, u32 length);

// result<option<string>, error>
typedef struct {
    u8 failed;
    optional_text value;
} config_result;

__attribute__((import_module("wasi:config/store@0.2.0-rc.1"), import_name("get"))) extern void config_get(
        const char *key, u32 length, config_result *result);

static builder out;

static u64 parameter(text path, text name, u64 otherwise) {
    for (u32 at = 0; at + name.length + 2 <= path.length; at++) {
        text here = {path.start + at + 1, name.length};
        if ((path.start[at] != '?' && path.start[at] != '&') || !text_equal(here, name)
                || path.start[at + 1 + name.length] != '=') {
            continue;
        }
        u64 number = 0;
        for (u32 digit = at + name.length + 2; digit < path.length; digit++) {
            if (path.start[digit] < '0' || path.start[digit] > '9') {
                break;
            }
            number = number * 10 + (u64)(path.start[digit] - '0');
        }
        return number;
    }
    return otherwise;
}

static handle plain(void) {
    handle headers = fields_new();
    header(headers, TEXT("content-type"), TEXT("text/plain"));
    return headers;
}

static void say(handle outparam) { send(respond(outparam, 200, plain()), &out); }

static void say_pairs(handle outparam, text_pairs pairs) {
    for (u32 i = 0; i < pairs.length; i++) {
        put(&out, pairs.start[i].name);
        put(&out, TEXT("="));
        put(&out, pairs.start[i].value);
        put(&out, TEXT("\n"));
    }
    say(outparam);
}

#pragma clang diagnostic ignored "-Winfinite-recursion"
static int recurse(volatile int depth) {
    volatile int frame[16];
    frame[depth & 15] = depth;
    return recurse(depth + 1) + frame[depth & 15];
}

static void grow(void) {
    while (__builtin_wasm_memory_grow(0, 16) != (unsigned long)-1) {
    }
    __builtin_trap();
}

static void wait(u64 nanoseconds) {
    handle pollable = subscribe_duration(nanoseconds);
    pollable_block(pollable);
    pollable_drop(pollable);
}

static void write_all(handle stream, const char *start, u64 length) {
    bytes_result written = {0};
    while (length && !written.failed) {
        u32 part = length < 4096 ? (u32)length : 4096;
        stream_blocking_write(stream, start, part, &written);
        start += part;
        length -= part;
    }
}

static void spam(u64 lines) {
    handle stream = standard_output();
    for (u64 i = 0; i < lines; i++) {
        out.length = 0;
        put(&out, TEXT("line "));
        put_number(&out, i);
        put(&out, TEXT(" of the flood\n"));
        write_all(stream, out.bytes, out.length);
    }
    output_stream_drop(stream);
    out.length = 0;
    put(&out, TEXT("flooded\n"));
}

static void long_line(u64 bytes) {
    handle stream = standard_error();
    for (u32 i = 0; i < sizeof out.bytes; i++) {
        out.bytes[i] = 'x';
    }
    for (u64 left = bytes; left;) {
        u32 part = left < sizeof out.bytes ? (u32)left : sizeof out.bytes;
        write_all(stream, out.bytes, part);
        left -= part;
    }
    write_all(stream, "\n", 1);
    output_stream_drop(stream);
    out.length = 0;
    put(&out, TEXT("written\n"));
}

// The way a library writes: ask for credit, write within it, wait on the stream's pollable when there is none.
static void big(handle outparam, u64 bytes) {
    handle body = respond(outparam, 200, plain());
    handle_result stream;
    static char block[16384];
    for (u32 i = 0; i < sizeof block; i++) {
        block[i] = (char)('a' + i % 26);
    }
    outgoing_body_write(body, &stream);
    handle pollable = stream_subscribe(stream.value);
    while (bytes) {
        count_result credit;
        bytes_result written;
        stream_check_write(stream.value, &credit);
        if (credit.failed) {
            break;
        }
        if (!credit.value) {
            pollable_block(pollable);
            continue;
        }
        u64 part = bytes < credit.value ? bytes : credit.value;
        part = part < sizeof block ? part : sizeof block;
        stream_write(stream.value, block, (u32)part, &written);
        if (written.failed) {
            break;
        }
        bytes -= part;
    }
    pollable_drop(pollable);
    output_stream_drop(stream.value);
    if (bytes) {
        outgoing_body_drop(body);
    } else {
        finish(body);
    }
}

static void echo(handle request, handle outparam) {
    handle_result body, in, stream;
    bytes_result read;
    request_consume(request, &body);
    incoming_body_stream(body.value, &in);
    handle response = respond(outparam, 200, fields_new());
    outgoing_body_write(response, &stream);
    for (;;) {
        arena_used = 0;
        stream_blocking_read(in.value, 16384, &read);
        if (read.failed) {
            break;
        }
        write_all(stream.value, read.value.start, read.value.length);
    }
    output_stream_drop(stream.value);
    input_stream_drop(in.value);
    incoming_body_drop(body.value);
    finish(response);
}

static void cut(handle outparam) {
    handle body = respond(outparam, 200, plain());
    handle_result stream;
    outgoing_body_write(body, &stream);
    write_all(stream.value, "begun", 5);
    output_stream_drop(stream.value);
    outgoing_body_drop(body);
}

static void overrun(handle outparam) {
    handle body = respond(outparam, 200, plain());
    handle_result stream;
    count_result credit;
    bytes_result written;
    outgoing_body_write(body, &stream);
    stream_check_write(stream.value, &credit);
    stream_write(stream.value, (const char *)0, (u32)credit.value + 1, &written);
}

static void trailers(handle outparam) {
    handle body = respond(outparam, 200, plain());
    handle_result stream;
    code_result result;
    outgoing_body_write(body, &stream);
    write_all(stream.value, "with trailers\n", 14);
    output_stream_drop(stream.value);
    handle fields = fields_new();
    header(fields, TEXT("x-checksum"), TEXT("1234"));
    outgoing_body_finish(body, 1, fields, &result);
}

static void outbound(handle outparam) {
    code_result result;
    send_request(outgoing_request_new(fields_new()), 0, 0, &result);
    put(&out, result.bytes[0] ? TEXT("refused with error code ") : TEXT("accepted "));
    put_number(&out, result.bytes[8]);
    put(&out, TEXT("\n"));
    say(outparam);
}

static void hoard(u64 count, handle outparam) {
    static handle pollables[4096];
    for (u32 i = 0; i < count && i < 4096; i++) {
        pollables[i] = subscribe_duration(i == 1 ? 0 : 3600000000000);
    }
    text ready;
    poll_list(pollables, (u32)(count < 4096 ? count : 4096), &ready);
    put(&out, TEXT("ready "));
    put_number(&out, ready.length);
    put(&out, TEXT(" first "));
    put_number(&out, *(const u32 *)ready.start);
    put(&out, TEXT("\n"));
    say(outparam);
    for (u32 i = 0; i < count && i < 4096; i++) {
        pollable_drop(pollables[i]);
    }
}

static int is(text path, text name) {
    text start = {path.start, name.length};
    return path.length >= name.length && text_equal(start, name)
            && (path.length == name.length || path.start[name.length] == '?');
}

static void run_for_ever(void) {
    for (volatile u32 turn = 0;; turn++) {
    }
}

static void log_two(void) {
    text context = TEXT("trouble");
    text lines = TEXT("first\nsecond");
    log_message(3, context.start, context.length, lines.start, lines.length);
    log_message(5, "", 0, "third", 5);
    put(&out, TEXT("logged\n"));
}

static void read_config(void) {
    config_result result;
    config_get("greeting", 8, &result);
    put(&out, !result.failed && result.value.present ? result.value.value : TEXT("nothing\n"));
}

// Those that do harm; answers whether the path was one of them.
static int misbehave(text path, handle outparam) {
    if (is(path, TEXT("/loop"))) {
        run_for_ever();
    } else if (is(path, TEXT("/grow"))) {
        grow();
    } else if (is(path, TEXT("/trap"))) {
        __builtin_trap();
    } else if (is(path, TEXT("/recurse"))) {
        recurse(0);
    } else if (is(path, TEXT("/never"))) {
        wait(~0ull);
    } else if (is(path, TEXT("/cut"))) {
        cut(outparam);
    } else if (is(path, TEXT("/overrun"))) {
        overrun(outparam);
    } else if (is(path, TEXT("/error"))) {
        response_set(outparam, 1, 38, 0, 0, 0, 0, 0, 0);
    } else if (!is(path, TEXT("/silent"))) {
        return 0;
    }
    return 1;
}

static void answer(text path, handle request, handle outparam, u64 served) {
    text_pairs pairs;
    if (is(path, TEXT("/big"))) {
        big(outparam, parameter(path, TEXT("bytes"), 1000000));
    } else if (is(path, TEXT("/echo"))) {
        echo(request, outparam);
    } else if (is(path, TEXT("/trailers"))) {
        trailers(outparam);
    } else if (is(path, TEXT("/outbound"))) {
        outbound(outparam);
    } else if (is(path, TEXT("/pollables"))) {
        hoard(parameter(path, TEXT("count"), 4), outparam);
    } else if (is(path, TEXT("/env"))) {
        environment(&pairs);
        say_pairs(outparam, pairs);
    } else if (is(path, TEXT("/headers"))) {
        handle headers = request_headers(request);
        fields_entries(headers, &pairs);
        fields_drop(headers);
        say_pairs(outparam, pairs);
    } else if (is(path, TEXT("/status"))) {
        finish(respond(outparam, (int)parameter(path, TEXT("code"), 200), fields_new()));
    } else {
        if (is(path, TEXT("/slow"))) {
            wait(parameter(path, TEXT("ms"), 100) * 1000000);
            put(&out, TEXT("waited\n"));
        } else if (is(path, TEXT("/spam"))) {
            spam(parameter(path, TEXT("lines"), 1000));
        } else if (is(path, TEXT("/stderr"))) {
            long_line(parameter(path, TEXT("bytes"), 10));
        } else if (is(path, TEXT("/log"))) {
            log_two();
        } else if (is(path, TEXT("/config"))) {
            read_config();
        } else if (is(path, TEXT("/random"))) {
            text bytes;
            random_bytes(parameter(path, TEXT("bytes"), 16), &bytes);
            put_number(&out, bytes.length);
        } else if (is(path, TEXT("/count"))) {
            put_number(&out, served);
        } else {
            put(&out, TEXT("hello from trouble\n"));
        }
        say(outparam);
    }
}

__attribute__((export_name("wasi:http/incoming-handler@0.2.12#handle"))) void handle_request(
        handle request, handle outparam) {
    static u64 served;
    optional_text path;
    arena_used = 0;
    out.length = 0;
    request_path(request, &path);
    text name = path.present ? path.value : TEXT("/");
    if (!misbehave(name, outparam)) {
        answer(name, request, outparam, ++served);
    }
    request_drop(request);
}
