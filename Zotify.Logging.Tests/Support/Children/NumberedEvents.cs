using System.Globalization;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Integrations;

namespace Zotify.Logging.Tests.Support.Children;

/// <summary>Numbered audit events of a program that is killed while a target gets them.</summary>
internal static class NumberedEvents
{
    /// <summary>What the program prints when all of them are on the disk.</summary>
    public const string Logged = "logged";

    /// <summary>Files only, in small segments of which few are kept.</summary>
    public static (string Key, string? Value)[] Settings { get; } =
    [
        ("Logging:Zotify:Database:Provider", "None"), ("Logging:Zotify:Handlers:Audit:MaxFileSize", "1048576"),
        ("Logging:Zotify:Handlers:Audit:RetainedSize", "2097152"),
    ];

    /// <summary>Logs them as fast as it can, then waits to be killed.</summary>
    public static async Task<int> LogAsync(ShippingHost host, string first, string count)
    {
        var (from, many) = (int.Parse(first, CultureInfo.InvariantCulture), int.Parse(count, CultureInfo.InvariantCulture));
        for (var n = from; n < from + many; n++) host.Logger.LogInformation(ShippingHost.Login, "{n}", n);
        await host.Service.FlushAsync(FlushTo.Disk);
        Console.Out.WriteLine(Logged);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
        return 0;
    }
}
