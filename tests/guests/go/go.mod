module warpgrid.dev/guests/go

go 1.24
