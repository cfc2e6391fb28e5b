using System.Collections.Frozen;
using Microsoft.Data.SqlClient;

namespace Zotify.Logging.SqlServer;

/// <summary>Classifies the errors of the server and the driver. A pure function of the exception.</summary>
internal static class SqlServerErrors
{
    // From this class on, the server closes the connection.
    private const byte FatalClass = 20;

    // The driver's own: the command took longer than its timeout.
    private const int Timeout = -2;

    private const int UniqueIndex = 2601;
    private const int UniqueConstraint = 2627;

    private static readonly FrozenSet<int> Passing =
    [
        // Deadlocks, locks and row versions: another transaction was first. This one was rolled back.
        1204, 1205, 1222, 3960, 41301, 41302, 41305, 41325, 41839,
        // Another process added the same row a moment before: a count, a job, a journal.
        UniqueIndex, UniqueConstraint,
        // Timeouts of a command, a connection or a memory grant.
        Timeout, 258, 8645,
        // The network between driver and server.
        20, 64, 121, 233, 997, 10053, 10054, 10060, 10061, 11001,
        // The database or the server is starting, stopping, recovering or failing over.
        922, 923, 927, 945, 4060, 4221, 6005, 17142, 976, 978, 983, 35206, 40143, 40197, 40540, 40613, 42108, 42109,
        // Too busy, or over a limit, for the moment.
        701, 802, 1203, 1221, 9002, 10928, 10929, 40501, 40549, 40550, 49918, 49919, 49920,
    ];

    private static readonly FrozenSet<int> OfTheRow =
    [
        // Too long.
        2628, 4815, 4863, 8152,
        // NULL where a value is required; a violated check; a key without its row.
        515, 547,
        // Not a valid number, time, id or JSON.
        220, 232, 241, 242, 245, 295, 4864, 8114, 8115, 8169, 9803, 13609,
    ];

    private static readonly FrozenSet<int> OfTheOperator =
    [
        // The login failed, or may not use the database, or its password has expired.
        18456, 18487, 18488, 916,
        // No permission for the operation on the object, or on any table; or the database is read-only.
        229, 230, 262, 297, 300, 3906,
        // No such table or column.
        207, 208,
    ];

    /// <summary>Whether the error lasts until somebody acts: a login, a permission or a table is missing.</summary>
    public static bool IsPermanent(Exception exception) => exception switch
    {
        SqlException sql => !IsTransient(sql) && Numbers(sql).Any(OfTheOperator.Contains),
        _ => exception.InnerException is { } inner && IsPermanent(inner),
    };

    /// <summary>Whether a retry may succeed, because neither the statement nor its values caused the error.</summary>
    public static bool IsTransient(Exception exception) => exception switch
    {
        SqlException { Class: >= FatalClass } => true,
        SqlException sql => Numbers(sql).Any(Passing.Contains),
        TimeoutException => true,
        // The driver reports a connection that broke, or that it could not get in time, in this way.
        InvalidOperationException { InnerException: null } => IsOfDriver(exception),
        _ => exception.InnerException is { } inner && IsTransient(inner),
    };

    /// <summary>Whether a command took longer than its timeout.</summary>
    public static bool IsTimeout(Exception exception) => exception is SqlException sql && Numbers(sql).Contains(Timeout);

    /// <summary>Whether a row with the same key exists already.</summary>
    public static bool IsDuplicate(Exception exception) =>
        exception is SqlException sql && Numbers(sql).Any(number => number is UniqueIndex or UniqueConstraint);

    /// <summary>Whether the server refused a row for its content, and would do so again.</summary>
    public static bool IsRefusal(Exception exception) => exception switch
    {
        SqlException sql => Numbers(sql).Any(OfTheRow.Contains),
        // The driver reports a value that does not fit its column in this way, before it sends the row.
        InvalidOperationException
        {
            InnerException: FormatException or InvalidCastException or OverflowException or InvalidOperationException,
        } => IsOfDriver(exception),
        _ => exception.InnerException is { } inner && IsRefusal(inner),
    };

    private static bool IsOfDriver(Exception exception) =>
        exception.Source is "Microsoft.Data.SqlClient" or "Core Microsoft SqlClient Data Provider";

    private static IEnumerable<int> Numbers(SqlException exception) => exception.Errors.Cast<SqlError>().Select(error => error.Number);
}
