-- How revisions take over from each other.

-- As it was asked for with the revision, every default written down; nothing for revisions from before.
alter table revision add column rollout jsonb not null default '{}';
-- The earlier revision this one brings back.
alter table revision add column restores int;

-- One row for each rollout of a deployment. The controller writes the first group of columns under its fence, people's
-- commands the second; neither touches the other's.
create table rollout (
    deployment   uuid        not null references deployment (uid) on delete cascade,
    number       bigint      not null, -- from 1
    target       int         not null,
    baseline     int,
    phase        text        not null,
    step         int         not null,
    released     int         not null,
    paused_seen  boolean     not null,
    promoted     int         not null,
    started_at   timestamptz not null,
    phase_at     timestamptz not null,
    progress_at  timestamptz not null,
    steady_since timestamptz,
    ended_at     timestamptz,
    sentence     text        not null,
    cause        text        not null,

    paused       boolean     not null default false,
    promotions   int         not null default 0,
    promote_all  boolean     not null default false,
    aborted_by   text        not null default '',
    retried      boolean     not null default false,

    newest       boolean     not null,
    primary key (deployment, number)
);
create unique index rollout_newest on rollout (deployment) where newest;
