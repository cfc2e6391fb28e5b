using Zotify.Logging.Database;
using Zotify.Logging.SqlServer;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>SQL Server's engine on the stand-in, which ignores UPDLOCK: rows are reserved by an update that changes nothing.</summary>
internal sealed class StandInEngine(DatabaseOptions options, ConnectionTap tap) : SqlServerEngine(options, tap)
{
    public override SqlQuery ReserveJobs(string columns, string jobIds)
    {
        var read = base.ReserveJobs(columns, jobIds);
        return SqlQuery.Raw($"UPDATE jobs SET entries = entries WHERE {Dialect.InJson("job_id", "@ids")};\n{read.Text}", read.Parameters);
    }
}
