-- Who may do what. The built-in roles are in the code; a binding may name one of them or a row of role.

create table role (
    name        text primary key,
    description text        not null,
    permissions text[]      not null,
    created_at  timestamptz not null,
    created_by  text        not null
);

create table service_account (
    namespace   text        not null references namespace (name) on delete cascade,
    name        text        not null,
    description text        not null,
    created_at  timestamptz not null,
    created_by  text        not null,
    primary key (namespace, name)
);

create table role_binding (
    id           text primary key,
    role         text        not null,
    subject_kind text        not null check (subject_kind in ('USER', 'GROUP', 'SERVICE_ACCOUNT')),
    subject      text        not null,
    namespace    text references namespace (name) on delete cascade, -- null: grid-wide
    created_at   timestamptz not null,
    created_by   text        not null,
    unique nulls not distinct (role, subject_kind, subject, namespace)
);
create index role_binding_subject on role_binding (subject_kind, subject);

insert into role_binding (id, role, subject_kind, subject, namespace, created_at, created_by)
select 'b-' || substr(md5(u.name || ':' || r), 1, 12),
       case r when 'ADMIN' then 'grid-admin' else 'viewer' end,
       'USER', u.name, null, u.created_at, 'system'
from local_user u, unnest(u.roles) r;

alter table local_user drop column roles;

-- A token may be less than its owner: null leaves it all the owner's permissions, or all the owner's namespaces.
alter table api_token
    add column owner_kind  text not null default 'USER' check (owner_kind in ('USER', 'SERVICE_ACCOUNT')),
    add column permissions text[],
    add column namespace   text;
alter table api_token alter column owner_kind drop default;
