using System.Globalization;
using Microsoft.Data.SqlClient;
using Zotify.Logging.Database;

namespace Zotify.Logging.SqlServer;

/// <summary>A named lock among all processes that use the database. It is released at the end of the transaction, however that
/// ends.</summary>
internal static class SqlServerLock
{
    /// <summary>Acquires the lock in the connection's transaction.</summary>
    /// <returns>False if it was not free within the time.</returns>
    public static async Task<bool> TryAcquireAsync(
        LoggingConnection connection, string name, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var command = connection.Command(
            """
            DECLARE @result int;
            EXEC @result = sp_getapplock @Resource = @name, @LockMode = N'Exclusive', @LockOwner = N'Transaction', @LockTimeout = @timeout;
            SELECT @result;
            """,
            new SqlParameter("@name", name),
            new SqlParameter("@timeout", (int)timeout.TotalMilliseconds));
        await using (command.ConfigureAwait(false))
        {
            // The procedure itself waits no longer than its parameter allows.
            command.CommandTimeout = 0;
            var result = await connection.GuardAsync(() => command.ExecuteScalarAsync(cancellationToken)).ConfigureAwait(false);
            // 0 and 1: acquired, at once or after a wait.
            return Convert.ToInt32(result, CultureInfo.InvariantCulture) >= 0;
        }
    }
}
