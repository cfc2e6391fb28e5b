using Microsoft.Data.SqlClient;

namespace Zotify.Logging.SqlServer;

/// <summary>Converts the configured connection string.</summary>
internal static class SqlServerConnectionStrings
{
    /// <summary>The settings of the connections that the engine opens.</summary>
    /// <exception cref="ArgumentException">It is malformed, or names no server or no database.</exception>
    public static SqlConnectionStringBuilder Parse(string connectionString)
    {
        var builder = new SqlConnectionStringBuilder(connectionString)
        {
            // Each connection runs one command at a time.
            MultipleActiveResultSets = false,
            // A query inside a transaction of the application must not take part in that.
            Enlist = false,
        };
        // Without a name the server would use the login's default database, which is often master.
        if (builder.DataSource.Length == 0 || builder.InitialCatalog.Length == 0)
            throw new ArgumentException("The connection string must name a server and a database.", nameof(connectionString));
        if (!builder.ShouldSerialize("Application Name")) builder.ApplicationName = "Zotify.Logging";
        return builder;
    }
}
