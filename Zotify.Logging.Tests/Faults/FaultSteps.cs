namespace Zotify.Logging.Tests.Faults;

/// <summary>All steps, in the order of a record's path.</summary>
internal static class FaultSteps
{
    private const string Directory = "";
    private const string FailedWrite = "?pwrite64:error=ENOSPC:when=2+3";

    private static readonly string[] Active = ["audit.log.json", "job_logs.json"];
    private static readonly string[] Rolled = [FaultStep.FirstAudit, FaultStep.FirstJobs];
    private static readonly string[] Database = ["zotify.db", "zotify.db-wal"];
    private static readonly string[] Rejected = ["job_logs.json.rejected"];
    private static readonly string[] Torn = ["audit.log.json.torn"];
    private static readonly string[] Id = ["audit.log.json.id", "job_logs.json.id"];
    private static readonly string[] NewId = ["audit.log.json.id.new", "job_logs.json.id.new"];

    private static readonly string[] Write = ["pwrite64", "write"];
    private static readonly string[] Read = ["pread64"];
    private static readonly string[] Sync = ["fsync", "fdatasync"];
    private static readonly string[] Open = ["openat"];
    private static readonly string[] Rename = ["rename", "renameat", "renameat2"];
    private static readonly string[] Unlink = ["unlink", "unlinkat"];
    private static readonly string[] Cut = ["ftruncate"];
    private static readonly string[] Stat = ["stat", "lstat", "newfstatat", "statx"];

    private static readonly string[] Full = ["ENOSPC", "EIO", "EDQUOT", "EINTR"];
    private static readonly string[] Failing = ["EIO", "ENOSPC", "EINTR"];
    private static readonly string[] NoHandle = ["EMFILE", "EIO", "ENOSPC"];
    private static readonly string[] Interrupted = ["EIO", "EINTR"];

    public static IReadOnlyList<FaultStep> All { get; } =
    [
        new("append", "write lines", Write, Active) { Errors = Full },
        new("append", "see how long the file is", ["fstat"], Active),
        new("append", "cut what a failed write left", Cut, Active) { Errors = Interrupted, Provoked = FailedWrite },
        new("flush", "bring the audit lines to the disk", Sync, ["audit.log.json"]) { Errors = Failing, IsReported = true, IsWhole = true },
        new("flush", "bring the job lines to the disk", Sync, ["job_logs.json"]) { Errors = Failing, IsReported = true, IsWhole = true },
        new("flush", "see whether the file is in its place", Stat, Active),
        new("roll", "rename the segment", Rename, Active) { With = ".0000", Errors = ["EIO", "ENOSPC", "EACCES"] },
        new("roll", "make the next segment", Open, Active) { With = "O_CREAT", Errors = NoHandle },
        new("roll", "open the directory", Open, [Directory]) { Without = "O_DIRECTORY", Errors = NoHandle },
        new("roll", "make its names safe", Sync, [Directory]) { Errors = Failing, IsReported = true },
        new("prune", "list the segments", ["getdents64"], [Directory]),
        new("prune", "read the end of what goes", Read, Rolled) { Errors = Interrupted },
        new("prune", "delete a segment", Unlink, Rolled) { Errors = ["EIO", "EBUSY", "EACCES"] },
        new("prune", "make the deletion safe", Sync, [Directory, .. Rolled]) { After = Unlink, Errors = Failing, IsReported = true },
        new("project", "open a segment", Open, [.. Active, .. Rolled]) { Without = "O_CREAT", Errors = NoHandle },
        new("project", "read lines", Read, Active) { Errors = Interrupted },
        new("project", "open the database", Open, Database) { Errors = NoHandle },
        new("project", "read the database", Read, Database),
        new("project", "write rows", Write, ["zotify.db-wal"]) { Errors = Full },
        new("project", "write rows in their place", Write, ["zotify.db"]) { Errors = Full },
        new("project", "bring the rows to the disk", Sync, Database) { Errors = Failing },
        new("project", "open the lines set aside", Open, Rejected) { Errors = NoHandle },
        new("project", "write a line set aside", Write, Rejected) { Errors = Full },
        new("project", "bring a line set aside to the disk", Sync, Rejected) { Errors = Failing, IsReported = true },
        new("recover", "lock the directory", ["flock"], ["zotify.lock"]) { Errors = ["EIO", "ENOLCK", "EINTR"] },
        new("recover", "name the owner", Write, ["zotify.owner", "zotify.owner.new"]) { Errors = Full },
        new("recover", "see whether there is an id", Stat, Id),
        new("recover", "read the id", [.. Read, "read"], Id) { Errors = Interrupted },
        new("recover", "write the id", Write, NewId) { Errors = Full },
        new("recover", "bring the id to the disk", Sync, NewId) { Errors = Failing, IsReported = true },
        new("recover", "put the id in its place", Rename, NewId) { Errors = ["EIO", "ENOSPC", "EACCES"] },
        new("recover", "open the torn lines", Open, Torn) { Errors = NoHandle },
        new("recover", "write the torn line", Write, Torn) { Errors = Full },
        new("recover", "bring the torn line to the disk", Sync, Torn) { Errors = Failing, IsReported = true },
        new("recover", "cut the torn line", Cut, ["audit.log.json"]) { Errors = Interrupted },
        new("recover", "bring the cut to the disk", Sync, ["audit.log.json"]) { After = Cut, Errors = Failing, IsReported = true },
    ];
}
