using System.Diagnostics;
using System.Globalization;
using Zotify.Logging.Benchmarks.Harness;
using Zotify.Logging.Benchmarks.Rows;

namespace Zotify.Logging.Benchmarks.Scenarios;

/// <summary>
/// Arguments: a writer, a kind of rows, their number, and a database file with rows, or an empty text. Writes the rows into a copy of the
/// file, after as many as the runtime needs to compile the code: other measures use the file, too.
/// </summary>
internal sealed class ToRowsRun : IScenario
{
    /// <summary>The rate of the first rows of the process, from the opening of the writer.</summary>
    public const string Young = "young rows/s";

    /// <summary>The rate of later rows.</summary>
    public const string Steady = "rows/s";

    private const int First = 10_000;
    private const int WarmUp = 50_000;

    public async Task<Figures> RunAsync(string folder, string[] arguments)
    {
        var count = int.Parse(arguments[2], CultureInfo.InvariantCulture);
        var file = Path.Combine(folder, "rows.db");
        if (arguments[3] is not "") File.Copy(arguments[3], file);
        var figures = new Figures();
        var clock = Stopwatch.StartNew();
        var writer = RowWriters.Open(arguments[0], RowKind.Find(arguments[1]), file, folder);
        await using (writer)
        {
            await writer.WriteAsync(First);
            figures[Young] = First / clock.Elapsed.TotalSeconds;
            await writer.WriteAsync(WarmUp);
            var (size, written) = (SizeOf(file), WrittenBytes());
            var (cpu, allocated) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes());
            clock.Restart();
            await writer.WriteAsync(count);
            figures[Steady] = count / clock.Elapsed.TotalSeconds;
            figures["CPU µs a row"] = (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / count;
            figures["allocated B a row"] = (GC.GetTotalAllocatedBytes() - allocated) / (double)count;
            figures["written B a row"] = (WrittenBytes() - written) / (double)count;
            figures["database B a row"] = (SizeOf(file) - size) / (double)count;
        }

        return figures;
    }

    private static long SizeOf(string file) => File.Exists(file) ? new FileInfo(file).Length : 0;

    /// <summary>All bytes that the process has written to files: the journal's lines, the write-ahead log and the database.</summary>
    private static long WrittenBytes()
    {
        const string Name = "/proc/self/io";
        if (!File.Exists(Name)) return 0;
        var line = File.ReadLines(Name).First(line => line.StartsWith("wchar:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan("wchar:".Length), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
    }
}
