// The sample workload: an HTTP handler for wasi:http 0.2 with no library under it.
//
//   /        greets WHO (from the environment) and tells which instance answered, as HTML for browsers, else as text
//   /health  answers 200 "ok" for probes
//   /echo    streams the request body back as it comes in
#include "wasi.h"

static u64 instance_id;
static u64 started_nanoseconds;
static u64 served;

static text variable(text name, text otherwise) {
    text_pairs all;
    environment(&all);
    for (u32 i = 0; i < all.length; i++) {
        if (text_equal(all.start[i].name, name)) {
            return all.start[i].value;
        }
    }
    return otherwise;
}

// A value from outside must not become markup.
static void put_escaped(builder *into, text value, int html) {
    for (u32 i = 0; i < value.length; i++) {
        char c = value.start[i];
        if (html && c == '<') {
            put(into, TEXT("&lt;"));
        } else if (html && c == '>') {
            put(into, TEXT("&gt;"));
        } else if (html && c == '&') {
            put(into, TEXT("&amp;"));
        } else {
            put(into, (text){&c, 1});
        }
    }
}

static void put_hexadecimal(builder *into, u64 number) {
    for (int shift = 60; shift >= 0; shift -= 4) {
        put(into, (text){&"0123456789abcdef"[number >> shift & 15], 1});
    }
}

static int accepts_html(handle request) {
    handle headers = request_headers(request);
    text_pairs entries;
    int html = 0;
    fields_entries(headers, &entries);
    fields_drop(headers);
    for (u32 i = 0; i < entries.length; i++) {
        if (!text_equal(entries.start[i].name, TEXT("accept"))) {
            continue;
        }
        text value = entries.start[i].value;
        for (u32 at = 0; at + 9 <= value.length; at++) {
            html |= text_equal((text){value.start + at, 9}, TEXT("text/html"));
        }
    }
    return html;
}

static void greet(handle request, handle outparam) {
    static builder page;
    int html = accepts_html(request);
    page.length = 0;
    put(&page, html ? TEXT("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>WarpGrid</title><h1>") : TEXT(""));
    put(&page, TEXT("Hello, "));
    put_escaped(&page, variable(TEXT("WHO"), TEXT("world")), html);
    put(&page, html ? TEXT("!</h1><p>") : TEXT("!\n"));
    put(&page, TEXT("Instance "));
    put_hexadecimal(&page, instance_id);
    put(&page, TEXT(" has answered "));
    put_number(&page, served);
    put(&page, served == 1 ? TEXT(" request in ") : TEXT(" requests in "));
    put_number(&page, (monotonic_now() - started_nanoseconds) / 1000000);
    put(&page, html ? TEXT(" ms.</p></html>\n") : TEXT(" ms.\n"));

    handle headers = fields_new();
    header(headers, TEXT("content-type"), html ? TEXT("text/html; charset=utf-8") : TEXT("text/plain; charset=utf-8"));
    send(respond(outparam, 200, headers), &page);
}

static void answer(handle outparam, int status, text sentence) {
    static builder line;
    line.length = 0;
    put(&line, sentence);
    handle headers = fields_new();
    header(headers, TEXT("content-type"), TEXT("text/plain; charset=utf-8"));
    send(respond(outparam, status, headers), &line);
}

static void echo(handle request, handle outparam) {
    handle_result body, in, out;
    request_consume(request, &body);
    incoming_body_stream(body.value, &in);
    handle response = respond(outparam, 200, fields_new());
    outgoing_body_write(response, &out);
    // The host moves the bytes from stream to stream; none of them passes through this module's memory.
    count_result moved;
    do {
        stream_blocking_splice(out.value, in.value, 65536, &moved);
    } while (!moved.failed);
    output_stream_drop(out.value);
    input_stream_drop(in.value);
    incoming_body_drop(body.value);
    if (moved.error == STREAM_CLOSED) {
        finish(response);
    } else {
        outgoing_body_drop(response); // not finished: the client sees that the body was cut
    }
}

static void serve(handle request, handle outparam) {
    optional_text path;
    request_path(request, &path);
    text name = path.present ? path.value : TEXT("/");
    for (u32 i = 0; i < name.length; i++) {
        if (name.start[i] == '?') {
            name.length = i;
        }
    }
    if (text_equal(name, TEXT("/"))) {
        greet(request, outparam);
    } else if (text_equal(name, TEXT("/health"))) {
        answer(outparam, 200, TEXT("ok\n"));
    } else if (text_equal(name, TEXT("/echo"))) {
        echo(request, outparam);
    } else {
        answer(outparam, 404, TEXT("Nothing lives here; try /, /health or /echo.\n"));
    }
}

__attribute__((export_name("wasi:http/incoming-handler@0.2.12#handle"))) void handle_request(
        handle request, handle outparam) {
    arena_used = 0;
    if (!served++) {
        instance_id = random_u64();
        started_nanoseconds = monotonic_now();
    }
    serve(request, outparam);
    request_drop(request);
}
