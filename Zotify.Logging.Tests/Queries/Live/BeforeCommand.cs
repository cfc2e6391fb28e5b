using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Zotify.Logging.Tests.Queries.Live;

/// <summary>Does something right before the first command that has a text in it.</summary>
internal sealed class BeforeCommand(string text, Func<Task> action) : DbCommandInterceptor
{
    private int _count;

    public bool IsDone => _count > 0;

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (command.CommandText.Contains(text, StringComparison.Ordinal) && Interlocked.Increment(ref _count) == 1) await action();
        return result;
    }
}
