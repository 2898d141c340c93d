-- Nodes and what was decided for them. What nodes report is not here: it lives in memory and is asked for anew.

-- A deleted node's row stays, so that its certificate is refused and its id is never given again.
create table node (
    id                 text primary key,
    joined_at          timestamptz not null,
    certificate_serial text        not null, -- of the newest certificate, hexadecimal
    protocol_version   int         not null,
    description        bytea,                -- as last told, a NodeDescription message; null before the first hello
    memory_bytes       bigint      not null, -- of the description, what placements may reserve
    deleted_at         timestamptz
);

create table join_token (
    id         text primary key,
    secret     bytea       not null, -- SHA-256 of the secret part
    authority  text        not null, -- SHA-256 of the certificate authority the token is for, hexadecimal
    created_at timestamptz not null,
    created_by text        not null,
    expires_at timestamptz not null,
    used_at    timestamptz,
    used_by    text                  -- the node that joined with it
);

-- One row for one instance for its whole life; a replacement is another row. Names, not keys: a placement outlives its
-- deployment until the controller has taken it away.
create table placement (
    instance       text primary key,
    namespace      text        not null,
    deployment     text        not null,
    revision       int         not null,
    restart_epoch  bigint      not null,
    node           text        not null references node (id),
    reserved_bytes bigint      not null,
    placed_at      timestamptz not null
);
create index placement_node on placement (node);
create index placement_deployment on placement (namespace, deployment);

-- The outbox: the newest desired state of each node, written with the placements it comes from. Agents get it after the
-- commit and whenever they connect; older generations are of no use to anybody.
create table desired_state (
    node         text primary key references node (id),
    generation   bigint      not null,
    state        bytea       not null, -- a DesiredState message
    committed_at timestamptz not null
);

-- Who runs the controllers. The fence grows with each new holder, and every commit of a controller checks it.
create table lease (
    name       text primary key,
    holder     text        not null,
    fence      bigint      not null,
    expires_at timestamptz not null
);
