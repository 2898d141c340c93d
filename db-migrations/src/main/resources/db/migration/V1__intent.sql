-- Intent: what people asked for. Facts, log lines and guest data never come here.

create table namespace (
    name       text primary key,
    created_at timestamptz not null,
    created_by text        not null
);

create table artifact_content (
    digest     text primary key,
    size_bytes bigint      not null
);

-- In chunks of one mebibyte, so that neither side ever holds a whole artifact in one buffer of the driver.
create table artifact_chunk (
    digest   text  not null references artifact_content (digest) on delete cascade,
    position int   not null,
    bytes    bytea not null,
    primary key (digest, position)
);
alter table artifact_chunk alter column bytes set storage external;

create table artifact (
    namespace            text        not null references namespace (name),
    digest               text        not null references artifact_content (digest),
    size_bytes           bigint      not null,
    imports              text[]      not null,
    exports              text[]      not null,
    minimum_memory_bytes bigint      not null,
    uploaded_at          timestamptz not null,
    uploaded_by          text        not null,
    primary key (namespace, digest)
);

create table deployment (
    uid             uuid primary key,
    namespace       text        not null references namespace (name),
    name            text        not null,
    version         bigint      not null,
    generation      bigint      not null,
    revision        int         not null,
    restarts        int         not null,
    labels          jsonb       not null,
    annotations     jsonb       not null,
    created_at      timestamptz not null,
    created_by      text        not null,
    changed_at      timestamptz not null,
    unique (namespace, name)
);

-- Never updated: a change of intent is a further row.
create table revision (
    deployment       uuid        not null references deployment (uid) on delete cascade,
    number           int         not null,
    artifact         text        not null,
    artifact_bytes   bigint      not null,
    hosts            text[]      not null,
    paths            text[]      not null,
    instances        int         not null,
    memory_bytes     bigint      not null,
    timeout_millis   bigint      not null,
    cpu_time_millis  bigint      not null,
    environment      jsonb       not null,
    created_at       timestamptz not null,
    created_by       text        not null,
    primary key (deployment, number)
);

-- Outlives the deployment: a revision's number is never used again, even when the name is.
create table revision_counter (
    namespace text not null,
    name      text not null,
    last      int  not null,
    primary key (namespace, name)
);

-- One owner for each host and path; the primary key keeps it so under any interleaving.
create table route (
    host       text not null,
    path       text not null,
    deployment uuid not null references deployment (uid) on delete cascade,
    primary key (host, path)
);
create index route_deployment on route (deployment);

create table event (
    id         bigint generated always as identity primary key,
    at         timestamptz not null,
    severity   text        not null,
    reason     text        not null,
    message    text        not null,
    namespace  text,
    deployment text,
    instance   text,
    node       text,
    count      bigint      not null
);

create table local_user (
    name          text primary key,
    password_hash text        not null,
    roles         text[]      not null,
    enabled       boolean     not null,
    version       bigint      not null,
    created_at    timestamptz not null
);

create table api_token (
    id         text primary key,
    name       text        not null,
    owner      text        not null,
    secret     text        not null, -- SHA-256 of the secret part
    created_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz
);
create index api_token_owner on api_token (owner);

-- Answers to POSTs that carried an Idempotency-Key; the oldest go when there are too many.
create table idempotent_answer (
    caller       text        not null,
    key          text        not null,
    request_hash text        not null, -- SHA-256 of method, path and body
    status       int         not null,
    content_type text,
    body         bytea       not null,
    created_at   timestamptz not null,
    primary key (caller, key)
);
create index idempotent_answer_age on idempotent_answer (created_at);
