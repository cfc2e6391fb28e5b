using Zotify.Logging.Database;

namespace Zotify.Logging.Tests.Database.SqlServer;

/// <summary>Missing tables, and tables that a login has no right on, which the server does not show to it, without a server.</summary>
[TestClass]
public sealed class SqlServerHiddenTablesTests
{
    private const int NoSuchTable = 208;
    private const int Denied = 229;

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task A_table_that_is_gone_is_named()
    {
        using var database = Without("job_logs", NoSuchTable).Open();
        var gone = await Assert.ThrowsExactlyAsync<MissingTablesException>(() => database.OpenForWritingAsync(Cancellation));

        Assert.StartsWith("The database lacks tables that were created before: dbo.job_logs. ", gone.Message);
        Assert.IsTrue(database.IsPermanent(gone));
    }

    [TestMethod]
    public async Task A_table_that_the_login_has_no_right_on_is_a_missing_right()
    {
        using var database = Without("job_logs", Denied).Open();
        var refused = await Assert.ThrowsExactlyAsync<MissingRightsException>(() => database.OpenForWritingAsync(Cancellation));

        Assert.Contains("'dbo' lacks rights: SELECT on dbo.job_logs, INSERT on dbo.job_logs. The role zotify_writer", refused.Message);
    }

    [TestMethod]
    public async Task A_login_that_may_not_see_what_was_applied_is_not_told_to_create_the_tables()
    {
        using var database = Unapplied(Denied).Open(migrateOnStart: true);
        var refused = await Assert.ThrowsExactlyAsync<MissingRightsException>(() => database.OpenForWritingAsync(Cancellation));
        Assert.Contains("lacks rights: SELECT on dbo.zotify_migrations. ", refused.Message);

        using var empty = Unapplied(NoSuchTable).Open(migrateOnStart: false);
        await Assert.ThrowsExactlyAsync<SchemaBehindException>(() => empty.OpenForWritingAsync(Cancellation));
    }

    [TestMethod]
    public async Task A_lost_connection_is_neither()
    {
        using var database = Without("job_logs", number: 10054).Open();
        var lost = await Assert.ThrowsAsync<Exception>(() => database.OpenForWritingAsync(Cancellation));

        Assert.IsTrue(database.IsTransient(lost));
    }

    /// <summary>A server that does not show a table, and answers a query of it with an error.</summary>
    private static RecordingServer Without(string table, int number) => new(text =>
    {
        if (text == $"SELECT TOP (1) 1 FROM {table}") throw SqlErrors.Exception(number);
        if (!text.StartsWith("SELECT USER_NAME(),\n", StringComparison.Ordinal)) return null;
        var columns = text.Split(",\n");
        return RecordingServer.Table(
            [.. columns.Select((_, i) => $"c{i}")],
            [["dbo", .. columns.Skip(1).Select(column => column.Contains($"'{table}'", StringComparison.Ordinal) ? DBNull.Value : (object)1)]]);
    });

    /// <summary>A server that does not show the table of the applied migrations.</summary>
    private static RecordingServer Unapplied(int number) => new(text => text switch
    {
        "SELECT TOP (1) 1 FROM zotify_migrations" => throw SqlErrors.Exception(number),
        "SELECT USER_NAME()" => RecordingServer.Table(["user"], [["app"]]),
        _ => null,
    })
    {
        Applied = [],
    };
}
