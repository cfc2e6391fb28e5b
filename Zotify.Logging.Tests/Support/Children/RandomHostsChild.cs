using System.Globalization;
using Zotify.Logging.Tests.Hosts;

namespace Zotify.Logging.Tests.Support.Children;

/// <summary>
/// Containers and hosts that come and go over one directory, in an order that the first argument decides, until it is killed. Prints each
/// number from the second argument on whose durable call has returned.
/// </summary>
internal sealed class RandomHostsChild : IChild
{
    public async Task<int> RunAsync(string[] arguments)
    {
        var (seed, first) = (int.Parse(arguments[0], CultureInfo.InvariantCulture), int.Parse(arguments[1], CultureInfo.InvariantCulture));
        await using var hosts = new RandomHosts(
            Environment.CurrentDirectory,
            seed,
            first,
            (number, isDurable) =>
            {
                if (isDurable) Console.Out.WriteLine(number.ToString(CultureInfo.InvariantCulture));
            });
        await hosts.RunAsync(int.MaxValue);
        return 0;
    }
}
