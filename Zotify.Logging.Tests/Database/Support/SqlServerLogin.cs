using Microsoft.Data.SqlClient;
using Zotify.Logging.Database;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>A login with a user in the database of a store, who has one role, or none. Disposing it drops the login.</summary>
internal sealed class SqlServerLogin : IDisposable
{
    private const string Password = "Zotify_4321!";

    private readonly SqlServerStore _store;
    private readonly List<LoggingDatabase> _databases = [];

    public SqlServerLogin(SqlServerStore store, string? role)
    {
        _store = store;
        Name = $"user_{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
        Execute($"CREATE LOGIN [{Name}] WITH PASSWORD = N'{Password}'");
        Execute($"CREATE USER [{Name}] FOR LOGIN [{Name}]");
        if (role is not null) Execute($"ALTER ROLE [{role}] ADD MEMBER [{Name}]");
    }

    /// <summary>The name of the login and of the user.</summary>
    public string Name { get; }

    public string ConnectionString => new SqlConnectionStringBuilder(_store.ConnectionString)
    {
        UserID = Name, Password = Password, Pooling = false,
    }.ConnectionString;

    /// <summary>Opens the database as the login. The stand-in's bulk insert needs more rights, so statements are used there.</summary>
    public LoggingDatabase Open()
    {
        var database = new LoggingDatabase(
            new DatabaseOptions { Provider = DatabaseProvider.SqlServer, ConnectionString = ConnectionString },
            Path.GetTempPath(),
            [new TestEngineFactory(() => true)]);
        _databases.Add(database);
        return database;
    }

    public void Dispose()
    {
        _databases.ForEach(database => database.Dispose());
        Execute($"DROP USER [{Name}]");
        Execute($"DROP LOGIN [{Name}]");
    }

    private void Execute(string statement)
    {
        using var connection = _store.Connect();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names of the test.
        command.CommandText = statement;
#pragma warning restore CA2100
        lock (SqlServerDatabase.OneAtATime) Ended.Execute(command);
    }
}
