-- Who wrote what. A row is never changed; the oldest go by the retention rule, and audit_start then says where the chain of
-- hashes begins.

create table audit (
    id            bigint primary key, -- without gaps
    at            timestamptz not null,
    actor         text        not null,
    actor_kind    text        not null,
    origin        text        not null, -- address, and the token that was used
    action        text        not null,
    namespace     text,
    resource      text        not null,
    outcome       text        not null,
    detail        text        not null,
    before        text,                 -- JSON
    after         text,                 -- JSON
    previous_hash text        not null,
    hash          text        not null  -- SHA-256 of the previous hash and all of the above, hexadecimal
);
create index audit_at on audit (at);
create index audit_namespace on audit (namespace, id);
create index audit_actor on audit (actor, id);

-- One row: what the chain had come to when its oldest rows went.
create table audit_start (
    only_row boolean primary key default true check (only_row),
    id       bigint not null, -- of the last row that went
    hash     text   not null
);
insert into audit_start (id, hash) values (0, repeat('0', 64));
