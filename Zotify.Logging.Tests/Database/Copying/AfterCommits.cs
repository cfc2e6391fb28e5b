using Zotify.Logging.Database;

namespace Zotify.Logging.Tests.Database.Copying;

/// <summary>Does something once, after a number of transactions were committed.</summary>
internal sealed class AfterCommits(int count, Func<Task> act) : ConnectionTap
{
    private int _commits;

    public override void Committed()
    {
        if (++_commits != count) return;
        // The hook is synchronous, and the copy must wait here.
#pragma warning disable RS0030
        act().GetAwaiter().GetResult();
#pragma warning restore RS0030
    }
}
