using System.Globalization;
using Zotify.Logging.Benchmarks.Databases;
using Zotify.Logging.Benchmarks.Harness;

namespace Zotify.Logging.Benchmarks.Rows;

/// <summary>
/// Databases that a writer filled, kept as <see cref="KeptDatabase"/> is. Arguments: a folder, a number, a writer and a kind. Writes so many
/// rows into a new file in the folder.
/// </summary>
internal sealed class KeptRows : IScenario
{
    private const string FileName = "rows.db";

    /// <summary>A file with this many rows of a kind, by a writer; by the floor's writer, if <paramref name="writer"/> is one of the others.</summary>
    public static async Task<string> MakeAsync(string writer, RowKind kind, int count, MeasureRun run, OlderBuild? older)
    {
        var (name, by) = writer == RowWriters.Ours ? ("logged", RowWriters.Ours) : ("floor", RowWriters.Prepared);
        return Path.Combine(await KeptDatabase.MakeAsync<KeptRows>($"{name}-{kind.Name}", count, run, older, by, kind.Name), FileName);
    }

    public async Task<Figures> RunAsync(string folder, string[] arguments)
    {
        var file = Path.Combine(arguments[0], FileName);
        await using var writer = RowWriters.Open(arguments[2], RowKind.Find(arguments[3]), file, folder);
        await writer.WriteAsync(int.Parse(arguments[1], CultureInfo.InvariantCulture));
        return [];
    }
}
