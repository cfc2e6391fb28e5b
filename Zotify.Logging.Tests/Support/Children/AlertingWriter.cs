using System.Globalization;
using Zotify.Logging.Tests.Alerts;

namespace Zotify.Logging.Tests.Support.Children;

/// <summary>
/// Logs numbered audit events, each of which fires an alert, until it is killed. Arguments: the receiver, the first number, how many. Prints
/// <see cref="Logged"/> when all of them are on the disk.
/// </summary>
internal sealed class AlertingWriter : IChild
{
    public const string Logged = "logged";

    public async Task<int> RunAsync(string[] arguments)
    {
        var (first, count) = (int.Parse(arguments[1], CultureInfo.InvariantCulture), int.Parse(arguments[2], CultureInfo.InvariantCulture));
        await using var host = await AlertHost.StartAsync(
            Environment.CurrentDirectory, arguments[0], null, CancellationToken.None,
            ("Zotify:Alerts:login:Filter", "event_type=user.login"), ("Logging:Zotify:Database:Provider", "None"));
        for (var n = first; n < first + count; n++) host.LogIn(n.ToString(CultureInfo.InvariantCulture));
        await host.Service.FlushAsync(FlushTo.Disk);
        Console.Out.WriteLine(Logged);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
        return 0;
    }
}
