using System.Data;
using Zotify.Logging.Database;

namespace Zotify.Logging.Tests.Database.SqlServer;

/// <summary>The commands that a piece of the library sends, to no server.</summary>
internal static class RecordedCommands
{
    /// <summary>The commands of a transaction, without its beginning and end.</summary>
    /// <param name="send">Sends them.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="answer">Answers some of them.</param>
    public static async Task<IEnumerable<string>> OfTransactionAsync(
        Func<LoggingConnection, Task> send, CancellationToken cancellationToken, Func<string, DataTable?>? answer = null)
    {
        var server = new RecordingServer(answer);
        using var database = server.Open();
        await using var connection = await database.OpenForWritingAsync(cancellationToken);
        server.Commands.Clear();
        await connection.CommitAsync(
            async () =>
            {
                await send(connection);
                return true;
            },
            cancellationToken);
        return server.Commands;
    }
}
