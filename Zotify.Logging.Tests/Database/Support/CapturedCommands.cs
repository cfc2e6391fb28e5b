using System.Collections.Concurrent;
using System.Data.Common;
using Zotify.Logging.Database;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>Keeps the executed statements with their parameters, except those that set a connection up.</summary>
internal sealed class CapturedCommands : ConnectionTap
{
    public ConcurrentQueue<(string Text, (string Name, object? Value)[] Parameters)> Commands { get; } = new();

    public override Task ExecutingAsync(DbCommand command)
    {
        string[] settings = ["PRAGMA", "SET "];
        if (settings.Any(start => command.CommandText.StartsWith(start, StringComparison.Ordinal))) return Task.CompletedTask;
        Commands.Enqueue(
            (command.CommandText, [.. command.Parameters.Cast<DbParameter>().Select(parameter => (parameter.ParameterName, parameter.Value))]));
        return Task.CompletedTask;
    }
}
