using System.Diagnostics;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Dispatch;

/// <summary>A host whose system log keeps the lines below its level, and the messages that it wrote.</summary>
public abstract class RingFixture
{
    private protected const string Ring = "Logging:Zotify:Handlers:System:Ring:";
    private protected static readonly (string, string?) On = (Ring + "Enabled", "true");

    public required TestContext TestContext { get; set; }

    private protected CancellationToken Cancellation => TestContext.CancellationToken;

    private protected static Activity Trace(string name)
    {
        Activity.Current = null;
        return new Activity(name).SetIdFormat(ActivityIdFormat.W3C).Start();
    }

    /// <summary>The messages of plain events, without time, level, trace and category.</summary>
    private protected async Task<string[]> MessagesAsync(TestHost host)
    {
        await host.FlushAsync(FlushTo.Disk, Cancellation);
        return [.. host.SystemLines.Where(line => line.Contains(" Shop.Orders[0] ", StringComparison.Ordinal)).Select(line => line.Split(' ', 5)[^1])];
    }
}
