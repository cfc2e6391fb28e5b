using System.Globalization;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Integrations;

namespace Zotify.Logging.Tests.Support.Children;

/// <summary>
/// Logs numbered audit events to a collector, as fast as it can, until it is killed. Arguments: the endpoint, the first number, how many.
/// Prints <see cref="Logged"/> when all of them are on the disk.
/// </summary>
internal sealed class OtlpWriter : IChild
{
    public const string Logged = "logged";

    public async Task<int> RunAsync(string[] arguments)
    {
        var (first, count) = (int.Parse(arguments[1], CultureInfo.InvariantCulture), int.Parse(arguments[2], CultureInfo.InvariantCulture));
        await using var host = await OtlpHost.StartAsync(
            Environment.CurrentDirectory, arguments[0], CancellationToken.None,
            ("Logging:Zotify:Database:Provider", "None"), ("Logging:Zotify:Handlers:Audit:MaxFileSize", "1048576"),
            ("Logging:Zotify:Handlers:Audit:RetainedSize", "2097152"));
        for (var n = first; n < first + count; n++) host.Logger.LogInformation(ShippingHost.Login, "{n}", n);
        await host.Service.FlushAsync(FlushTo.Disk);
        Console.Out.WriteLine(Logged);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
        return 0;
    }
}
