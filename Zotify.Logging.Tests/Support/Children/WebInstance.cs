using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Web;

namespace Zotify.Logging.Tests.Support.Children;

/// <summary>
/// An instance of the web project. It prints its address, then logs the lines of its input, <c>job other from to</c>: an entry of the one
/// job for every number, and for every tenth one of the other, too. Prints <c>logged</c> after each.
/// </summary>
internal sealed class WebInstance : IChild
{
    public const string Logged = "logged";

    public async Task<int> RunAsync(string[] arguments)
    {
        await using var app = WebProgram.Build(arguments);
        await app.StartAsync();
        Console.Out.WriteLine(app.Urls.Single());
        var logger = app.Services.GetRequiredService<ILogger<WebInstance>>();
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var words = line.Split(' ');
            var (from, to) = (int.Parse(words[2], CultureInfo.InvariantCulture), int.Parse(words[3], CultureInfo.InvariantCulture));
            for (var n = from; n <= to; n++)
            {
                logger.LogInformation("Entry {n} of {job_id}", n, words[0]);
                if (n % 10 == 0) logger.LogInformation("Entry {n} of {job_id}", n, words[1]);
            }

            Console.Out.WriteLine(Logged);
        }

        await app.StopAsync();
        return 0;
    }
}
