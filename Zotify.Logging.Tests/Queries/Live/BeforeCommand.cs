using System.Data.Common;
using Zotify.Logging.Database;

namespace Zotify.Logging.Tests.Queries.Live;

/// <summary>Runs an action right before the first command that contains a text.</summary>
internal sealed class BeforeCommand(string text, Func<Task> action) : ConnectionTap
{
    private int _count;

    public bool IsDone => _count > 0;

    public override async Task ExecutingAsync(DbCommand command)
    {
        if (command.CommandText.Contains(text, StringComparison.Ordinal) && Interlocked.Increment(ref _count) == 1) await action();
    }
}
