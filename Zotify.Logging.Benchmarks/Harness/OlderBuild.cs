namespace Zotify.Logging.Benchmarks.Harness;

/// <summary>
/// An older version of this project, built, with the harness of today: a copy of its output in which only the program of the benchmarks is
/// replaced. So both versions are measured by the same code, side by side. It can measure what the older version's public API can do.
/// </summary>
internal sealed class OlderBuild : IDisposable
{
    private const string OutputFolder = "Zotify.Logging.Benchmarks/bin/Release/net10.0";

    private readonly WorkFolder _copy = new();

    private OlderBuild(string commit) => Commit = commit;

    /// <summary>The name of a contender in its older version.</summary>
    public static string NameOf(string contender) => $"{contender}, before";

    /// <summary>The commit that it was built from.</summary>
    public string Commit { get; }

    /// <summary>The folders that it was to fill in this run.</summary>
    public HashSet<string> Tried { get; } = [];

    /// <summary>The program that runs scenarios with the older version.</summary>
    public string Program => Path.Combine(_copy.Path, Path.GetFileName(typeof(OlderBuild).Assembly.Location));

    /// <summary>Copies the output of the repository in a folder.</summary>
    /// <exception cref="DirectoryNotFoundException">It was not built in Release.</exception>
    public static OlderBuild Copy(string folder)
    {
        var older = new OlderBuild(BuiltFrom.Commit(Path.Combine(folder, OutputFolder)));
        CopyAll(Path.Combine(folder, OutputFolder), older._copy.Path, (_, _) => true);
        var own = Path.GetFileNameWithoutExtension(typeof(OlderBuild).Assembly.Location);
        // Also the libraries that only the harness of today uses.
        CopyAll(
            AppContext.BaseDirectory, older._copy.Path,
            (file, target) => Path.GetFileNameWithoutExtension(file) == own || !File.Exists(target));
        return older;
    }

    public void Dispose() => _copy.Dispose();

    private static void CopyAll(string source, string target, Func<string, string, bool> isWanted)
    {
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            if (!isWanted(file, copy)) continue;
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }
}
