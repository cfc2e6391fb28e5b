using System.Globalization;
using Zotify.Logging.Benchmarks.Harness;

namespace Zotify.Logging.Benchmarks.Databases;

/// <summary>Arguments: a folder and a number. Creates a database with so many entries of jobs in the folder.</summary>
internal sealed class MakeJobs : IScenario
{
    public async Task<Figures> RunAsync(string folder, string[] arguments)
    {
        var count = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        using var database = Projected.Open(Path.Combine(arguments[0], KeptDatabase.FileName));
        await Projected.FillAsync(database, arguments[0], Projected.JobJournal(count), Projected.JobRows());
        return [];
    }
}
