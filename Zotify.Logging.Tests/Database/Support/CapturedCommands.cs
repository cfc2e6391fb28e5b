using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>Keeps the commands that read, with their parameters.</summary>
internal sealed class CapturedCommands : DbCommandInterceptor
{
    public ConcurrentQueue<(string Text, (string Name, object? Value)[] Parameters)> Commands { get; } = new();

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Commands.Enqueue((command.CommandText, [.. command.Parameters.Cast<DbParameter>().Select(parameter => (parameter.ParameterName, parameter.Value))]));
        return ValueTask.FromResult(result);
    }
}
