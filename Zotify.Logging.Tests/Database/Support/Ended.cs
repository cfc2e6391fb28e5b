using System.Diagnostics;
using Microsoft.Data.SqlClient;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>Drops what sessions used that have just ended: the server notices a moment after a connection is closed.</summary>
internal static class Ended
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Runs a statement again while a session is in its way, up to three minutes.</summary>
    public static void Execute(SqlCommand command)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                command.ExecuteNonQuery();
                return;
            }
            catch (SqlException exception) when (IsInUse(exception) && Stopwatch.GetElapsedTime(began) < Patience)
            {
                // Its session has not ended yet, or another process creates a database or a login at this moment.
            }
        }
    }

    private static bool IsInUse(SqlException exception) =>
        exception.Message.Contains("currently in use", StringComparison.Ordinal)
        || exception.Message.Contains("currently logged in", StringComparison.Ordinal)
        // The stand-in's, where two create a database or a login at once.
        || exception.Message.Contains("concurrently updated", StringComparison.Ordinal);
}
