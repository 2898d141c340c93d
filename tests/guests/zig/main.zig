//! A preview 1 program as Zig makes it, on the functions of preview 1 themselves: writes a file into the first folder,
//! reads it back and prints it in capitals; ends with code 3 where there is no folder.
const std = @import("std");
const wasi = std.os.wasi;

fn say(text: []const u8) void {
    const part = wasi.ciovec_t{ .base = text.ptr, .len = text.len };
    var done: usize = 0;
    _ = wasi.fd_write(1, @ptrCast(&part), 1, &done);
}

pub fn main() void {
    const path = "from-zig";
    const content = "written by zig\n";
    const rights: wasi.rights_t = .{ .FD_READ = true, .FD_WRITE = true, .FD_SEEK = true, .FD_TELL = true };
    var file: wasi.fd_t = 0;
    if (wasi.path_open(3, .{}, path, path.len, .{ .CREAT = true, .TRUNC = true }, rights, rights, .{}, &file) != .SUCCESS) {
        say("no folder\n");
        wasi.proc_exit(3);
    }
    var done: usize = 0;
    const from = wasi.ciovec_t{ .base = content, .len = content.len };
    _ = wasi.fd_write(file, @ptrCast(&from), 1, &done);
    var position: wasi.filesize_t = 0;
    _ = wasi.fd_seek(file, 0, .SET, &position);
    var buffer: [64]u8 = undefined;
    const to = wasi.iovec_t{ .base = &buffer, .len = buffer.len };
    _ = wasi.fd_read(file, @ptrCast(&to), 1, &done);
    for (buffer[0..done]) |*letter| letter.* = std.ascii.toUpper(letter.*);
    say(buffer[0..done]);
    _ = wasi.fd_close(file);
}
