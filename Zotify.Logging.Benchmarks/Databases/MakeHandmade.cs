using System.Globalization;
using Zotify.Logging.Benchmarks.Harness;

namespace Zotify.Logging.Benchmarks.Databases;

/// <summary>Arguments: a folder and a number. Creates the database by hand with so many events in the folder.</summary>
internal sealed class MakeHandmade : IScenario
{
    public Task<Figures> RunAsync(string folder, string[] arguments)
    {
        HandmadeAuditLog.Fill(arguments[0], int.Parse(arguments[1], CultureInfo.InvariantCulture));
        return Task.FromResult(new Figures());
    }
}
