using Microsoft.Data.SqlClient;

namespace Zotify.Logging.SqlServer;

/// <summary>What the configured connection string comes to.</summary>
internal static class SqlServerConnectionStrings
{
    /// <summary>The connection string that the engine opens.</summary>
    /// <exception cref="ArgumentException">It is malformed, or names no server or no database.</exception>
    public static string Parse(string connectionString)
    {
        var builder = new SqlConnectionStringBuilder(connectionString)
        {
            // One command at a time is all that is asked of a connection.
            MultipleActiveResultSets = false,
            // A query that is made inside a transaction of the application's takes no part in it.
            Enlist = false,
        };
        // Without a name the login's default database would be meant, which is often master.
        if (builder.DataSource.Length == 0 || builder.InitialCatalog.Length == 0)
            throw new ArgumentException("The connection string must name a server and a database.", nameof(connectionString));
        if (!builder.ShouldSerialize("Application Name")) builder.ApplicationName = "Zotify.Logging";
        return builder.ConnectionString;
    }
}
